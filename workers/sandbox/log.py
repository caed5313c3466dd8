"""What was sent to the merchant, and what he answered."""

from __future__ import annotations

import sqlite3

from workers.sandbox.records import JsonObject
from workers.sandbox.session import Session


def deliveries(session: Session, count: int, reference: str | None = None) -> list[JsonObject]:
    """The newest callbacks first, each with its attempts; of one merchant reference if given."""
    rows = session.connection.execute(
        "SELECT * FROM deliveries WHERE :reference IS NULL OR reference = :reference"
        " ORDER BY id DESC LIMIT :count",
        {"reference": reference, "count": count},
    ).fetchall()
    return [_delivery(session, row) for row in rows]


def _delivery(session: Session, row: sqlite3.Row) -> JsonObject:
    attempts = session.connection.execute(
        "SELECT at, status, problem, milliseconds FROM attempts WHERE delivery = ? ORDER BY id",
        (row["id"],),
    ).fetchall()
    return {**dict(row), "tried": [dict(attempt) for attempt in attempts]}
