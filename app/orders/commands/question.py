"""A person decides about money that differs from what was asked, and about bank transfers.

Money belongs to the shop: whoever may confirm payments may do so for every merchant's orders.
"""

from __future__ import annotations

from datetime import datetime

from app.orders.commands.balance import settle_balance
from app.orders.commands.settle import settle, settle_refund, take_goods
from app.orders.commands.standing import restate, tell
from app.orders.errors import NotNow, TransactionKnown
from app.orders.events import OrderPaid, PaymentReturned
from app.orders.ledger import came_in, is_booked
from app.orders.locks import lock_order
from app.orders.models import DuePurpose, LedgerKind, Order, OrderDue
from app.payments import queries as payments
from app.payments.commands.attempts import gateway_named, record_accepted
from app.payments.commands.refunds import intend_refund
from app.payments.gateways.bank_transfer import BankTransferGateway
from app.payments.models import OPEN_PAYMENTS, OPEN_REFUNDS, Payment, PaymentState
from app.platform.actor import SYSTEM, Actor
from app.platform.audit.commands import record
from app.platform.db import db
from app.platform.facts import publish
from app.platform.rbac import ensure
from app.platform.transaction import command


@command
def accept_questioned(order_id: int, *, actor: Actor, now: datetime) -> None:
    """Take the money that came as enough; the order is paid.

    Raises NotNow when it is paid already, closed, or its goods or its buyer are gone.
    """
    ensure(actor, "payments.confirm")
    order = lock_order(order_id, SYSTEM)
    payment = _questioned(order_id)
    due = db.session.get_one(OrderDue, payment.due, populate_existing=True)
    if order.closed_at is not None or order.is_nobodys or not due.is_open:
        raise NotNow
    _decided(order, payment)
    if due.purpose == DuePurpose.BALANCE:
        settle_balance(order, due, now=now)
    else:
        if not take_goods(order, now=now):
            raise NotNow
        due.settled_at = order.paid_at = now
        restate(order)
        publish(OrderPaid(order_id, now))
    restate(order)
    tell(
        order_id,
        "paid",
        actor=actor,
        now=now,
        amount=payment.captured_amount,
        gateway=payment.gateway,
    )
    after = {"amount": payment.captured_amount}
    record(actor, "payments.accept_questioned", "order", order_id, now=now, after=after)


@command
def return_questioned(order_id: int, *, actor: Actor, now: datetime) -> None:
    """Send the money that came back whole; the order waits for the right amount or closes."""
    ensure(actor, "payments.confirm")
    order = lock_order(order_id, SYSTEM)
    payment = _questioned(order_id)
    amount = payment.captured_amount or 0
    intend_refund(
        payment.id, amount=amount, purpose="wrong_amount", now=now, currency=came_in(payment.id)
    )
    _decided(order, payment)
    tell(order_id, "payment_returned", actor=actor, now=now, cause="wrong_amount", amount=amount)
    after = {"amount": amount}
    record(actor, "payments.return_questioned", "order", order_id, now=now, after=after)
    publish(PaymentReturned(order_id, payment.id, "wrong_amount", amount, now))


@command
def confirm_transfer(
    payment_id: int, *, amount: int, transaction_id: str, actor: Actor, now: datetime
) -> None:
    """Say that a transfer of `amount` minor units arrived, under the bank's `transaction_id`."""
    ensure(actor, "payments.confirm")
    payment = payments.attempt(payment_id)
    lock_order(payment.subject, SYSTEM)
    db.session.refresh(payment)
    gateway = _bank()
    if payment.gateway != gateway.name:
        raise NotNow
    if payment.state not in OPEN_PAYMENTS and payment.state != PaymentState.CLOSED:
        return
    report = gateway.confirm(
        payment.reference, transaction_id=transaction_id, amount_minor=amount, at=now
    )
    settle(report, actor=actor, now=now)
    db.session.refresh(payment)
    if payment.transaction_id != transaction_id:
        raise TransactionKnown
    record(
        actor, "payments.confirm_transfer", "order", payment.subject, now=now,
        after={"amount": amount, "transaction": transaction_id},
    )  # fmt: skip


@command
def confirm_refund_sent(
    refund_id: int, *, transaction_id: str, actor: Actor, now: datetime
) -> None:
    """Say that a refund was sent back by bank transfer.

    Raises NotNow for one that a provider sends, TransactionKnown for a transfer booked before.
    """
    ensure(actor, "payments.confirm")
    refund = payments.refund(refund_id)
    lock_order(refund.subject, SYSTEM)
    db.session.refresh(refund)
    if payments.attempt(refund.payment_id).gateway != _bank().name:
        raise NotNow
    if refund.state not in OPEN_REFUNDS:
        return
    if is_booked(_bank().name, transaction_id, LedgerKind.REFUND):
        raise TransactionKnown
    report = _bank().confirm_refund(
        refund.reference, transaction_id=transaction_id, amount_minor=refund.amount, at=now
    )
    settle_refund(report, actor=actor, now=now)
    record(
        actor,
        "payments.confirm_refund",
        "order",
        refund.subject,
        now=now,
        after={"amount": refund.amount},
    )


def _questioned(order_id: int) -> Payment:
    payment = payments.questioned_attempt(order_id)
    if payment is None:
        raise NotNow
    return payment


def _decided(order: Order, payment: Payment) -> None:
    """The payment is in question no longer; another one of the order may still be."""
    record_accepted(payment.id)
    if payments.questioned_attempt(order.id) is None:
        order.attention = None


def _bank() -> BankTransferGateway:
    gateway = gateway_named("bank_transfer")
    if not isinstance(gateway, BankTransferGateway):
        raise NotNow
    return gateway
