"""One command, one transaction."""

from __future__ import annotations

from contextlib import suppress
from contextvars import Context
from threading import Barrier, BrokenBarrierError, get_ident

import pytest
from flask import Flask
from sqlalchemy import func, insert, select, text, update
from sqlalchemy.exc import OperationalError

from app.platform.db import db
from app.platform.outbox.models import OutboxFact
from app.platform.transaction import (
    after_commit,
    command,
    gather,
    in_transaction,
    transaction,
)
from tests.conftest import MONDAY
from tests.platform.together import together


def write(name: str = "test.v1") -> int:
    statement = insert(OutboxFact).values(name=name, payload={}, published_at=MONDAY)
    return db.session.execute(statement.returning(OutboxFact.id)).scalar_one()


def names() -> list[str]:
    """What another connection sees, from outside of the command that may be running."""
    engine = db.engine

    def read() -> list[str]:
        with engine.connect() as connection:
            return list(connection.scalars(select(OutboxFact.name).order_by(OutboxFact.id)))

    return Context().run(read)


def test_the_outermost_command_commits(app: Flask) -> None:
    @command
    def inner() -> None:
        write("inner")

    @command
    def outer() -> None:
        write("outer")
        inner()
        assert names() == []

    outer()

    assert names() == ["outer", "inner"]
    assert not in_transaction()


def test_a_failure_undoes_inner_commands_too(app: Flask) -> None:
    inner = command(write)

    @command
    def outer() -> None:
        inner("inner")
        raise LookupError

    with pytest.raises(LookupError):
        outer()

    assert names() == []
    assert not in_transaction()


def test_an_inner_failure_undoes_the_outer_command(app: Flask) -> None:
    @command
    def inner() -> None:
        raise LookupError

    @command
    def outer() -> None:
        write("outer")
        inner()

    with pytest.raises(LookupError):
        outer()

    assert names() == []


def test_even_a_kill_signal_undoes_it(app: Flask) -> None:
    @command
    def interrupted() -> None:
        write()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()

    assert names() == []


def test_a_write_outside_a_command_is_refused(app: Flask) -> None:
    with pytest.raises(RuntimeError, match="outside a command"):
        write()
    with pytest.raises(RuntimeError, match="outside a command"):
        db.session.execute(update(OutboxFact).values(name="changed"))
    db.session.rollback()

    assert names() == []


def test_a_stray_flush_of_objects_is_refused(app: Flask) -> None:
    db.session.add(OutboxFact(name="stray", payload={}, published_at=MONDAY))

    with pytest.raises(RuntimeError, match="outside a command"):
        db.session.commit()
    db.session.rollback()

    assert names() == []


def test_what_waits_for_the_commit_sees_it(app: Flask) -> None:
    seen: list[list[str]] = []

    def look() -> None:
        seen.append(names())

    @command
    def told_later() -> None:
        after_commit(look)
        after_commit(look)
        write("told")
        assert seen == []

    told_later()

    assert seen == [["told"]]


def test_what_waits_for_the_commit_is_forgotten_with_it(app: Flask) -> None:
    called: list[bool] = []

    @command
    def undone() -> None:
        after_commit(lambda: called.append(True))
        raise LookupError

    with pytest.raises(LookupError):
        undone()
    command(write)()

    assert called == []


def test_waiting_for_a_commit_needs_a_command(app: Flask) -> None:
    with pytest.raises(RuntimeError, match="outside a command"):
        after_commit(lambda: None)


def test_an_inner_commands_callback_waits_for_the_outer_commit(app: Flask) -> None:
    order: list[str] = []

    @command
    def inner() -> None:
        after_commit(lambda: order.append("told"))

    @command
    def outer() -> None:
        inner()
        order.append("still working")

    outer()

    assert order == ["still working", "told"]


def test_a_command_ends_the_read_before_it(app: Flask) -> None:
    assert db.session.scalar(select(func.count()).select_from(OutboxFact)) == 0
    with db.engine.connect() as other:
        other.execute(
            text("INSERT INTO outbox_fact (name, payload, published_at) VALUES ('x', '{}', :at)"),
            {"at": "2026-11-23 02:00:00"},
        )
        other.commit()

    @command
    def count() -> int:
        write()
        return db.session.scalar(select(func.count()).select_from(OutboxFact)) or 0

    assert count() == 2


def test_commands_in_threads_do_not_join_each_other(app: Flask) -> None:
    @command
    def write_own() -> None:
        write(str(get_ident()))

    together(app, [write_own] * 8)

    assert len(set(names())) == 8


def test_a_deadlock_victim_is_run_again(app: Flask) -> None:
    """SQLite lets one writer in at a time, so nobody waits for anybody there."""
    with transaction():
        rows = [write("left"), write("right")]
    meeting = Barrier(2)

    def rename(first: int, second: int, mark: str) -> None:
        append = OutboxFact.name + mark
        db.session.execute(update(OutboxFact).where(OutboxFact.id == first).values(name=append))
        with suppress(BrokenBarrierError):
            meeting.wait(0.5)
        db.session.execute(update(OutboxFact).where(OutboxFact.id == second).values(name=append))

    @command
    def forward() -> None:
        rename(rows[0], rows[1], "+")

    @command
    def backward() -> None:
        rename(rows[1], rows[0], "-")

    together(app, [forward, backward])

    assert sorted(names()) in (["left+-", "right+-"], ["left-+", "right-+"])


def test_other_failures_of_the_database_are_not_repeated(app: Flask) -> None:
    tries: list[int] = []

    @command
    def failing() -> None:
        tries.append(1)
        raise OperationalError("SELECT 1", {}, Exception("gone"))

    with pytest.raises(OperationalError):
        failing()

    assert len(tries) == 1


def test_a_deadlock_that_stays_is_reported_in_the_end(app: Flask) -> None:
    class Deadlock(Exception):
        sqlstate = "40P01"

    tries: list[int] = []

    @command
    def unlucky() -> None:
        tries.append(1)
        raise OperationalError("UPDATE", {}, Deadlock())

    with pytest.raises(OperationalError):
        unlucky()

    assert len(tries) == 3
    assert names() == []


def write_all(gathered: list[str]) -> None:
    write("+".join(gathered))


def test_what_is_gathered_is_written_together_before_the_commit(app: Flask) -> None:
    @command
    def gathering() -> None:
        gather(write_all, "one")
        write("between")
        gather(write_all, "two")

    gathering()

    assert names() == ["between", "one+two"]


def test_what_is_gathered_in_a_savepoint_is_undone_with_it(app: Flask) -> None:
    @command
    def half_undone() -> None:
        gather(write_all, "kept")
        with suppress(LookupError), db.session.begin_nested():
            gather(write_all, "undone")
            raise LookupError

    half_undone()

    assert names() == ["kept"]


def test_nothing_is_gathered_outside_a_command(app: Flask) -> None:
    with pytest.raises(RuntimeError, match="outside a command"):
        gather(write_all, "stray")
