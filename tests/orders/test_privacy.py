"""Guest orders find their account; an erased person is taken out of their orders."""

from __future__ import annotations

from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import insert, select, update

from app.customers.models import Customer
from app.orders import privacy, queries
from app.orders.commands.claim import claim
from app.orders.errors import StillUnderWay
from app.orders.models import Order
from app.platform.actor import Actor
from app.platform.db import db
from app.platform.errors import NotFound
from app.platform.transaction import command
from tests.cast import house, piece, placed
from tests.conftest import StoppedClock


@pytest.fixture
def now(app: Flask, clock: StoppedClock) -> datetime:
    return clock.now


@command
def customer(email: str, now: datetime) -> int:
    statement = insert(Customer).values(
        email=email, name="Ada", phone="", locale="en", session_epoch=1, created_at=now
    )
    return int(db.session.execute(statement.returning(Customer.id)).scalar_one())


def test_guest_orders_of_the_proved_address_are_claimed_and_nobody_elses(now):
    owner = house(now)
    ada, ben = customer("ada@example.org", now), customer("ben@example.org", now)
    order_id = placed(owner, [piece(owner, now)], now)
    other = placed(owner, [piece(owner, now)], now, email="ben@example.org")

    claim(ada, "ADA@example.org")

    assert [o.id for o in queries.of_customer(Actor("customer", ada))] == [order_id]
    assert queries.of_customer(Actor("customer", ben)) == []
    assert db.session.get_one(Order, other).customer_id is None


def test_erasing_empties_the_orders_and_closes_their_links(now):
    owner = house(now)
    ada = customer("ada@example.org", now)
    order_id = placed(owner, [piece(owner, now)], now)
    claim(ada, "ada@example.org")
    token = queries.token_by_id(order_id)

    privacy.erase(ada, now)

    db.session.expire_all()
    order = db.session.get_one(Order, order_id)
    assert (order.name, order.phone, order.address, order.total) == ("", "", None, 129200)
    assert "ada" not in order.email
    with pytest.raises(NotFound):
        queries.by_token(token)


def test_erasing_waits_for_goods_on_their_way(now):
    owner = house(now)
    ada = customer("ada@example.org", now)
    order_id = placed(owner, [piece(owner, now)], now)
    claim(ada, "ada@example.org")
    _say_paid(order_id)

    with pytest.raises(StillUnderWay):
        privacy.erase(ada, now)

    assert db.session.scalar(select(Order.name).where(Order.id == order_id)) == "Ada Test"


@command
def _say_paid(order_id: int) -> None:
    db.session.execute(update(Order).where(Order.id == order_id).values(headline="to_ship"))
