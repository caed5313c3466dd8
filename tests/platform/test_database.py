"""How the shop opens its database file."""

from __future__ import annotations

import pytest
from sqlalchemy import create_engine, text

from app.platform.db import engine_options, tune


@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)]
)
def test_what_is_committed_to_a_file_outlives_the_power(tmp_path, pragma, value):
    url = f"sqlite:///{tmp_path / 'shop.sqlite3'}"
    engine = create_engine(url, **engine_options(url))
    tune(engine)

    with engine.connect() as connection:
        found = connection.scalar(text(f"PRAGMA {pragma}"))
    engine.dispose()

    assert found == value
