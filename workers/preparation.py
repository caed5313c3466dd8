"""What is done and asked before the shop opens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from flask import Flask
from flask_migrate import upgrade

from app.platform.cli import shop as shop_commands
from app.platform.db import db
from app.shop.queries import house_merchant

DEMO_LOGINS = "vitrine.demo_logins"
"""The extension by which the demo shop hands over `() -> [(who, address, password), …]`."""


def migrate(app: Flask) -> None:
    """Bring the database up to date."""
    with _database(app):
        upgrade()


def is_empty(app: Flask) -> bool:
    """Whether nobody has set up a shop in this database yet."""
    with _database(app):
        return house_merchant() is None


def has_demo() -> bool:
    """Whether `flask shop demo` exists."""
    return "demo" in shop_commands.commands


def demo_logins(app: Flask) -> Sequence[Sequence[str]]:
    """Who may sign in with which password, when this is the demo shop."""
    ask = app.extensions.get(DEMO_LOGINS)
    if ask is None:
        return ()
    with _database(app):
        return list(ask())


@contextmanager
def _database(app: Flask) -> Iterator[None]:
    """Leaves no connection open: processes forked later must not share one."""
    with app.app_context():
        try:
            yield
        finally:
            db.session.remove()
            db.engine.dispose()
