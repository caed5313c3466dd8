"""Whose body a request is asked for: this browser keeps its measurements, an account has them on
every device. Pages that everybody shares never say them; a script compares them there.
"""

from __future__ import annotations

from contextlib import suppress

from flask import Flask, after_this_request, request
from werkzeug.wrappers import Response

from app.catalog.fitting import PARTS, Body
from app.customers import commands, queries
from app.platform import clock
from app.platform.actor import Actor
from app.platform.errors import Unavailable
from app.platform.web.actor import tell_of_sign_ins
from app.platform.web.language import ONE_YEAR

COOKIE = "body"


def init_app(app: Flask) -> None:
    tell_of_sign_ins(app, came=_meet, left=lambda: _after(Body()))


def body_of_request() -> Body | None:
    """The measurements that this browser keeps; None when it keeps none."""
    body = Body.parse(request.cookies.get(COOKIE, ""))
    return body if body.is_known else None


def remember(response: Response, body: Body) -> Response:
    """Keep them in the browser, where scripts may read them; nothing when there is nothing."""
    if body.is_known:
        response.set_cookie(
            COOKIE, str(body), max_age=ONE_YEAR, samesite="Lax", secure=request.is_secure
        )
    else:
        response.delete_cookie(COOKIE)
    return response


def keep(body: Body, actor: Actor) -> None:
    """Keep them with the account of whoever has one."""
    if actor.kind == "customer" and actor.id is not None:
        sizes = {part: getattr(body, part) for part in PARTS}
        commands.keep_measures(actor.id, sizes, now=clock.now())


def _meet(actor: Actor) -> None:
    """What this browser was told last counts; else it learns what the account knows."""
    if actor.kind != "customer" or actor.id is None:
        return
    with suppress(Unavailable):  # a busy database: the browser keeps them until the next time
        here = body_of_request()
        if here is not None:
            keep(here, actor)
        else:
            sizes = queries.measures_of(actor.id)
            _after(Body(**{part: sizes.get(part, 0) for part in PARTS}))


def _after(body: Body) -> None:
    after_this_request(lambda response: remember(response, body))
