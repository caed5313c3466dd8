"""What a database wants done now and then by whoever uses it."""

from __future__ import annotations

from sqlalchemy import text

from app.platform.db import db
from app.platform.transaction import transaction

ROWS_LOOKED_AT = 400
"""Of each index, as SQLite recommends: enough to choose by, and quick however large a table is."""


def optimize() -> None:
    """Have SQLite learn anew which index is worth using; PostgreSQL does so by itself."""
    if db.session.get_bind().dialect.name != "sqlite":
        return
    with transaction():
        db.session.execute(text(f"PRAGMA analysis_limit={ROWS_LOOKED_AT}"))
        db.session.execute(text("ANALYZE"))
