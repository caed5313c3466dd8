"""The buyer is written to at every step, in their language, once."""

from __future__ import annotations

from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import select

from app.notifications.models import Message
from app.orders import mails, queries
from app.orders.commands import cancel, pay
from app.orders.commands.settle import settle
from app.payments.models import Payment
from app.platform.actor import GUEST
from app.platform.db import db
from app.platform.outbox.commands import drain
from tests.cast import captured, house, piece, placed
from tests.conftest import StoppedClock


@pytest.fixture
def now(app: Flask, clock: StoppedClock) -> datetime:
    return clock.now


def deliver_all() -> None:
    while drain():
        pass


@pytest.mark.parametrize("locale", ["en", "zh-Hans"])
def test_placed_and_paid_are_written_once_each_in_the_orders_language(now, locale):
    owner = house(now)
    variant = piece(owner, now)
    order_id = placed(owner, [variant], now, locale=locale)
    payment_id = pay.open_attempt(order_id, "sandbox", actor=GUEST, now=now)
    reference = db.session.get_one(Payment, payment_id).reference
    settle(captured(reference, 129200, now), now=now)

    deliver_all()
    deliver_all()

    kinds = db.session.execute(select(Message.kind, Message.locale).order_by(Message.kind)).all()
    assert [tuple(row) for row in kinds] == [("orders.paid", locale), ("orders.placed", locale)]


def test_an_order_that_is_cancelled_twice_says_so_twice(clock, now):
    owner = house(now)
    order_id = placed(owner, [piece(owner, now)], now)
    payment_id = pay.open_attempt(order_id, "bank_transfer", actor=GUEST, now=now)
    reference = db.session.get_one(Payment, payment_id).reference
    clock.advance(days=2)
    pay.close_if_unpaid(order_id)
    settle(captured(reference, 129200, clock.now, gateway="bank_transfer"), now=clock.now)
    (line,) = queries.for_mail(order_id).lines
    clock.advance(hours=1)
    cancel.refund(
        order_id, cancel.RefundRequest(cancel={line.id: 1}), actor=owner.staff(),
        idempotency_key="all-of-it", now=clock.now,
    )  # fmt: skip

    deliver_all()

    kinds = db.session.scalars(select(Message.kind).order_by(Message.id)).all()
    assert kinds.count("orders.cancelled") == 2


@pytest.mark.parametrize("locale", ["en", "zh-Hans"])
@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("placed", {}),
        ("paid", {}),
        ("cancelled", {"cause": "unpaid"}),
        ("lines_cancelled", {}),
        ("refunded", {"amount": 5000}),
        ("payment_returned", {"cause": "late", "amount": 5000}),
    ],
)
def test_every_mail_carries_the_orders_link_and_its_sum(now, kind, said, locale):
    owner = house(now)
    order_id = placed(owner, [piece(owner, now)], now, locale=locale)

    mails.write(kind, f"test.{kind}", order_id, **said)

    message = db.session.scalars(select(Message)).one()
    token = queries.token_by_id(order_id)
    assert f"/o/{token}" in message.text
    assert f"/o/{token}" in message.html
    assert "¥1,292" in message.text
    assert ("合计" in message.text) is (locale == "zh-Hans")
