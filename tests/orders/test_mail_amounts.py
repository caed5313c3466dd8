"""A mail asks for what is due now, and names of a payment what was asked and came of it alone."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.notifications.models import Message
from app.orders.commands import pay
from app.orders.commands.settle import settle
from app.payments.models import Payment
from app.platform.actor import GUEST
from app.platform.db import db
from app.platform.outbox.commands import drain
from tests.cast import captured, house
from tests.conftest import MONDAY
from tests.presale import cast

pytestmark = pytest.mark.usefixtures("app", "clock")


@pytest.fixture
def deposit_order(clock):
    """¥100 of ¥398 and ¥12 for delivery are due now, ¥298 later."""
    owner = house(MONDAY)
    sku = cast.skus(cast.campaign(owner, MONDAY).id)[0]
    return cast.joined(owner, {sku.id: 1}, MONDAY)


def attempt(order_id: int, gateway: str) -> Payment:
    payment_id = pay.open_attempt(order_id, gateway, actor=GUEST, now=MONDAY)
    return db.session.get_one(Payment, payment_id)


def text_of(kind: str) -> str:
    while drain():
        pass
    return db.session.scalars(select(Message.text).where(Message.kind == kind)).one()


def test_a_deposit_by_transfer_is_asked_for_and_not_the_whole_price(deposit_order):
    payment = attempt(deposit_order, "bank_transfer")

    text = text_of("orders.placed")

    assert payment.amount == 11200
    assert "Please transfer ¥112 to" in text


def test_too_little_of_a_deposit_is_told_as_what_was_asked_and_came(deposit_order):
    payment = attempt(deposit_order, "sandbox")
    settle(captured(payment.reference, payment.amount - 100, MONDAY), now=MONDAY)

    assert "We asked for ¥112 and received ¥111." in text_of("orders.payment_questioned")


def test_other_money_is_told_in_its_own_currency(deposit_order):
    payment = attempt(deposit_order, "sandbox")
    settle(captured(payment.reference, payment.amount, MONDAY, currency="USD"), now=MONDAY)

    assert "We asked for ¥112 and received $112." in text_of("orders.payment_questioned")
