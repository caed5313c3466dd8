"""One history of the schema, there and back, that says what the models say."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import CheckConstraint, MetaData, inspect, text
from sqlalchemy.exc import DBAPIError

from app.config import load_settings
from app.factory import create_app
from app.orders.commands import pay
from app.orders.commands.settle import settle
from app.payments.models import Payment
from app.platform.actor import GUEST
from app.platform.audit.commands import seal
from app.platform.db import db
from app.platform.transaction import transaction
from app.presale.commands import lifecycle, production
from app.presale.models import SupplyMode
from tests.cast import House, captured, house, piece, placed
from tests.community import cast as community
from tests.conftest import StoppedClock
from tests.presale import cast as presale
from tests.servers.postgres import Postgres
from tests.servers.stage import environment_for

SCRIPTS = ScriptDirectory(str(Path(__file__).parents[2] / "migrations"))
HISTORY = [script.revision for script in reversed(list(SCRIPTS.walk_revisions()))]
APPEND_ONLY = {
    "audit_row": "verb",
    "audit_seal": "hash",
    "campaign_event": "kind",
    "commission_entry": "amount",
    "ledger_entry": "amount",
    "price_change": "price",
    "production_movement": "change",
    "promise_version": "latest",
    "shortage_split": "shares",
    "stock_movement": "change",
}
"""Each table that only grows, with a column somebody may want to correct."""

EVERYTHING = {
    "sqlite": "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE tbl_name <> :kept",
    "postgresql": """
        SELECT 'column', table_name, column_name, concat_ws(' ', data_type, is_nullable,
               column_default, is_identity)
          FROM information_schema.columns
         WHERE table_schema = 'public' AND table_name <> :kept
        UNION ALL SELECT 'constraint', conrelid::regclass::text, conname,
               pg_get_constraintdef(oid)
          FROM pg_constraint
         WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text <> :kept
        UNION ALL SELECT 'index', tablename, indexname, indexdef
          FROM pg_indexes WHERE schemaname = 'public' AND tablename <> :kept
        UNION ALL SELECT 'trigger', tgrelid::regclass::text, tgname, pg_get_triggerdef(oid)
          FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL SELECT 'function', proname, prosrc, '' FROM pg_proc
         WHERE pronamespace = 'public'::regnamespace
        UNION ALL SELECT 'sequence', sequencename, '', '' FROM pg_sequences
         WHERE schemaname = 'public'
    """,
}
"""All that a migration can leave in a database."""


@pytest.fixture
def empty_sqlite(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'empty.sqlite3'}"


@pytest.fixture
def empty_postgresql(postgres: Postgres) -> Iterator[str]:
    name = f"vitrine_empty_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    yield postgres.create(name)
    postgres.drop(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """The shop on a database without a single table, its context pushed."""
    url = request.getfixturevalue(f"empty_{request.param}")
    app = create_app(load_settings(environment_for(url, tmp_path)))
    with app.app_context():
        yield app
        db.engine.dispose()


def contents() -> set[tuple[str, ...]]:
    with db.engine.connect() as connection:
        statement = text(EVERYTHING[connection.dialect.name])
        found = connection.execute(statement, {"kept": "alembic_version"})
        return {(*row[:3], meaning(row[3])) for row in found}


def meaning(sql: str | None) -> str:
    """What a statement of SQLite's schema says, however it is written.

    A table that a migration had to copy keeps its columns and constraints in another order.
    """
    written = " ".join((sql or "").replace('"', "").split())
    if not written.startswith("CREATE TABLE"):
        return written
    head, _, body = written.partition("(")
    parts, depth = [""], 0
    for sign in body.rpartition(")")[0]:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return head + "; ".join(sorted(part.strip() for part in parts))


def checks_of(metadata: MetaData) -> set[tuple[str, str]]:
    """(table, name) of every CHECK."""
    return {
        (table.name, str(constraint.name))
        for table in metadata.tables.values()
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint)
    }


def test_the_history_is_one_line():
    assert len(SCRIPTS.get_heads()) == 1
    assert len(SCRIPTS.get_bases()) == 1
    assert [SCRIPTS.get_revision(name).down_revision for name in HISTORY] == [None, *HISTORY[:-1]]


def test_up_down_and_up_again_is_up(empty):
    upgrade()
    first = contents()

    downgrade(revision="base")
    nothing = contents()
    upgrade()

    assert nothing == set()
    assert contents() == first


def test_each_step_can_be_taken_back(empty):
    reached, returned = [contents()], []
    for revision in HISTORY:
        upgrade(revision=revision)
        reached.append(contents())

    for _revision in HISTORY:
        downgrade(revision="-1")
        returned.append(contents())

    assert returned == reached[-2::-1]


def test_the_models_say_what_the_migrations_say(empty):
    upgrade()

    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, db.metadata)
        found = {
            (table, str(check["name"]))
            for table in inspect(connection).get_table_names()
            for check in inspect(connection).get_check_constraints(table)
        }

    assert differences == []
    assert found == checks_of(db.metadata)


@pytest.mark.parametrize("empty", ["postgresql"], indirect=True)
def test_the_history_can_be_printed_as_sql_before_it_is_run(empty, capsys):
    upgrade(sql=True)

    printed = capsys.readouterr().out
    assert "CREATE TABLE ledger_entry" in printed
    assert printed.count("CREATE TRIGGER") >= len(APPEND_ONLY)
    assert contents() == set()


@pytest.mark.parametrize("empty", ["sqlite"], indirect=True)
def test_what_copies_tables_cannot_be_printed_and_says_so(empty, caplog):
    with pytest.raises(SystemExit):
        upgrade(sql=True)

    assert "SQLite changes tables by copying them" in caplog.text
    assert contents() == set()


@pytest.fixture
def history(app: Flask, clock: StoppedClock) -> datetime:
    """A paid order and a presale that fell short, and with them a row in each table that only
    grows.
    """
    now = clock.now
    owner = house(now)
    order_id = placed(owner, [piece(owner, now)], now)
    payment_id = pay.open_attempt(order_id, "sandbox", actor=GUEST, now=now)
    payment = db.session.get_one(Payment, payment_id)
    settle(captured(payment.reference, payment.amount, now), now=now)
    presale_that_falls_short(owner, now)
    seal()
    return now


def presale_that_falls_short(owner: House, now: datetime) -> None:
    """Somebody joined through a leader's link; nothing of what was ordered arrived."""
    campaign = community.campaign(owner, now, supply_mode=SupplyMode.MADE_TO_ORDER)
    link = community.link(community.leader(owner), campaign.id, now)
    sku = presale.skus(campaign.id)[0]
    presale.confirmed(owner, {sku.id: 1}, now, joining=community.through(link))
    lifecycle.close_early(campaign.id, actor=owner.staff(), now=now)
    lifecycle.conclude(campaign.id, now=now)
    production.start_production(campaign.id, actor=owner.staff(), now=now)
    production.mark_arriving(campaign.id, actor=owner.staff(), now=now)
    production.split_shortage(campaign.id, actor=owner.staff(), now=now)


@pytest.mark.parametrize(("table", "column"), APPEND_ONLY.items(), ids=list(APPEND_ONLY))
def test_what_was_written_stays(history, table, column):
    before = rows(table)

    for change in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"):
        with pytest.raises(DBAPIError, match=f"{table} is append-only"), transaction():
            db.session.execute(text(change))

    assert before
    assert rows(table) == before


def rows(table: str) -> list[tuple[object, ...]]:
    found = db.session.execute(text(f"SELECT * FROM {table} ORDER BY 1")).all()
    db.session.rollback()
    return [tuple(row) for row in found]


def test_no_migration_needs_the_code_of_the_shop():
    sources = [Path(script.path).read_text(encoding="utf-8") for script in SCRIPTS.walk_revisions()]

    assert not [source for source in sources if "from app" in source or "import app" in source]
