<<<<<<< HEAD
"""Yesterday in figures: another merchant reads what was paid, and paid back, for their goods."""
=======
"""Yesterday in figures, as Today shows them: what they say is what the ledger says."""
>>>>>>> b08c0ee (Count what a consignor took on the day that it came)

from __future__ import annotations

import pytest
<<<<<<< HEAD
from flask import Flask
from sqlalchemy import select

from app.admin.queries import figures
from app.orders.models import OrderLine
from app.platform.configuration import settings
from app.platform.db import db
from app.presale.commands import clockwork, lifecycle
from tests.cast import House, house
from tests.conftest import StoppedClock
from tests.presale import cast, stages

FEE = 1200


@pytest.fixture
def consignor(app: Flask, clock: StoppedClock) -> House:
    house(clock.now)
    return house(clock.now, "consignor", is_house=False)


def on_the_day_before(owner: House, clock: StoppedClock) -> tuple[int, int]:
    """(taken, paid back) as the merchant reads them a day later."""
    clock.advance(days=1)
    db.session.rollback()
    day = figures.of_yesterday(owner.staff(), now=clock.now, zone=settings().zone).day
    return day.taken.minor, day.refunded.minor


def test_a_deposit_counts_when_it_is_paid_and_the_rest_when_that_is(consignor, clock):
    campaign = cast.campaign(consignor, clock.now, threshold=1)
    medium, _large = cast.skus(campaign.id)
    order_id = cast.confirmed(consignor, {medium.id: 2}, clock.now)
    assert on_the_day_before(consignor, clock) == (2 * cast.DEPOSIT + FEE, 0)

    stages.balance_open(clock, consignor, campaign.id)
    assert on_the_day_before(consignor, clock) == (0, 0)
    cast.paid(order_id, clock.now)

    assert on_the_day_before(consignor, clock) == (2 * (cast.PRICE - cast.DEPOSIT), 0)
    assert db.session.scalar(select(OrderLine.total)) == 2 * cast.PRICE


def test_what_goes_back_by_itself_counts_too(consignor, clock):
    campaign = cast.campaign(consignor, clock.now, threshold=1)
    medium, _large = cast.skus(campaign.id)
    cast.confirmed(consignor, {medium.id: 1}, clock.now)
    clock.advance(days=1)

    lifecycle.cancel(campaign.id, reason="Moths.", actor=consignor.staff(), now=clock.now)
    clockwork.advance()

    assert on_the_day_before(consignor, clock) == (0, cast.DEPOSIT + FEE)
=======

from app.admin.queries.figures import of_yesterday
from app.orders.commands.settle import settle
from app.platform.configuration import settings
from tests import cast
from tests.admin.counter import attempt
from tests.presale import cast as presales
from tests.presale.cast import DEPOSIT, PRICE
from tests.storefront.presales import balance_is_due

pytestmark = pytest.mark.usefixtures("app")


def yesterday(house, clock):
    """The day before, for whoever owns this merchant: (orders, taken, paid back)."""
    day = of_yesterday(house.staff(), now=clock.now, zone=settings().zone).day
    return day.orders, day.taken.minor, day.refunded.minor


def test_a_consignor_took_the_deposit_when_it_came_and_the_balance_when_that_came(clock):
    cast.house(clock.now)
    north = cast.house(clock.now, "north", is_house=False)
    campaign = presales.campaign(north, clock.now, threshold=1)
    sku = presales.skus(campaign.id)[0]
    order_id = presales.confirmed(north, {sku.id: 2}, clock.now)

    clock.advance(days=1)
    assert yesterday(north, clock) == (1, 2 * DEPOSIT + 1200, 0)

    balance_is_due(north, campaign.id, clock)
    presales.paid(order_id, clock.now, presales.balance_of(order_id).id)
    clock.advance(days=1)
    assert yesterday(north, clock) == (0, 2 * (PRICE - DEPOSIT), 0)


def test_the_house_reads_the_same_of_a_deposit_in_the_ledger(clock):
    house = cast.house(clock.now)
    campaign = presales.campaign(house, clock.now, threshold=1)
    sku = presales.skus(campaign.id)[0]
    presales.confirmed(house, {sku.id: 2}, clock.now)

    clock.advance(days=1)

    assert yesterday(house, clock) == (1, 2 * DEPOSIT + 1200, 0)


def test_money_in_another_currency_is_not_counted_as_the_shops(clock):
    house = cast.house(clock.now)
    order_id = cast.placed(house, [cast.piece(house, clock.now)], clock.now)
    payment = attempt(order_id, clock.now)
    settle(cast.captured(payment.reference, 17000, clock.now, currency="EUR"), now=clock.now)

    clock.advance(days=1)

    assert yesterday(house, clock) == (1, 0, 0)
>>>>>>> b08c0ee (Count what a consignor took on the day that it came)
