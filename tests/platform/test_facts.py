"""Facts: how they are written down, and who hears them when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

import pytest
from flask import Flask
from sqlalchemy import select

from app.platform.db import db
from app.platform.facts import Fact, Registry, on, publish
from app.platform.outbox.models import OutboxDelivery, OutboxFact
from app.platform.transaction import transaction
from tests.conftest import MONDAY


@dataclass(frozen=True)
class CoatSold(Fact):
    name: ClassVar[str] = "test.coat_sold.v1"

    coat_id: int
    at: datetime
    by: str | None = None


heard: list[CoatSold] = []


def hear(fact: CoatSold) -> None:
    heard.append(fact)


def hear_too(fact: CoatSold) -> None:
    heard.append(fact)


def refuse(_fact: CoatSold) -> None:
    raise LookupError


@pytest.fixture(autouse=True)
def deaf() -> None:
    heard.clear()


def rows() -> list[tuple[str, str]]:
    statement = select(OutboxFact.name, OutboxDelivery.handler).join(OutboxDelivery)
    return [(name, handler) for name, handler in db.session.execute(statement)]


@pytest.mark.parametrize("by", ["Ada", "名字", None])
def test_a_fact_survives_being_written_down(by: str | None) -> None:
    fact = CoatSold(coat_id=7, at=MONDAY, by=by)

    assert CoatSold.from_payload(fact.payload()) == fact


def test_an_older_payload_without_a_newer_field_is_understood() -> None:
    payload: dict[str, object] = {"coat_id": 7, "at": MONDAY.isoformat()}

    assert CoatSold.from_payload(payload) == CoatSold(coat_id=7, at=MONDAY)


def test_a_fact_is_told_only_inside_a_command(app: Flask, listeners: Registry) -> None:
    listeners.register([on(CoatSold, hear, "same_transaction")])

    with pytest.raises(RuntimeError, match=r"test\.coat_sold\.v1"):
        publish(CoatSold(7, MONDAY))

    assert heard == []


def test_a_listener_of_the_same_transaction_hears_before_the_commit(
    app: Flask, listeners: Registry
) -> None:
    listeners.register([on(CoatSold, hear, "same_transaction")])

    with transaction():
        publish(CoatSold(7, MONDAY))
        assert heard == [CoatSold(7, MONDAY)]


def test_its_refusal_undoes_the_command(app: Flask, listeners: Registry) -> None:
    listeners.register([on(CoatSold, hear), on(CoatSold, refuse, "same_transaction")])

    def sell() -> None:
        with transaction():
            publish(CoatSold(7, MONDAY))

    with pytest.raises(LookupError):
        sell()

    assert rows() == []


def test_each_later_listener_gets_a_delivery_of_its_own(app: Flask, listeners: Registry) -> None:
    listeners.register([on(CoatSold, hear), on(CoatSold, hear_too)])

    with transaction():
        publish(CoatSold(7, MONDAY))

    assert heard == []
    assert sorted(rows()) == [
        ("test.coat_sold.v1", "tests.platform.test_facts:hear"),
        ("test.coat_sold.v1", "tests.platform.test_facts:hear_too"),
    ]


def test_a_fact_nobody_listens_for_is_still_written_down(app: Flask, listeners: Registry) -> None:
    with transaction():
        publish(CoatSold(7, MONDAY))

    assert db.session.scalars(select(OutboxFact.name)).all() == ["test.coat_sold.v1"]
    assert rows() == []


def test_an_undone_command_tells_nothing(app: Flask, listeners: Registry) -> None:
    listeners.register([on(CoatSold, hear)])

    def sell_and_fail() -> None:
        with transaction():
            publish(CoatSold(7, MONDAY))
            raise LookupError

    with pytest.raises(LookupError):
        sell_and_fail()

    assert rows() == []
    assert db.session.scalars(select(OutboxFact.id)).all() == []


def test_registering_twice_delivers_once(app: Flask, listeners: Registry) -> None:
    listeners.register([on(CoatSold, hear)])
    listeners.register([on(CoatSold, hear)])

    with transaction():
        publish(CoatSold(7, MONDAY))

    assert len(rows()) == 1


def test_a_listener_is_found_by_fact_and_key(listeners: Registry) -> None:
    subscription = on(CoatSold, hear)
    listeners.register([subscription])

    assert listeners.find("test.coat_sold.v1", subscription.key) is subscription
    assert listeners.find("test.coat_sold.v2", subscription.key) is None
    assert listeners.find("test.coat_sold.v1", "elsewhere:hear") is None
