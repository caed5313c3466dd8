"""What is done and asked before the shop opens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from flask_migrate import upgrade

from app.platform import readiness
from app.platform.actor import SYSTEM
from app.platform.db import db
from app.shop.queries import house_merchant, staff
from workers.children import say


def migrate(app: Flask) -> None:
    """Bring the database up to date; one that a newer release has migrated is left alone."""
    with _database(app):
        standing = readiness.migrations()
        if standing.startswith(readiness.AHEAD):
            say(f"The database is of a newer release ({standing}); this one runs on it as it is.")
            return
        upgrade()


def is_empty(app: Flask) -> bool:
    """Whether nobody has set up a shop in this database yet."""
    with _database(app):
        return house_merchant() is None


def demo_logins(app: Flask) -> list[tuple[str, str, str]]:
    """(role, address, password) of the demo's staff, as far as they are here."""
    from app.demo.loading.people import PASSWORD, TEAM

    with _database(app):
        known = {member.email for member in staff(SYSTEM)}
    return [(role.value, email, PASSWORD) for _, role, email, _ in TEAM if email in known]


@contextmanager
def _database(app: Flask) -> Iterator[None]:
    """Leaves no connection open: processes forked later must not share one."""
    with app.app_context():
        try:
            yield
        finally:
            db.session.remove()
            db.engine.dispose()
