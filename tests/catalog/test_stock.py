"""Units are promised to one owner at a time, and never more than there are."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.catalog.commands import stock
from app.catalog.errors import OutOfStock, StockTooLow
from app.catalog.models import Hold, HoldState, MovementReason, Stock, StockMovement
from app.catalog.queries.units import free_units
from app.orders.models import Order
from app.platform.actor import SYSTEM
from app.platform.db import db
from tests.cast import house, piece, placed
from tests.conftest import StoppedClock

FIFTEEN = timedelta(minutes=15)


@pytest.fixture
def now(app: Flask, clock: StoppedClock) -> datetime:
    return clock.now


def wanted(variant_id: int, quantity: int = 1) -> list[stock.Wanted]:
    return [stock.Wanted(variant_id, quantity)]


def counters(variant_id: int) -> tuple[int, int]:
    row = db.session.execute(
        select(Stock.on_hand, Stock.held).where(Stock.variant_id == variant_id)
    ).one()
    return row.on_hand, row.held


def test_what_ada_holds_ben_cannot_have(now):
    variant = piece(house(now), now)
    stock.reserve("ada", wanted(variant), until=now + FIFTEEN, now=now)

    with pytest.raises(OutOfStock):
        stock.reserve("ben", wanted(variant), until=now + FIFTEEN, now=now)

    assert counters(variant) == (1, 1)


def test_an_expired_hold_gives_way_without_any_worker(now, clock):
    variant = piece(house(now), now)
    stock.reserve("ada", wanted(variant), until=now + FIFTEEN, now=now)
    clock.advance(minutes=15)

    stock.reserve("ben", wanted(variant), until=clock.now + FIFTEEN, now=clock.now)

    assert counters(variant) == (1, 1)
    assert stock.sell("ada", reference="", now=clock.now) == 0


def test_holding_again_extends_and_holds_no_more(now):
    variant = piece(house(now), now, units=5)

    for _ in range(3):
        stock.reserve("ada", wanted(variant, 2), until=now + FIFTEEN, now=now)

    assert counters(variant) == (5, 2)


def test_changing_ones_mind_about_how_many_keeps_the_count(now):
    variant = piece(house(now), now, units=5)

    for quantity in (2, 5, 1):
        stock.reserve("ada", wanted(variant, quantity), until=now + FIFTEEN, now=now)

    assert counters(variant) == (5, 1)


def test_when_one_of_two_is_gone_nothing_is_held(now):
    owner = house(now)
    here, gone = piece(owner, now), piece(owner, now)
    stock.reserve("ben", wanted(gone), until=now + FIFTEEN, now=now)

    with pytest.raises(OutOfStock):
        stock.reserve("ada", [*wanted(here), *wanted(gone)], until=now + FIFTEEN, now=now)

    assert counters(here) == (1, 0)


def test_releasing_twice_gives_back_once(now):
    variant = piece(house(now), now)
    stock.reserve("ada", wanted(variant), until=now + FIFTEEN, now=now)

    stock.release("ada")
    stock.release("ada")

    assert counters(variant) == (1, 0)


def test_only_what_is_ordered_is_handed_over_to_the_order(now):
    owner = house(now)
    ordered, left = piece(owner, now), piece(owner, now)
    stock.reserve("ada", [*wanted(ordered), *wanted(left)], until=now + FIFTEEN, now=now)

    stock.hand_over("ada", "order:1", [ordered], until=now + FIFTEEN)
    stock.release("order:1")

    assert (counters(ordered), counters(left)) == ((1, 0), (1, 1))


def test_what_is_promised_cannot_be_counted_away(now):
    owner = house(now)
    variant = piece(owner, now, units=3)
    stock.reserve("ada", wanted(variant, 2), until=now + FIFTEEN, now=now)

    with pytest.raises(StockTooLow):
        stock.count(
            variant, owner.store_id, 1, reason=MovementReason.CORRECTED, actor=SYSTEM, now=now
        )

    assert counters(variant) == (3, 2)


def test_movements_add_up_to_what_is_on_hand(now):
    owner = house(now)
    variant = piece(owner, now, units=3)
    stock.reserve("ada", wanted(variant, 2), until=now + FIFTEEN, now=now)
    stock.sell("ada", reference="K7Q2", now=now)
    stock.put_back(variant, owner.store_id, 1, reference="K7Q2", actor=SYSTEM, now=now)

    total = db.session.scalar(select(func.sum(StockMovement.change)))

    assert (total, counters(variant)) == (2, (2, 0))


def test_an_expired_hold_counts_as_free_on_the_page(now, clock):
    variant = piece(house(now), now)
    stock.reserve("ada", wanted(variant), until=now + FIFTEEN, now=now)
    held = free_units([variant], now=now)[variant]
    clock.advance(minutes=16)

    free = free_units([variant], now=clock.now)[variant]

    assert (held.free, free.free) == (0, 1)


@pytest.mark.parametrize("units", [1, 5])
def test_forty_buyers_at_once_get_exactly_what_there_is(now, app: Flask, units: int):
    owner = house(now)
    variant = piece(owner, now, units=units)
    db.session.rollback()
    together = Barrier(8)

    def buy(buyer: int) -> bool:
        if buyer < 8:
            together.wait()
        with app.app_context():
            try:
                placed(owner, [variant], now, holder=f"buyer:{buyer}", key=f"key-{buyer}")
            except OutOfStock:
                return False
            return True

    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(buy, range(40)))

    live = db.session.scalar(select(func.count()).where(Hold.state == HoldState.LIVE))
    orders = db.session.scalar(select(func.count()).select_from(Order))
    assert (sum(won), orders, live) == (units, units, units)
    assert counters(variant) == (units, units)
