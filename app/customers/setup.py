"""Sessions: who is asked for their owner, and how long they last."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from flask_login import LoginManager

from app.customers import identity
from app.platform.web.actor import tell_actors_by

REMEMBERED = timedelta(days=30)


def init_app(app: Flask) -> None:
    app.config.update(
        # The signature of a session carries its time, so a kept copy is worthless after that too.
        PERMANENT_SESSION_LIFETIME=REMEMBERED,
        SESSION_REFRESH_EACH_REQUEST=False,
    )
    manager = LoginManager()
    manager.session_protection = "basic"
    manager.user_loader(identity.load_user)
    # Not manager.init_app: it looks into the session after each request, which would put
    # "Vary: Cookie" on the pages everybody shares. Its second cookie is not used either:
    # a remembered session is a permanent one.
    app.login_manager = manager  # type: ignore[attr-defined]
    tell_actors_by(app, identity.actor_of)
