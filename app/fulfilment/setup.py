"""What fulfilment needs when the application starts."""

from __future__ import annotations

from flask import Flask

from app.fulfilment.carriers.registry import listening
from app.platform.configuration import KEY


def init_app(app: Flask) -> None:
    """A secret that cannot be one stops the start, not the first callback."""
    listening(app.extensions[KEY])
