"""SQLite learns which index is worth using; PostgreSQL is left to itself."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import inspect, text

from app.platform.db import db
from app.platform.upkeep import optimize
from tests.cast import house, piece
from tests.conftest import MONDAY


def test_what_a_database_knows_of_its_tables_is_brought_up_to_date(app: Flask) -> None:
    piece(house(MONDAY), MONDAY)

    optimize()
    optimize()

    if db.engine.dialect.name == "sqlite":
        known = db.session.scalars(text("SELECT DISTINCT tbl FROM sqlite_stat1")).all()
        assert "product" in known
    assert "sqlite_stat1" not in inspect(db.engine).get_table_names()
