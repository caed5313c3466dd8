"""Whether what the shop stands on is there: each answers `ok` or names what is wrong, and none
raises.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from flask import current_app
from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy import text

from app.platform import clock, life_signs
from app.platform.configuration import settings
from app.platform.db import db
from app.platform.outbox.queries import health as outbox_health

PARTS = ("worker", "scheduler")
AHEAD = "ahead"
"""How the answer begins while a newer release has migrated and this one is still at work."""


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
    if current == head():
        return "ok"
    said = f"database at {current}, code at {head()}"
    return said if current is None or is_known(current) else f"{AHEAD}: {said}"


def is_known(revision: str) -> bool:
    """Whether this release has that revision: one it has not is a newer release's."""
    known: Callable[[str], bool] = current_app.extensions["vitrine.migration_is_known"]
    return known(revision)


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


def parts() -> dict[str, str]:
    """How worker and scheduler are by their signs of life: `ok` or since when they are silent."""
    signs = life_signs.seen(settings().redis_url)
    if signs is None:
        return dict.fromkeys(PARTS, "unknown")
    found = {part: life_signs.silence(signs, part, clock.now()) for part in PARTS}
    return {part: _said_of(silent) for part, silent in found.items()}


def oldest_delivery() -> float | None:
    """Seconds the delivery waits that is due for longest."""
    oldest_at = outbox_health(clock.now()).oldest_due_at
    return None if oldest_at is None else round((clock.now() - oldest_at).total_seconds(), 1)


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


def _said_of(silent: timedelta | None) -> str:
    if silent is None:
        return "ok"
    if silent >= life_signs.FORGOTTEN_AFTER:
        return "never seen"
    return f"silent for {silent.total_seconds():.0f} s"
