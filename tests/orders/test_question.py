"""Money that differs from what was asked waits for a person, who decides about it once."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select

from app.catalog.models import Stock
from app.orders import queries
from app.orders.commands import cancel, pay, question
from app.orders.commands.settle import settle, settle_refund
from app.orders.errors import NotNow
from app.payments.gateways.base import RefundReport, RefundState
from app.payments.models import Payment, Refund
from app.platform.actor import GUEST, SYSTEM
from app.platform.db import db
from tests.cast import House, captured, house, piece, placed
from tests.conftest import StoppedClock

pytestmark = pytest.mark.usefixtures("app")
TOTAL = 129200


@pytest.fixture
def now(clock: StoppedClock) -> datetime:
    return clock.now


@pytest.fixture
def owner(now: datetime) -> House:
    return house(now)


def paid_in(order_id: int, amount: int, now: datetime, gateway: str = "sandbox") -> None:
    """Open an attempt by this gateway, and let this much arrive for it."""
    payment_id = pay.open_attempt(order_id, gateway, actor=GUEST, now=now)
    reference = db.session.get_one(Payment, payment_id).reference
    settle(captured(reference, amount, now, gateway=gateway), now=now)


def refunded(now: datetime) -> None:
    """The provider has paid back the only refund there is."""
    (refund,) = db.session.scalars(select(Refund)).all()
    settle_refund(
        RefundReport(
            gateway="sandbox",
            refund_reference=refund.reference,
            provider_reference="re_1",
            payment_reference=None,
            transaction_id="txn_re_1",
            state=RefundState.SUCCEEDED,
            amount_minor=refund.amount,
            currency="CNY",
            merchant_account="vitrine-test",
            at=now,
        ),
        now=now,
    )


def standing(order_id: int) -> tuple[str, str | None]:
    order = queries.for_mail(order_id).order
    return order.headline, order.attention


def on_hand(variant_id: int) -> int | None:
    return db.session.scalar(select(Stock.on_hand).where(Stock.variant_id == variant_id))


def test_money_that_is_taken_as_enough_makes_the_goods_the_buyers(now, owner):
    variant = piece(owner, now)
    order_id = placed(owner, [variant], now)
    paid_in(order_id, TOTAL - 100, now)

    question.accept_questioned(order_id, actor=owner.staff(), now=now)

    assert standing(order_id) == ("to_ship", None)
    assert on_hand(variant) == 0


def test_questioned_money_of_a_paid_order_never_buys_its_goods_twice(now, owner):
    variant = piece(owner, now, units=5)
    order_id = placed(owner, [variant], now)
    pay.open_attempt(order_id, "bank_transfer", actor=GUEST, now=now)
    paid_in(order_id, TOTAL, now)
    transfer = db.session.scalars(select(Payment).where(Payment.gateway == "bank_transfer")).one()
    settle(captured(transfer.reference, 500, now, gateway="bank_transfer"), now=now)

    with pytest.raises(NotNow):
        question.accept_questioned(order_id, actor=owner.staff(), now=now)

    assert on_hand(variant) == 4
    assert standing(order_id) == ("to_ship", "wrong_amount")


def test_what_is_decided_cannot_be_decided_again(now, owner):
    order_id = placed(owner, [piece(owner, now)], now)
    paid_in(order_id, 1, now)
    question.return_questioned(order_id, actor=owner.staff(), now=now)

    with pytest.raises(NotNow):
        question.return_questioned(order_id, actor=owner.staff(), now=now)

    assert db.session.scalars(select(Refund.amount)).all() == [1]


def test_deciding_about_one_payment_leaves_the_other_in_question(now, owner):
    order_id = placed(owner, [piece(owner, now)], now)
    paid_in(order_id, 1, now)
    paid_in(order_id, 2, now, gateway="bank_transfer")

    question.return_questioned(order_id, actor=owner.staff(), now=now)
    after_one = standing(order_id)
    question.return_questioned(order_id, actor=owner.staff(), now=now)

    assert after_one == ("awaiting_payment", "wrong_amount")
    assert standing(order_id) == ("awaiting_payment", None)
    assert db.session.scalars(select(Refund.amount).order_by(Refund.id)).all() == [1, 2]


def test_an_order_whose_wrong_money_went_back_waits_for_the_right_one(now, owner):
    order_id = placed(owner, [piece(owner, now)], now)
    paid_in(order_id, 1, now)
    question.return_questioned(order_id, actor=owner.staff(), now=now)
    refunded(now)
    waiting = standing(order_id)

    paid_in(order_id, TOTAL, now)

    assert waiting == ("awaiting_payment", None)
    assert standing(order_id) == ("to_ship", None)


def test_an_order_is_not_cancelled_while_money_for_it_is_here(now, owner):
    order_id = placed(owner, [piece(owner, now)], now)
    paid_in(order_id, 1, now)

    with pytest.raises(NotNow):
        cancel.cancel_unpaid(order_id, actor=SYSTEM, cause="buyer", now=now)

    assert standing(order_id) == ("awaiting_payment", "wrong_amount")


def test_an_order_whose_wrong_money_went_back_can_be_cancelled(now, owner):
    order_id = placed(owner, [piece(owner, now)], now)
    paid_in(order_id, 1, now)
    question.return_questioned(order_id, actor=owner.staff(), now=now)
    refunded(now)

    cancel.cancel_unpaid(order_id, actor=SYSTEM, cause="buyer", now=now)

    assert standing(order_id) == ("refunded", None)
