"""What the shop window needs when the application starts."""

from __future__ import annotations

from flask import Flask

from app.storefront import fitting, frame, shown


def init_app(app: Flask) -> None:
    frame.init_app(app)
    fitting.init_app(app)
    shown.init_app(app)
