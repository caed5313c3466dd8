"""Deliveries: leased, retried, given up, replayed, and never lost or doubled by a crash."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

import pytest
from flask import Flask
from sqlalchemy import select

from app.platform import doorbell
from app.platform.db import db
from app.platform.facts import Fact, Registry, on, publish
from app.platform.outbox import commands as outbox
from app.platform.outbox.commands import LEASE, MAX_ATTEMPTS, claim, deliver, drain, replay
from app.platform.outbox.models import DeliveryState, OutboxDelivery
from app.platform.outbox.queries import dead_deliveries, health
from app.platform.transaction import transaction
from tests.conftest import MONDAY, StoppedClock
from tests.platform.together import together


@dataclass(frozen=True)
class Rang(Fact):
    name: ClassVar[str] = "test.rang.v1"

    number: int


@dataclass(frozen=True)
class Drawn(Fact):
    name: ClassVar[str] = "test.drawn.v1"

    number: int


heard: list[int] = []
refused: set[int] = set()


def hear(fact: Rang) -> None:
    heard.append(fact.number)
    if fact.number in refused:
        raise ConnectionError("the far end is away")


def draw(fact: Drawn) -> None:
    heard.append(-fact.number)


@pytest.fixture(autouse=True)
def listening(listeners: Registry, clock: StoppedClock) -> None:
    heard.clear()
    refused.clear()
    listeners.register([on(Rang, hear)])


def ring(*numbers: int) -> None:
    with transaction():
        for number in numbers:
            publish(Rang(number))


def only_delivery() -> OutboxDelivery:
    statement = select(OutboxDelivery).execution_options(populate_existing=True)
    return db.session.scalars(statement).one()


def test_patient_listeners_are_told_one_by_one_when_nothing_else_is_due(
    app: Flask, listeners: Registry
) -> None:
    listeners.register([on(Drawn, draw, patient=True)])
    with transaction():
        publish(Drawn(1))
        publish(Drawn(2))
    ring(3, 4)

    batches = [[claimed.handler for claimed in claim(5, now=MONDAY)] for _ in range(4)]

    hearing, drawing = on(Rang, hear).key, on(Drawn, draw).key
    assert batches == [[hearing, hearing], [drawing], [drawing], []]


def test_a_fact_is_delivered_once(app: Flask) -> None:
    ring(1)

    assert drain() == 1
    assert drain() == 0

    assert heard == [1]
    row = only_delivery()
    assert (row.state, row.done_at, row.lease_token) == (DeliveryState.DONE, MONDAY, None)


def test_no_more_are_taken_than_asked_for(app: Flask) -> None:
    ring(1, 2, 3)

    assert drain(limit=2) == 2
    assert heard == [1, 2]


def test_the_bell_rings_once_after_the_commit(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    rings: list[int] = []
    monkeypatch.setattr(doorbell, "ring", lambda: rings.append(len(waiting())))

    def waiting() -> list[int]:
        with db.engine.connect() as other:
            return list(other.scalars(select(OutboxDelivery.id)))

    ring(1, 2, 3)

    assert rings == [3]


def test_a_leased_delivery_is_nobody_elses(app: Flask, clock: StoppedClock) -> None:
    ring(1)

    first = claim(10, now=clock.now)

    assert [claimed.attempts for claimed in first] == [1]
    assert claim(10, now=clock.now + LEASE - timedelta(seconds=1)) == []


def test_a_lease_that_ran_out_is_due_again(app: Flask, clock: StoppedClock) -> None:
    ring(1)
    [first] = claim(10, now=clock.now)

    [second] = claim(10, now=clock.now + LEASE + timedelta(seconds=1))

    assert second.id == first.id
    assert second.lease_token != first.lease_token
    assert second.attempts == 2


def test_workers_at_once_never_take_the_same(app: Flask) -> None:
    ring(*range(60))

    def work() -> None:
        while drain(limit=5):
            pass

    together(app, [work] * 6)

    assert Counter(heard) == Counter(range(60))
    states = db.session.scalars(select(OutboxDelivery.state)).all()
    assert states == [DeliveryState.DONE] * 60


def test_a_crash_before_the_end_is_noted_delivers_again(
    app: Flask, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring(1)
    with monkeypatch.context() as crash:
        crash.setattr(outbox, "_finish", _die)
        with pytest.raises(SystemExit):
            drain()
    assert drain() == 0

    clock.advance(seconds=LEASE.total_seconds() + 1)
    drain()

    assert heard == [1, 1]
    assert only_delivery().state == DeliveryState.DONE


def test_a_worker_that_lost_its_lease_ends_nothing(app: Flask, clock: StoppedClock) -> None:
    ring(1)
    [slow] = claim(10, now=clock.now)
    clock.advance(seconds=LEASE.total_seconds() + 1)
    [quick] = claim(10, now=clock.now)

    deliver(slow)
    assert only_delivery().lease_token == quick.lease_token
    assert only_delivery().state == DeliveryState.PENDING
    deliver(quick)

    assert only_delivery().state == DeliveryState.DONE


def test_a_late_failure_does_not_put_off_a_delivery_others_hold(
    app: Flask, clock: StoppedClock
) -> None:
    ring(1)
    [slow] = claim(10, now=clock.now)
    clock.advance(seconds=LEASE.total_seconds() + 1)
    [quick] = claim(10, now=clock.now)
    refused.add(1)

    deliver(slow)

    row = only_delivery()
    assert (row.lease_token, row.last_error) == (quick.lease_token, None)


def test_a_failure_is_tried_again_ever_later(app: Flask, clock: StoppedClock) -> None:
    ring(1)
    refused.add(1)
    waits = []
    for _ in range(4):
        drain()
        waits.append((only_delivery().due_at - clock.now).total_seconds())
        clock.advance(seconds=waits[-1] - 1)
        assert drain() == 0
        clock.advance(seconds=1)

    assert waits == [5, 10, 20, 40]
    assert only_delivery().last_error == "ConnectionError"
    refused.clear()
    drain()
    assert only_delivery().state == DeliveryState.DONE


def test_after_the_last_try_it_is_kept_as_dead(app: Flask, clock: StoppedClock) -> None:
    ring(1)
    refused.add(1)
    for _ in range(MAX_ATTEMPTS):
        drain()
        clock.advance(hours=6)

    assert len(heard) == MAX_ATTEMPTS
    assert drain() == 0
    assert health(clock.now).dead == 1
    [(row, name)] = dead_deliveries()
    assert (name, row.attempts, row.last_error) == ("test.rang.v1", 12, "ConnectionError")


def test_a_dead_delivery_is_replayed_from_the_beginning(app: Flask, clock: StoppedClock) -> None:
    ring(1)
    refused.add(1)
    for _ in range(MAX_ATTEMPTS):
        drain()
        clock.advance(hours=6)
    refused.clear()

    replay(only_delivery().id, now=clock.now)
    drain()

    assert only_delivery().state == DeliveryState.DONE
    assert only_delivery().attempts == 1


def test_what_is_done_is_not_replayed(app: Flask, clock: StoppedClock) -> None:
    ring(1)
    drain()

    replay(only_delivery().id, now=clock.now)
    drain()

    assert heard == [1]


def test_a_listener_that_is_gone_is_no_reason_to_lose_the_fact(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring(1)
    with monkeypatch.context() as release:
        release.setattr(outbox, "registry", Registry())
        drain()

    assert only_delivery().last_error == "LookupError"
    assert only_delivery().state == DeliveryState.PENDING


def test_one_broken_delivery_does_not_hold_up_the_others(app: Flask) -> None:
    ring(1, 2, 3)
    refused.add(2)

    drain()

    statement = select(OutboxDelivery.state).order_by(OutboxDelivery.id)
    assert db.session.scalars(statement).all() == ["done", "pending", "done"]


def test_health_tells_how_long_the_oldest_waits(app: Flask, clock: StoppedClock) -> None:
    assert health(clock.now).oldest_due_at is None
    ring(1)
    clock.advance(seconds=30)
    ring(2)

    state = health(clock.now)

    assert (state.waiting, state.dead, state.oldest_due_at) == (2, 0, MONDAY)


def _die(*_arguments: object, **_options: object) -> None:
    raise SystemExit
