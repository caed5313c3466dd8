"""What fulfilment needs when the application starts."""

from __future__ import annotations

from flask import Flask

from app.fulfilment.carriers.registry import configure
from app.platform.configuration import KEY


def init_app(app: Flask) -> None:
    configure(app.extensions[KEY])
