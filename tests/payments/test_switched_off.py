"""A way to pay that is offered no more: what was begun by it waits, and nothing else does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import select

from app.orders import queries
from app.orders.commands import cancel, pay
from app.orders.commands.cancel import RefundRequest
from app.orders.commands.settle import settle
from app.orders.models import Order
from app.payments.models import Payment, Refund
from app.platform.actor import GUEST
from app.platform.db import db
from tests.cast import House, captured, house, piece, placed
from tests.conftest import StoppedClock

TOTAL = 129200


@pytest.fixture
def now(app: Flask, clock: StoppedClock) -> datetime:
    return clock.now


@pytest.fixture
def owner(now: datetime) -> House:
    return house(now)


def begun(owner: House, now: datetime, gateway: str) -> int:
    order_id = placed(owner, [piece(owner, now)], now)
    pay.open_attempt(order_id, gateway, actor=GUEST, now=now)
    return order_id


def headlines() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Order.headline).order_by(Order.id)))


def test_other_orders_close_in_time(now, owner, clock, make_app: Callable[..., Flask]):
    begun(owner, now, "sandbox")
    placed(owner, [piece(owner, now)], now)
    clock.advance(hours=1)

    with make_app(payment_methods=("bank_transfer",)).app_context():
        pay.close_unpaid()

    assert headlines() == ["awaiting_payment", "cancelled"]


def test_what_is_silent_is_asked_less_and_less(now, owner, clock, make_app: Callable[..., Flask]):
    order_id = begun(owner, now, "sandbox")
    paid = placed(owner, [piece(owner, now)], now)
    payment = db.session.get_one(Payment, pay.open_attempt(paid, "sandbox", actor=GUEST, now=now))
    settle(captured(payment.reference, TOTAL, now), now=now)
    line = queries.for_mail(paid).lines[0].id
    request = RefundRequest(cancel={line: 1})
    cancel.refund(paid, request, actor=owner.staff(), idempotency_key="all", now=now)
    clock.advance(minutes=2)

    with make_app(payment_methods=("bank_transfer",)).app_context():
        pay.ask_silent()

    db.session.rollback()
    (attempt,) = db.session.scalars(select(Payment).where(Payment.subject == order_id)).all()
    refund = db.session.scalars(select(Refund)).one()
    assert attempt.ask_at > clock.now
    assert refund.ask_at > clock.now
    assert (attempt.state, refund.state) == ("created", "unknown")
