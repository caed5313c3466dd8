"""What payments need when the application starts."""

from __future__ import annotations

from flask import Flask

from app.payments.gateways.registry import offered
from app.platform.configuration import KEY


def init_app(app: Flask) -> None:
    offered(app.extensions[KEY])
