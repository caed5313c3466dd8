"""Yesterday in figures: another merchant reads what was paid, and paid back, for their goods."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from app.admin.queries import figures
from app.orders.commands.settle import settle
from app.orders.models import OrderLine
from app.platform.configuration import settings
from app.platform.db import db
from app.presale.commands import clockwork, lifecycle
from tests.admin.counter import attempt
from tests.cast import House, captured, house, piece, placed
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


def test_money_in_another_currency_is_not_counted_as_the_shops(app, clock):
    shop = house(clock.now)
    order_id = placed(shop, [piece(shop, clock.now)], clock.now)
    payment = attempt(order_id, clock.now)

    settle(captured(payment.reference, 17000, clock.now, currency="EUR"), now=clock.now)

    assert on_the_day_before(shop, clock) == (0, 0)
