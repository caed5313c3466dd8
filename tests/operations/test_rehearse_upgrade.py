"""`flask shop rehearse-upgrade`: an upgrade tried on a copy, and nothing done to the shop."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextvars import Context
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from app.config import load_settings
from app.factory import create_app
from app.operations.backup.figures import Figures, figures
from app.platform import readiness
from app.platform.db import db
from tests.servers.stage import environment_for

pytestmark = pytest.mark.usefixtures("postgres_tools")
OLD, NEXT = "0007", "0008"
Run = Callable[..., Any]


@pytest.fixture(params=["sqlite", "postgresql"])
def old_shop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """A shop of an earlier release: its database is at an older revision, with a row in it."""
    url = f"sqlite:///{tmp_path / 'old.sqlite3'}"
    postgres, name = None, f"vitrine_old_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    if request.param == "postgresql":
        postgres = request.getfixturevalue("postgres")
        url = postgres.create(name)
    app = create_app(load_settings(environment_for(url, tmp_path / "data")))
    with app.app_context():
        upgrade(revision=OLD)
        with db.engine.begin() as connection:
            connection.execute(text("INSERT INTO counter (name, last) VALUES ('test', 7)"))
        yield app
        db.session.remove()
        db.engine.dispose()
    if postgres is not None:
        postgres.drop(name)


@pytest.fixture
def rehearse(old_shop: Flask) -> Run:
    def run(*words: str) -> Any:
        invoke = old_shop.test_cli_runner().invoke
        return Context().run(invoke, args=["shop", "rehearse-upgrade", *words])

    return run


def standing(app: Flask) -> Figures:
    with app.app_context():
        engine = create_engine(db.engine.url, poolclass=NullPool)
        with engine.connect() as connection:
            return figures(connection)


def test_every_revision_is_timed_its_locks_are_told_and_the_shop_is_left_alone(
    old_shop: Flask, rehearse: Run
) -> None:
    before = standing(old_shop)

    done = rehearse("--json")

    told = json.loads(done.stdout)
    head = readiness.head()
    assert (told["from_revision"], told["to_revision"], told["failure"]) == (OLD, head, "")
    revisions = [step["revision"] for step in told["steps"]]
    assert (revisions[0], revisions[-1]) == (NEXT, head)
    assert revisions == sorted(set(revisions))
    assert told["seconds"] == pytest.approx(sum(step["seconds"] for step in told["steps"]))
    assert told["figures"] == []
    assert any(line.startswith("table ") and line.endswith(": new") for line in told["schema"])
    assert done.exit_code == (1 if told["obstacles"] else 0)
    locks = {step["revision"]: step["locks"] for step in told["steps"]}
    if db.engine.dialect.name == "sqlite":
        assert set(map(str, locks.values())) == {"{}"}
    else:
        assert "AccessExclusive" in locks["0009"]["participation"]
    assert standing(old_shop) == before
    assert not list(Path(old_shop.extensions["vitrine.settings"].data_dir).glob(".rehearsing-*"))

    with db.engine.begin() as connection:
        statement = text("UPDATE alembic_version SET version_num = :head")
        connection.execute(statement, {"head": head})
    nothing = rehearse()
    assert (nothing.exit_code, "Nothing is due" in nothing.output) == (0, True)


def test_a_migration_that_fails_is_named_with_its_reason(old_shop: Flask, rehearse: Run) -> None:
    with db.engine.begin() as connection:
        connection.execute(text("ALTER TABLE participation RENAME TO elsewhere"))

    done = rehearse()

    assert done.exit_code == 1
    assert "FAILED:" in done.output
    assert "participation" in done.output
    assert standing(old_shop).revision == OLD
