"""The bodies of jobs: a session of its own for each piece of work, and failures that show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import pytest
from flask import Flask
from sqlalchemy import select

from app.platform import doorbell, facts
from app.platform.actor import SYSTEM
from app.platform.audit.commands import record
from app.platform.audit.models import AuditRow
from app.platform.db import db
from app.platform.facts import Fact, on, publish
from app.platform.outbox import commands as outbox
from app.platform.outbox.models import OutboxDelivery
from app.platform.request_id import current_request_id
from app.platform.transaction import command, transaction
from tests.conftest import MONDAY
from workers import runner


@dataclass(frozen=True)
class Called(Fact):
    name: ClassVar[str] = "test.called.v1"

    number: int


sessions: list[object] = []
requests: list[str | None] = []
rings: list[bool] = []


def hear(fact: Called) -> None:
    sessions.append(db.session())
    requests.append(current_request_id())
    if fact.number < 0:
        raise LookupError
    note(fact.number)


@command
def note(number: int) -> None:
    record(SYSTEM, "test.heard", "test", number, now=MONDAY)


def scheduled() -> None:
    requests.append(current_request_id())


def failing() -> None:
    raise LookupError("as it does")


@pytest.fixture(autouse=True)
def listening(job_app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    registry = facts.Registry()
    registry.register([on(Called, hear)])
    monkeypatch.setattr(facts, "registry", registry)
    monkeypatch.setattr(outbox, "registry", registry)
    monkeypatch.setattr(doorbell, "ring", lambda: rings.append(True))
    yield
    for kept in (sessions, requests, rings):
        kept.clear()


def call(*numbers: int) -> None:
    with transaction():
        for number in numbers:
            publish(Called(number))
    rings.clear()


def heard() -> list[int]:
    db.session.rollback()
    statement = select(AuditRow.object_id).where(AuditRow.verb == "test.heard")
    return sorted(number for number in db.session.scalars(statement) if number is not None)


def test_what_is_due_is_delivered(app: Flask) -> None:
    call(1, 2, 3)

    assert runner.drain() == 3
    assert runner.drain() == 0

    assert heard() == [1, 2, 3]
    assert rings == []


def test_each_delivery_has_a_session_and_a_request_id_of_its_own(app: Flask) -> None:
    call(1, 2, 3)

    runner.drain()

    assert len(set(map(id, sessions))) == 3
    assert len(set(requests)) == 3
    assert None not in requests
    assert current_request_id() is None


def test_one_job_delivers_fifty_and_rings_for_the_rest(app: Flask) -> None:
    call(*range(53))

    assert runner.drain() == 50
    assert rings == [True]
    assert runner.drain() == 3
    assert heard() == list(range(53))


def test_a_failing_listener_holds_up_nobody(app: Flask) -> None:
    call(1, -2, 3)

    assert runner.drain() == 3

    assert heard() == [1, 3]
    statement = select(OutboxDelivery.last_error).where(OutboxDelivery.state == "pending")
    assert db.session.scalars(statement).all() == ["LookupError"]


def test_a_verb_is_found_by_its_path(app: Flask) -> None:
    runner.run("tests.workers.test_runner:scheduled")

    assert len(requests) == 1
    assert requests[0] is not None


def test_a_job_that_failed_looks_failed(app: Flask) -> None:
    with pytest.raises(LookupError, match="as it does"):
        runner.run("tests.workers.test_runner:failing")

    assert current_request_id() is None


@pytest.mark.parametrize("verb", ["app.nowhere:verb", "app.platform.audit.commands:nothing"])
def test_a_verb_that_does_not_exist_is_an_error(app: Flask, verb: str) -> None:
    with pytest.raises((ImportError, AttributeError)):
        runner.run(verb)
