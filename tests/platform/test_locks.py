"""Locks on rows: asked for once in a transaction, and forgotten with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import pytest
from flask import Flask
from sqlalchemy import event, insert, update

from app.platform.actor import SYSTEM
from app.platform.db import db
from app.platform.errors import NotFound
from app.platform.locks import behind_lock, is_locked, lock_row, lock_rows
from app.platform.outbox.models import OutboxFact
from app.platform.transaction import transaction
from tests.conftest import MONDAY


@pytest.fixture
def ids(app: Flask) -> list[int]:
    with transaction():
        rows = [{"name": name, "payload": {}, "published_at": MONDAY} for name in "abc"]
        return list(db.session.scalars(insert(OutboxFact).returning(OutboxFact.id), rows))


@pytest.fixture
def asked(app: Flask) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("SELECT"):
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield seen
    event.remove(db.engine, "before_cursor_execute", note)


def test_a_row_is_asked_for_once_and_shows_what_was_changed_since(ids, asked):
    with transaction():
        lock_rows(OutboxFact, ids)
        db.session.execute(
            update(OutboxFact).where(OutboxFact.id == ids[0]).values(name=OutboxFact.name + "!")
        )

        again = lock_row(OutboxFact, ids[0], SYSTEM)

        assert again.name == "a!"
        assert len([statement for statement in asked if "outbox_fact" in statement]) == 1


def test_the_next_transaction_asks_again(ids, asked):
    with transaction():
        lock_rows(OutboxFact, ids)
    with transaction():
        assert not is_locked(OutboxFact, ids[0])


def test_what_a_savepoint_locked_is_forgotten_when_it_is_undone(ids):
    with transaction():
        lock_rows(OutboxFact, ids[:1])
        with suppress(LookupError), db.session.begin_nested():
            lock_rows(OutboxFact, ids)
            raise LookupError

        assert [is_locked(OutboxFact, row_id) for row_id in ids] == [True, False, False]


def test_rows_that_do_not_exist_are_left_out(ids):
    with transaction():
        assert [row.id for row in lock_rows(OutboxFact, [*ids, 99999])] == ids
        with pytest.raises(NotFound):
            lock_row(OutboxFact, 99999, SYSTEM)


def test_what_stands_behind_a_lock_is_read_once(ids):
    reads: list[int] = []

    def read() -> list[int]:
        reads.append(1)
        return []

    with transaction():
        lock_rows(OutboxFact, ids)
        assert behind_lock("lines", read) == behind_lock("lines", read) == []

    assert len(reads) == 1
