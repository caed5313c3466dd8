"""Whether what the shop stands on is there: each answers `ok` or names what is wrong, and none
raises.
"""

from __future__ import annotations

from datetime import UTC, datetime

from flask import current_app
from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy import text

from app.platform import clock
from app.platform.configuration import settings
from app.platform.db import db


def database() -> str:
    try:
        db.session.execute(text("SELECT 1"))
    except Exception as error:  # noqa: BLE001  (whatever the driver raises, the answer is the same)
        return type(error).__name__
    return "ok"


def migrations() -> str:
    try:
        current = db.session.execute(text("SELECT version_num FROM alembic_version")).scalar()
    except Exception as error:  # noqa: BLE001  (no table means no migration has run)
        db.session.rollback()
        return type(error).__name__
    return "ok" if current == head() else f"database at {current}, code at {head()}"


def head() -> str | None:
    """The revision this code is written for."""
    revision: str | None = current_app.extensions["vitrine.migration_head"]()
    return revision


def queue() -> str:
    try:
        Redis.from_url(settings().redis_url, socket_connect_timeout=0.2, socket_timeout=0.2).ping()
    except (RedisError, OSError, ValueError) as error:
        return type(error).__name__
    return "ok"


def search() -> str:
    check = current_app.extensions.get("vitrine.search_health")
    return str(check()) if check else "ok"


def clock_skew() -> float | None:
    """Seconds this process is ahead of the database; SQLite shares our clock."""
    if db.session.get_bind().dialect.name != "postgresql":
        return 0.0
    theirs = db.session.execute(text("SELECT clock_timestamp()")).scalar()
    if not isinstance(theirs, datetime):
        return None
    return round((clock.now() - theirs.astimezone(UTC)).total_seconds(), 3)
