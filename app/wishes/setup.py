"""Whoever signs in finds what this browser kept on their list; whoever leaves takes it along."""

from __future__ import annotations

from contextlib import suppress

from flask import Flask, after_this_request

from app.platform import clock
from app.platform.actor import Actor
from app.platform.errors import Unavailable
from app.platform.web.actor import tell_of_sign_ins
from app.wishes import cookie
from app.wishes.commands import lists as commands
from app.wishes.queries import lists as queries


def init_app(app: Flask) -> None:
    tell_of_sign_ins(app, came=_merge, left=_forget)


def _merge(actor: Actor) -> None:
    if actor.kind != "customer" or actor.id is None:
        return
    customer_id = actor.id
    with suppress(Unavailable):  # a busy database: the browser keeps it until the next time
        if kept := cookie.unmerged():
            commands.merge(customer_id, kept, now=clock.now())
        own = queries.of_customer(customer_id)
        after_this_request(lambda answer: cookie.remember(answer, own, is_account=True))


def _forget() -> None:
    after_this_request(cookie.forget)
