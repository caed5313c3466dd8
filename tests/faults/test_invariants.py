"""Invariants that no module's own tests named; with `tests/guards` each has one that turns red."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.cart import commands as cart
from app.cart.models import BagLine
from app.catalog.models import Stock
from app.checkout import commands as checkouts
from app.checkout.composing import Submitted
from app.checkout.forms import CheckoutForm
from app.notifications import commands as mails
from app.notifications.models import Message, MessageState
from app.orders.commands import cancel, fulfil, pay
from app.orders.commands.place import place
from app.orders.commands.settle import settle, settle_refund
from app.orders.errors import RefundAboveLimit, TooManyUnits
from app.orders.models import LedgerEntry, Order, OrderLine
from app.payments import queries as payments
from app.payments.commands import attempts, refunds
from app.payments.errors import RefundTooHigh
from app.payments.gateways.base import PaymentState, RefundReport, RefundState
from app.payments.models import Payment, Refund
from app.payments.models import PaymentState as Kept
from app.platform.actor import GUEST, SYSTEM
from app.platform.db import db
from tests.cast import captured, house, new_order, piece, placed
from tests.checkout.buying import ADDRESS, begun, filled, hidden, orders
from tests.notifications.letters import queue_letter, the_message

TOTAL = 129200


@pytest.fixture
def now(app, clock):
    return clock.now


@pytest.fixture
def owner(now):
    return house(now)


def attempt(order_id, now):
    payment_id = pay.open_attempt(order_id, "sandbox", actor=GUEST, now=now)
    return db.session.get_one(Payment, payment_id)


def paid(owner, now, units=1):
    """An order that is paid, and its payment."""
    order_id = placed(owner, [piece(owner, now, units=units)], now)
    payment = attempt(order_id, now)
    settle(captured(payment.reference, payment.amount, now), now=now)
    return order_id, payment


def headline(order_id):
    db.session.rollback()
    return db.session.get_one(Order, order_id, populate_existing=True).headline


def test_the_same_key_places_one_order(owner, now):
    new = new_order(owner, [piece(owner, now, units=2)], key="once")

    first = place(new, actor=GUEST, now=now)
    second = place(new, actor=GUEST, now=now)

    assert first == second
    assert len(orders()) == 1


def test_a_checkout_submitted_twice_is_one_order(client, owner, now):
    variant = piece(owner, now, units=2)
    begun(client, variant)
    typed = filled(client)
    form = CheckoutForm.read(typed, [])
    details = form.check(["sandbox", "bank_transfer"], [], [])
    bag = client.get_cookie("bag", domain="127.0.0.1")
    assert bag is not None
    assert details is not None
    submitted = Submitted(typed["key"], bag.value, details, typed["fingerprint"], "en")

    first = checkouts.order(submitted, actor=GUEST, now=now)
    cart.add(bag.value, variant, 1, now=now)
    second = checkouts.order(submitted, actor=GUEST, now=now)

    assert second == checkouts.Ordered(first.order_id, None, first.token)
    assert len(orders()) == 1


def test_what_is_added_while_somebody_pays_is_asked_about(client, owner, now):
    jacket, hat = piece(owner, now), piece(owner, now, price=30000)
    begun(client, jacket)
    shown = filled(client)
    client.post("/bag", data={"variant": hat})

    refused = client.post("/checkout/order", data=shown)

    assert refused.status_code == 409
    assert not orders()
    again = client.post("/checkout/order", data=ADDRESS | hidden(refused.text))
    assert again.status_code == 303
    assert [order.goods_total for order in orders()] == [158000]


def test_what_was_not_ordered_stays_in_the_bag(client, owner, now):
    jacket, hat = piece(owner, now), piece(owner, now)
    for variant in (jacket, hat):
        client.post("/bag", data={"variant": variant})
    bag_id = db.session.scalars(select(BagLine.bag_id).distinct()).one()

    cart.empty(bag_id, [jacket], now=now)

    assert db.session.scalars(select(BagLine.variant_id)).all() == [hat]


def test_another_currency_waits_for_a_person(owner, now):
    order_id = placed(owner, [piece(owner, now)], now)

    settle(captured(attempt(order_id, now).reference, TOTAL, now, currency="JPY"), now=now)

    assert headline(order_id) == "awaiting_payment"
    assert db.session.get_one(Order, order_id).attention == "wrong_currency"


def test_a_report_of_another_provider_pays_nothing(owner, now):
    order_id = placed(owner, [piece(owner, now)], now)
    report = captured(attempt(order_id, now).reference, TOTAL, now, gateway="bank_transfer")

    assert settle(report, now=now) is False
    assert headline(order_id) == "awaiting_payment"


def test_a_payment_for_a_closed_order_whose_goods_were_sold_goes_back_once(owner, now, clock):
    variant = piece(owner, now)
    late = placed(owner, [variant], now)
    reference = attempt(late, now).reference
    cancel.cancel_unpaid(late, actor=SYSTEM, cause="time", now=now)
    quick = placed(owner, [variant], now)
    settle(captured(attempt(quick, now).reference, TOTAL, now), now=now)

    for _ in range(2):
        settle(captured(reference, TOTAL, now), now=now)

    assert [headline(order) for order in (quick, late)] == ["to_ship", "cancelled"]
    assert db.session.scalars(select(Refund.amount)).all() == [TOTAL]
    assert db.session.execute(select(Stock.on_hand, Stock.held)).one() == (0, 0)


def test_a_captured_payment_does_not_fail_afterwards(owner, now):
    _order_id, payment = paid(owner, now)

    settle(captured(payment.reference, TOTAL, now, state=PaymentState.FAILED), now=now)

    db.session.rollback()
    assert db.session.get_one(Payment, payment.id, populate_existing=True).state == "captured"


def test_an_attempt_whose_start_was_never_answered_is_asked_about(owner, now, clock):
    payment = attempt(placed(owner, [piece(owner, now)], now), now)
    attempts._note(payment.id, Kept.UNKNOWN, reason="unreachable")

    clock.advance(minutes=1)

    assert payments.silent_attempts(now=clock.now, limit=9) == [payment.id]


def test_no_more_is_shipped_than_was_sold(owner, now):
    order_id, _payment = paid(owner, now)
    (line_id,) = db.session.scalars(select(OrderLine.id))

    with pytest.raises(TooManyUnits):
        fulfil.mark_shipped(order_id, {line_id: 2}, actor=owner.staff(), now=now)


def test_a_payment_gives_back_no_more_than_it_took(owner, now):
    _order_id, payment = paid(owner, now)
    refunds.intend_refund(payment.id, amount=TOTAL - 1, purpose="one", now=now)

    with pytest.raises(RefundTooHigh):
        refunds.intend_refund(payment.id, amount=2, purpose="another", now=now)

    assert db.session.scalar(select(func.sum(Refund.amount))) == TOTAL - 1


def test_a_line_gives_back_no_more_than_it_cost(owner, now):
    order_id, _payment = paid(owner, now)
    (line_id,) = db.session.scalars(select(OrderLine.id))
    too_much = cancel.RefundRequest(line_amounts={line_id: TOTAL - 1200 + 1})

    with pytest.raises(RefundAboveLimit):
        cancel.refund(order_id, too_much, actor=owner.staff(), idempotency_key="x", now=now)

    assert not db.session.scalars(select(Refund)).all()


def test_a_refund_reported_twice_is_booked_once(owner, now):
    _order_id, payment = paid(owner, now)
    refund_id = refunds.intend_refund(payment.id, amount=500, purpose="duplicate", now=now)
    report = _refunded(db.session.get_one(Refund, refund_id), now)

    for _ in range(2):
        settle_refund(report, now=now)

    amounts = select(LedgerEntry.amount).order_by(LedgerEntry.id)
    assert db.session.scalars(amounts).all() == [TOTAL, -500]


def test_a_mail_being_sent_is_nobody_elses(app, now, clock):
    queue_letter(now=now)
    mine = mails._claim(now=now)

    assert mine is not None
    assert mails._claim(now=now) is None
    assert mails._claim(now=now + mails.LEASE + timedelta(seconds=1)) is not None


def test_who_lost_the_lease_of_a_mail_ends_nothing(app, now):
    queue_letter(now=now)
    slow = mails._claim(now=now)
    later = now + mails.LEASE + timedelta(seconds=1)
    quick = mails._claim(now=later)

    assert slow is not None
    mails._note_sent(slow, "late", forget=False, now=later)

    assert the_message().state == MessageState.QUEUED
    assert quick is not None
    assert db.session.scalars(select(Message.lease_token)).one() == quick.lease_token


def _refunded(refund, now):
    return RefundReport(
        gateway="sandbox", refund_reference=refund.reference, provider_reference="re_1",
        payment_reference=None, transaction_id="txn_re_1", state=RefundState.SUCCEEDED,
        amount_minor=refund.amount, currency="CNY", merchant_account="vitrine-test", at=now,
    )  # fmt: skip
