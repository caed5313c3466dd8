"""Alembic's environment: one linear history for SQLite and PostgreSQL."""

from __future__ import annotations

from random import getrandbits

from alembic import context
from alembic.util import CommandError
from flask import current_app
from sqlalchemy import delete, insert, inspect
from sqlalchemy.engine import Connection, Engine

from app.platform.content.models import ContentStamp
from app.platform.content.parts import EVERYTHING
from app.platform.content.raising import BITS
from app.platform.db import db, writing

config = context.config


def render_item(kind: str, item: object, _autogen_context: object) -> str | bool:
    """Write `Instant` as SQLAlchemy's own type, so that migrations import nothing of the app."""
    if kind == "type" and type(item).__name__ == "Instant":
        return "sa.DateTime(timezone=True)"
    return False


def run_online() -> None:
    engine = db.engine
    with engine.connect() as connection:
        _trust_references(connection, trusted=True)
        watch = config.attributes.get("watch")
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=True,
            compare_type=True,
            render_item=render_item,
            transaction_per_migration=True,
            on_version_apply=watch.applied if watch else None,
        )
        token = writing.set(True)
        try:
            with context.begin_transaction():
                if watch:
                    watch.begin()
                context.run_migrations()
        finally:
            writing.reset(token)
        _trust_references(connection, trusted=False)
    _forget_pages(engine)


def _forget_pages(engine: Engine) -> None:
    """What the pages kept by running processes show may be in rows that were changed just now."""
    if not inspect(engine).has_table(ContentStamp.__tablename__):
        return
    token = writing.set(True)
    try:
        with engine.begin() as connection:
            connection.execute(delete(ContentStamp).where(ContentStamp.tag == EVERYTHING))
            row = {"tag": EVERYTHING, "stamp": getrandbits(BITS) + 1}
            connection.execute(insert(ContentStamp).values(row))
    finally:
        writing.reset(token)


def _trust_references(connection: Connection, *, trusted: bool) -> None:
    """SQLite changes a table by copying it; dropping the old one must not look like deleting rows
    that others refer to. Afterwards every reference is checked.

    The pragma has no effect inside a transaction, and SQLAlchemy begins one with any statement.
    """
    if connection.dialect.name != "sqlite":
        return
    raw = connection.connection.driver_connection
    if raw is None:
        raise RuntimeError("the connection is closed")
    if not trusted:
        broken = raw.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"references broken by the migration: {broken[:5]}")
    raw.execute(f"PRAGMA foreign_keys={'OFF' if trusted else 'ON'}")


def run_offline() -> None:
    """Print the SQL instead of running it (`flask db upgrade --sql`); PostgreSQL only."""
    if current_app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
        raise CommandError(
            "SQLite changes tables by copying them, which cannot be printed: back up and upgrade."
        )
    context.configure(
        url=current_app.config["SQLALCHEMY_DATABASE_URI"],
        target_metadata=db.metadata,
        literal_binds=True,
        render_as_batch=True,
    )
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    run_offline()
else:
    run_online()
