"""Who is behind the request, asked of Flask-Login once and kept for its length."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from flask import Flask, current_app, g
from flask_login import current_user

from app.platform.actor import GUEST, Actor
from app.platform.errors import Forbidden
from app.platform.rbac import Parameters, Result, declares, ensure

KEY = "vitrine.actor_of"
SIGN_INS = "vitrine.sign_ins"


class SignInNeeded(Forbidden):
    """Nobody is signed in; the error page sends people to the sign-in page and back."""

    code = "sign_in_needed"
    status = 401


def tell_actors_by(app: object, actor_of: Callable[[object], Actor]) -> None:
    """Let the module that owns users say how a signed-in user becomes an actor."""
    app.extensions[KEY] = actor_of  # type: ignore[attr-defined]


def tell_of_sign_ins(
    app: Flask, *, came: Callable[[Actor], None], left: Callable[[], None]
) -> None:
    """Let a module above know, in the request, who has just signed in or out in this browser."""
    app.extensions.setdefault(SIGN_INS, []).append((came, left))


def welcome(actor: Actor) -> None:
    for came, _left in current_app.extensions.get(SIGN_INS, ()):
        came(actor)


def farewell() -> None:
    for _came, left in current_app.extensions.get(SIGN_INS, ()):
        left()


def current_actor() -> Actor:
    if "actor" not in g:
        actor_of = cast("Callable[[object], Actor]", current_app.extensions[KEY])
        g.actor = actor_of(current_user) if current_user.is_authenticated else GUEST
    return cast(Actor, g.actor)


def forget_actor() -> None:
    g.pop("actor", None)


def requires(
    permission: str,
) -> Callable[[Callable[Parameters, Result]], Callable[Parameters, Result]]:
    """Admit only staff holding the permission; the route audit reads `view.permission`."""

    def check(needed: str) -> None:
        actor = current_actor()
        if not actor.is_staff:
            raise SignInNeeded
        ensure(actor, needed)

    return declares(permission, check)
