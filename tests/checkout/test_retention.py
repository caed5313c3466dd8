"""Bags nobody came back to go after three months, forms of checkout after one."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from app.cart.models import Bag, BagLine
from app.checkout import privacy
from app.checkout.models import Checkout
from app.checkout.retention import forget_old
from app.customers.models import Customer
from app.orders.models import Order
from app.platform.db import db
from app.platform.transaction import transaction
from tests.cast import piece
from tests.checkout.buying import ADDRESS, begun, filled, orders
from tests.conftest import MONDAY
from tests.customers.people import open_account

pytestmark = pytest.mark.parametrize("stage", ["sqlite", "postgresql"], indirect=True)
ADA = ADDRESS["email"]


def rows(*models):
    db.session.rollback()
    return [db.session.scalar(select(func.count()).select_from(model)) for model in models]


def typed():
    db.session.rollback()
    return db.session.scalars(select(Checkout.typed).order_by(Checkout.id)).all()


@pytest.fixture
def left(client, jacket):
    """A visitor who left in the middle of checkout, name and address typed."""
    begun(client, jacket)
    client.post("/checkout/fields", data=ADDRESS)
    assert typed()[0]["street"] == ADDRESS["street"]
    return client


def test_a_bag_stays_three_months_and_then_goes_with_all_that_is_in_it(left, clock):
    clock.advance(days=89)
    forget_old()
    assert rows(Bag, BagLine, Checkout) == [1, 1, 1]

    clock.advance(days=2)
    assert forget_old() == 1

    assert rows(Bag, BagLine, Checkout) == [0, 0, 0]
    assert forget_old() == 0


def test_what_was_typed_goes_a_month_after_the_goods_were_held(left, clock):
    clock.advance(days=29)
    assert forget_old() == 0

    clock.advance(days=2)
    assert forget_old() == 1

    assert typed() == [{}]
    assert rows(Bag, BagLine) == [1, 1]
    assert ADDRESS["street"] not in left.get("/checkout").text


def test_an_order_stays_when_its_bag_goes(left, clock):
    left.post("/checkout/order", data=filled(left))

    clock.advance(days=91)
    forget_old()

    assert rows(Bag, Checkout, Order) == [0, 0, 1]
    assert orders()[0].name == ADDRESS["name"]


def test_what_became_an_order_keeps_nothing_typed(left):
    left.post("/checkout/order", data=filled(left))
    with transaction():
        db.session.scalars(select(Checkout)).one().typed = {"name": "Ada Test"}

    forget_old()

    assert typed() == [{}]


def test_whoever_is_at_checkout_again_keeps_an_old_bag(left, clock):
    clock.advance(days=91)
    left.post("/checkout")

    forget_old()

    assert rows(Bag, BagLine, Checkout) == [1, 1, 1]


def test_more_than_fit_into_one_turn_are_forgotten(app, visit, jacket, clock):
    for visitor in (visit(), visit(), visit()):
        visitor.post("/bag", data={"variant": jacket})
    assert rows(Bag) == [3]
    clock.advance(days=91)

    assert forget_old(limit=2) == 3

    assert rows(Bag) == [0]


@pytest.fixture
def account(app, clock):
    open_account(ADA, MONDAY)
    return db.session.scalars(select(Customer.id).where(Customer.email == ADA)).one()


def test_a_form_under_the_proved_address_is_handed_over_and_emptied(account, left, visit, owner):
    other = visit()
    begun(other, piece(owner, MONDAY))
    other.post("/checkout/fields", data=ADDRESS | {"email": "ben@example.org", "name": "Ben Test"})

    (own,) = privacy.export(account)
    privacy.erase(account, MONDAY)

    assert own["typed_at_checkout"] == ADDRESS
    assert [one.get("name") for one in typed()] == [None, "Ben Test"]
    assert privacy.export(account) == []


def test_an_address_that_is_not_proved_opens_no_form(account, left):
    with transaction():
        db.session.get_one(Customer, account).verified_at = None

    assert privacy.export(account) == []
    privacy.erase(account, MONDAY)

    assert typed()[0]["name"] == ADDRESS["name"]
