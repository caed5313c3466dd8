"""The session of a signed-in shopper: begun anew at each sign-in, ended at the next sign-out."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import session
from flask_login import login_fresh, login_user

from app.customers import identity
from app.platform.web.actor import current_actor, farewell, forget_actor, welcome

SIGNED_IN_AT = "signed_in_at"
CODE_FOR = "code_for"
RECENT = timedelta(minutes=30)


def begin(customer_id: int, *, remembered: bool, now: datetime) -> None:
    """Sign a shopper in; nothing that was in the session before survives, no token and no name."""
    visitor = identity.shopper(customer_id)
    _clear()
    if visitor is None:
        return
    session.permanent = remembered
    login_user(visitor)
    session[SIGNED_IN_AT] = now.timestamp()
    welcome(visitor.actor)


def end() -> None:
    _clear()
    farewell()


def is_recent(*, now: datetime) -> bool:
    """Whether a shopper proved who they are within the last half hour, in this browser."""
    if current_actor().kind != "customer" or not login_fresh():
        return False
    since: float = session.get(SIGNED_IN_AT, 0.0)
    return now.timestamp() - since < RECENT.total_seconds()


def code_is_for() -> str:
    """The address the last code was asked for in this browser, empty when none was."""
    return str(session.get(CODE_FOR, ""))


def _clear() -> None:
    # Not logout_user: it would leave its own marks in the session, whose cookie can go altogether.
    session.clear()
    forget_actor()
