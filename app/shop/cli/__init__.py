"""The operator's commands of the shop itself."""

from __future__ import annotations

from flask import Flask

from app.platform.cli import shop
from app.shop.cli import audit, outbox, setting_up, settings

PARTS = (setting_up, audit, outbox, settings)


def init_app(app: Flask) -> None:
    app.cli.add_command(shop)
