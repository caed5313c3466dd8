"""The copy: a shop of its own on SQLite in a throw-away folder, with the excerpt in its tables."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Date, insert

from app.config import Settings
from app.payments.gateways.rehearsal import NAME as REHEARSAL
from app.platform.db import Instant, db
from app.platform.transaction import transaction

SHARED = (
    "currency", "time_zone", "default_language", "shop_name_en", "shop_name_zh", "mail_from",
    "public_url", "bank_account", "filing_number",
)  # fmt: skip
"""Settings a copy has in common with its shop. Addresses of servers and secrets are not among
them.
"""


def settings_of_copy(folder: Path, shared: Mapping[str, str]) -> Settings:
    """Settings that reach nothing beyond the folder: mails are files, money is imagined."""
    own = Settings(
        environment="testing",
        data_dir=folder,
        secret_key=secrets.token_urlsafe(48),
        database_url=f"sqlite:///{folder / 'copy.sqlite3'}",
        redis_url="",
        public_url=shared["public_url"],
        trusted_hosts=("localhost",),
        payment_methods=(REHEARSAL,),
        doorbell=False,
        log_level="WARNING",
    )
    same: dict[str, Any] = {name: shared[name] for name in SHARED}
    return replace(own, **same)


def be_quick() -> None:
    """Let the copy's disk be as late as it likes: nobody needs it after a crash.

    The pool hands this very connection out again, as it is never asked for a second one.
    """
    connection = db.engine.raw_connection()
    connection.cursor().execute("PRAGMA synchronous=OFF")
    connection.close()


def write(rows_by_table: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    """Write an excerpt into the copy whose context is pushed."""
    with transaction():
        for name, rows in rows_by_table.items():
            table = db.metadata.tables[name]
            if rows:
                typed = [
                    {column.name: _typed(column, row[column.name]) for column in table.columns}
                    for row in rows
                ]
                db.session.execute(insert(table), typed)


def _typed(column: Column[Any], value: Any) -> Any:
    if isinstance(value, str) and isinstance(column.type, Instant):
        return datetime.fromisoformat(value)
    if isinstance(value, str) and isinstance(column.type, Date):
        return date.fromisoformat(value)
    return value
