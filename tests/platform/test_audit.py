"""The audit log: append-only, chained, and every kind of tampering found."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing

import psycopg
import pytest
from flask import Flask
from sqlalchemy import insert, make_url, select, text
from sqlalchemy.exc import DatabaseError

from app.platform.actor import SYSTEM, Actor
from app.platform.audit.commands import GENESIS, record, seal, seal_forgotten, unsealed, verify
from app.platform.audit.models import AuditRow, AuditSeal
from app.platform.db import db
from app.platform.request_id import set_request_id
from app.platform.transaction import command, transaction
from tests.conftest import MONDAY
from tests.platform.together import together

CLEO = Actor("staff", id=3, merchant_id=1, name="Cleo")
Tamper = Callable[..., None]


@command
def note(number: int = 1, *, actor: Actor = CLEO) -> None:
    record(
        actor, "order.refund", "order", number, now=MONDAY,
        before={"refunded": 0, "reason": "袖口"}, after={"refunded": 128000},
    )  # fmt: skip


def notes(count: int) -> None:
    for number in range(count):
        note(number)


@pytest.fixture
def tamper(database_url: str) -> Tamper:
    """Change the database as somebody does who may do everything: around triggers and keys."""
    url = make_url(database_url)

    def on_sqlite(*statements: str) -> None:
        with closing(sqlite3.connect(str(url.database))) as connection:
            for table in ("audit_row", "audit_seal"):
                for verb in ("update", "delete"):
                    connection.execute(f"DROP TRIGGER IF EXISTS {table}_refuses_{verb}")
            for statement in statements:
                connection.execute(statement)
            connection.commit()

    def on_postgresql(*statements: str) -> None:
        address = url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(address) as connection:
            connection.execute("SET session_replication_role = replica")
            for statement in statements:
                connection.execute(statement.encode())

    return on_sqlite if url.drivername.startswith("sqlite") else on_postgresql


def test_a_record_belongs_to_its_command(app: Flask) -> None:
    def undone() -> None:
        with transaction():
            note()
            raise LookupError

    with pytest.raises(RuntimeError, match="outside a command"):
        record(SYSTEM, "order.refund", "order", 1, now=MONDAY)
    db.session.rollback()
    with pytest.raises(LookupError):
        undone()

    assert db.session.scalars(select(AuditRow)).all() == []


def test_a_record_says_who_did_what_to_which_in_which_request(app: Flask) -> None:
    set_request_id("request-1")
    try:
        note(42)
    finally:
        set_request_id(None)

    row = db.session.scalars(select(AuditRow)).one()
    assert (row.actor_kind, row.actor_id, row.merchant_id) == ("staff", 3, 1)
    assert (row.verb, row.object_kind, row.object_id) == ("order.refund", "order", 42)
    assert (row.at, row.request_id) == (MONDAY, "request-1")
    assert row.before == {"refunded": 0, "reason": "袖口"}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_row SET verb = 'nothing'",
        "DELETE FROM audit_row",
        "UPDATE audit_seal SET hash = ''",
        "DELETE FROM audit_seal",
    ],
)
def test_the_database_itself_refuses_changes(app: Flask, statement: str) -> None:
    notes(1)
    seal()

    with db.engine.connect() as connection, pytest.raises(DatabaseError, match="append-only"):
        connection.execute(text(statement))

    assert verify().first_bad is None


def test_an_untouched_chain_holds(app: Flask) -> None:
    notes(3)
    assert (verify().sealed, verify().unsealed, verify().head) == (0, 3, GENESIS)

    assert seal() == 3
    notes(2)

    verdict = verify()
    assert (verdict.sealed, verdict.unsealed, verdict.first_bad) == (3, 2, None)
    assert seal() == 2
    assert seal() == 0


def test_each_seal_covers_the_one_before(app: Flask) -> None:
    notes(2)
    seal()

    first, second = db.session.scalars(select(AuditSeal).order_by(AuditSeal.sequence)).all()
    row = db.session.get_one(AuditRow, second.audit_id)
    assert second.hash == _recomputed(first.hash, row)


@pytest.mark.parametrize(
    "change",
    [
        "at = '2026-11-23 02:00:01'",
        "actor_kind = 'system'",
        "actor_id = 4",
        "actor_id = NULL",
        "merchant_id = 2",
        "verb = 'order.cancel'",
        "object_kind = 'parcel'",
        "object_id = 99",
        "before = '{}'",
        "after = '{\"refunded\": 128001}'",
        "after = NULL",
        "request_id = 'made-up'",
    ],
)
def test_a_changed_column_is_found(app: Flask, tamper: Tamper, change: str) -> None:
    notes(3)
    seal()
    db.session.rollback()

    tamper(f"UPDATE audit_row SET {change} WHERE object_id = 1")

    verdict = verify()
    assert (verdict.first_bad, verdict.sealed) == (2, 1)
    assert "was changed" in verdict.reason


def test_a_moved_row_is_found(app: Flask, tamper: Tamper) -> None:
    notes(2)
    seal()
    db.session.rollback()

    tamper(
        "UPDATE audit_seal SET audit_id = -1 WHERE sequence = 1",
        "UPDATE audit_seal SET audit_id = (SELECT min(id) FROM audit_row) WHERE sequence = 2",
        "UPDATE audit_seal SET audit_id = (SELECT max(id) FROM audit_row) WHERE sequence = 1",
    )

    assert verify().first_bad == 1


def test_a_removed_row_is_found(app: Flask, tamper: Tamper) -> None:
    notes(3)
    seal()
    db.session.rollback()

    tamper("DELETE FROM audit_row WHERE object_id = 1")

    verdict = verify()
    assert (verdict.first_bad, verdict.reason) == (2, "the sealed row is missing")


def test_a_row_removed_with_its_seal_is_found(app: Flask, tamper: Tamper) -> None:
    notes(3)
    seal()
    db.session.rollback()

    tamper(
        "DELETE FROM audit_seal WHERE sequence = 2",
        "DELETE FROM audit_row WHERE object_id = 1",
    )

    assert (verify().first_bad, verify().reason) == (3, "a seal is missing")


def test_a_forged_seal_is_found(app: Flask, tamper: Tamper) -> None:
    notes(2)
    seal()
    db.session.rollback()

    tamper("UPDATE audit_seal SET hash = '%s' WHERE sequence = 2" % ("f" * 64))

    assert verify().first_bad == 2


def test_a_chain_cut_off_is_found_by_its_head(app: Flask, tamper: Tamper) -> None:
    notes(3)
    seal()
    head = verify().head
    db.session.rollback()

    tamper(
        "DELETE FROM audit_seal WHERE sequence = 3",
        "DELETE FROM audit_row WHERE object_id = 2",
    )

    assert verify().first_bad is None
    assert verify(expected_head=head).first_bad == 3


def test_a_chain_computed_anew_is_found_by_its_head(app: Flask, tamper: Tamper) -> None:
    notes(2)
    seal()
    head = verify().head
    db.session.rollback()
    tamper("UPDATE audit_row SET verb = 'order.view'", "DELETE FROM audit_seal")
    seal()

    assert verify().first_bad is None
    assert verify(expected_head=head).first_bad is not None


def test_a_head_kept_earlier_still_fits_a_longer_chain(app: Flask) -> None:
    notes(2)
    seal()
    head = verify().head
    notes(2)
    seal()

    assert verify(expected_head=head).first_bad is None


def test_two_sealers_at_once_cannot_fork_the_chain(app: Flask) -> None:
    notes(20)
    db.session.rollback()

    def seal_or_lose() -> int:
        try:
            return seal()
        except DatabaseError:
            return 0

    together(app, [seal_or_lose] * 4)
    seal()

    verdict = verify()
    assert (verdict.sealed, verdict.unsealed, verdict.first_bad) == (20, 0, None)


def test_fifty_recorders_at_once_make_one_chain(app: Flask) -> None:
    def note_and_seal_meanwhile(number: int) -> Callable[[], None]:
        return lambda: note(number)

    together(app, [note_and_seal_meanwhile(number) for number in range(50)])
    while seal(limit=7):
        pass

    verdict = verify()
    assert (verdict.sealed, verdict.unsealed, verdict.first_bad) == (50, 0, None)
    objects = db.session.scalars(select(AuditRow.object_id)).all()
    assert sorted(number for number in objects if number is not None) == list(range(50))


def test_rows_committed_late_are_sealed_late(app: Flask) -> None:
    """On PostgreSQL a transaction may commit after one that took a higher id."""
    with transaction():
        values = {
            "at": MONDAY, "actor_kind": "system", "verb": "late", "object_kind": "order",
            "object_id": 1,
        }  # fmt: skip
        db.session.execute(insert(AuditRow).values(id=1000, **values))
    seal()
    with transaction():
        db.session.execute(insert(AuditRow).values(id=999, **values))

    assert seal() == 1
    assert verify().first_bad is None


def test_what_was_committed_very_late_is_sealed_by_the_daily_look_at_every_row(app: Flask) -> None:
    late = {"at": MONDAY, "actor_kind": "system", "verb": "late", "object_kind": "order"}
    with transaction():
        db.session.execute(insert(AuditRow).values(id=5_000, **late))
    seal()
    with transaction():
        db.session.execute(insert(AuditRow).values(id=1, **late))

    assert (seal(), unsealed(), verify().unsealed) == (0, 0, 1)
    assert seal_forgotten() == 1
    assert (verify().unsealed, verify().first_bad) == (0, None)


def _recomputed(previous: str, row: AuditRow) -> str:
    """The seal as the documentation has it, written a second time."""
    names = (
        "id", "actor_kind", "actor_id", "merchant_id", "verb", "object_kind", "object_id",
        "before", "after", "request_id",
    )  # fmt: skip
    values = {name: getattr(row, name) for name in names} | {"at": row.at.isoformat()}
    canonical = json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(previous.encode() + canonical.encode()).hexdigest()
