"""Alembic's environment: one linear history for SQLite and PostgreSQL."""

from __future__ import annotations

from alembic import context
from flask import current_app

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
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=True,
            compare_type=True,
            render_item=render_item,
            transaction_per_migration=True,
        )
        token = writing.set(True)
        try:
            with context.begin_transaction():
                context.run_migrations()
        finally:
            writing.reset(token)


def run_offline() -> None:
    """Print the SQL instead of running it (`flask db upgrade --sql`)."""
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
