"""What is done before the shop opens."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import text

from app.platform import readiness
from app.platform.db import db
from workers import preparation


def revision() -> str:
    with db.engine.connect() as connection:
        return str(connection.scalar(text("SELECT version_num FROM alembic_version")))


def test_a_database_of_a_newer_release_is_left_alone(
    app: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    try:
        preparation.migrate(app)
        assert revision() == "9999"
        assert "newer release" in capsys.readouterr().err
    finally:
        with db.engine.begin() as connection:
            statement = text("UPDATE alembic_version SET version_num = :head")
            connection.execute(statement, {"head": readiness.head()})

    preparation.migrate(app)

    assert revision() == readiness.head()
