"""One word at a time about a tracking number, before there is a row that could be locked."""

from __future__ import annotations

import hashlib

from sqlalchemy import func, select

from app.platform.db import db

NAME_BYTES = 8


def lock_number(carrier: str, number: str) -> None:
    """Wait for whoever else ships or hears of this number, until the end of the transaction.

    Otherwise a callback that crosses the shipping of its parcel finds no parcel, and the shipping
    no callback. On SQLite there is one writer at a time anyway.
    """
    if db.session.get_bind().dialect.name != "postgresql":
        return
    name = hashlib.blake2b(f"{carrier}\n{number}".encode(), digest_size=NAME_BYTES).digest()
    db.session.execute(select(func.pg_advisory_xact_lock(int.from_bytes(name, signed=True))))
