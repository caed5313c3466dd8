"""Payments that are reported at the moment when something else happens to their order."""

from __future__ import annotations

import time

import pytest
from sqlalchemy import func, select

from app.catalog.errors import OutOfStock
from app.catalog.models import Stock
from app.orders.commands import pay
from app.orders.commands.settle import settle
from app.orders.models import LedgerEntry, Order
from app.payments.models import Payment, Refund
from app.platform.actor import GUEST
from app.platform.db import db
from tests.cast import captured, house, piece, placed
from tests.conftest import MONDAY
from tests.faults import books
from tests.platform.together import together

TOTAL = 129200
AT_ONCE = 8
ROUNDS = 6


def attempt(order_id: int, now) -> Payment:
    payment_id = pay.open_attempt(order_id, "sandbox", actor=GUEST, now=now)
    return db.session.get_one(Payment, payment_id)


def headlines() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Order.headline).order_by(Order.id)))


def test_one_payment_reported_eight_times_at_once_is_one_entry(app, clock):
    owner = house(MONDAY)
    order_id = placed(owner, [piece(owner, MONDAY)], MONDAY)
    report = captured(attempt(order_id, MONDAY).reference, TOTAL, MONDAY)
    db.session.rollback()

    together(app, [lambda: settle(report, now=MONDAY)] * AT_ONCE)

    assert headlines() == ["to_ship"]
    assert db.session.scalars(select(LedgerEntry.amount)).all() == [TOTAL]
    assert books.faults() == []


@pytest.mark.parametrize("nth", range(ROUNDS))
def test_a_payment_that_came_late_and_the_next_buyer_leave_one_owner(app, clock, nth):
    """I3: whoever is first has the piece; the other is paid back whole, once, or not charged."""
    owner = house(MONDAY)
    variant = piece(owner, MONDAY)
    slow = placed(owner, [variant], MONDAY)
    report = captured(attempt(slow, MONDAY).reference, TOTAL, MONDAY)
    clock.advance(days=2)
    now = clock.now
    db.session.rollback()

    def comes_late() -> None:
        time.sleep(0.004 * nth)
        settle(report, now=now)

    def comes_next() -> None:
        try:
            quick = placed(owner, [variant], now)
        except OutOfStock:
            return
        settle(captured(attempt(quick, now).reference, TOTAL, now), now=now)

    together(app, [comes_late, comes_next])

    paid = [one for one in headlines() if one == "to_ship"]
    kept, going_back = sums(LedgerEntry.amount), sums(Refund.amount)
    assert len(paid) == 1
    assert kept - going_back == TOTAL
    assert db.session.execute(select(Stock.on_hand, Stock.held)).one() == (0, 0)
    assert books.faults() == []


def sums(amount):
    return db.session.scalar(select(func.coalesce(func.sum(amount), 0)))
