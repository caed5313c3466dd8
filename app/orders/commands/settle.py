"""Where every report of money ends: callback, redirect, poller and staff alike.

Each report is applied under the order's lock and is indifferent to repeats: a provider's
transaction is booked once (unique in the ledger). What is late, duplicate or of a wrong amount is
decided here and nowhere else (presale rules R2 and R3).
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from app.catalog.errors import OutOfStock
from app.orders import supply
from app.orders.commands.balance import settle_balance
from app.orders.commands.place import CLOSING_GRACE, holder_of
from app.orders.commands.standing import restate, tell
from app.orders.events import (
    GoodsGone,
    OrderChanged,
    OrderPaid,
    OrderRefunded,
    PaymentQuestioned,
    PaymentReturned,
)
from app.orders.locks import lines_of, lock_order
from app.orders.models import (
    Attention,
    DuePurpose,
    LedgerEntry,
    LedgerKind,
    Order,
    OrderDue,
    OrderLine,
    OrderRefund,
)
from app.payments import queries as payments
from app.payments.commands import attempts, refunds
from app.payments.gateways.base import PaymentReport, RefundReport
from app.payments.gateways.base import PaymentState as Reported
from app.payments.gateways.base import RefundState as ReportedRefund
from app.payments.models import Payment, PaymentState, Refund, RefundState
from app.platform.actor import SYSTEM, Actor
from app.platform.db import db, insert_if_new
from app.platform.facts import publish
from app.platform.transaction import command


@command
def settle(report: PaymentReport, *, actor: Actor = SYSTEM, now: datetime) -> bool:
    """Apply what a provider says of a payment; False when no attempt of ours has that reference."""
    payment = payments.by_reference(report.attempt_reference)
    if payment is None or payment.gateway != report.gateway:
        return False
    if report.state is Reported.CAPTURED:
        _capture(payment, report, actor=actor, now=now)
    elif report.state in {Reported.FAILED, Reported.EXPIRED}:
        state = PaymentState.FAILED if report.state is Reported.FAILED else PaymentState.CLOSED
        if attempts.record_ended(payment.id, state, reason=report.state.value):
            tell(
                payment.subject,
                f"payment_{state.value}",
                actor=actor,
                now=now,
                gateway=payment.gateway,
            )
    return True


@command
def settle_nothing(order_id: int, *, actor: Actor, now: datetime) -> None:
    """An order that asks for nothing at once is paid: its goods are the buyer's. Once."""
    order = lock_order(order_id, SYSTEM)
    first = select(OrderDue).where(
        OrderDue.order_id == order_id, OrderDue.purpose != DuePurpose.BALANCE
    )
    due = db.session.scalars(first.execution_options(populate_existing=True)).one()
    if due.is_settled or due.amount or order.closed_at is not None:
        return
    if not take_goods(order, now=now):
        raise AssertionError("what was placed a moment ago is kept for its buyer")
    tell(order.id, "paid", actor=actor, now=now, amount=0)
    _paid(order, due, now=now)


@command
def settle_refund(report: RefundReport, *, actor: Actor = SYSTEM, now: datetime) -> bool:
    """Apply what a provider says of a refund; False when it is none of ours."""
    refund = payments.refund_by_reference(report.refund_reference)
    if refund is None:
        return False
    order = lock_order(refund.subject, SYSTEM)
    if report.state is ReportedRefund.SUCCEEDED:
        _refund_succeeded(order, refund, report, actor=actor, now=now)
    elif report.state is ReportedRefund.FAILED:
        _refund_failed(order, refund, now=now)
    elif report.state is ReportedRefund.PENDING:
        refunds.record_sent(refund.id, report)
    return True


def take_goods(order: Order, *, now: datetime) -> bool:
    """Make a paid order's goods the buyer's; False when they are gone."""
    owner = holder_of(order.id)
    lines = [line for line in lines_of(order.id, SYSTEM) if line.quantity > line.cancelled]
    wanted = [
        supply.Goods(
            line.variant_id, line.quantity - line.cancelled, line.supply, line.source_id,
            line.location_id,
        )
        for line in lines
    ]  # fmt: skip
    if not supply.keeps(owner, wanted):
        try:
            with db.session.begin_nested():
                supply.reserve(owner, wanted, until=now + CLOSING_GRACE, now=now)
        except OutOfStock:
            return False
    supply.sell(owner, reference=order.code, now=now)
    for line in lines:
        if supply.named(line.supply).makes_available_at_once:
            line.available_at = now
    return True


def _capture(payment: Payment, report: PaymentReport, *, actor: Actor, now: datetime) -> None:
    order = lock_order(payment.subject, SYSTEM)
    if not _book(order, payment, report, now=now):
        return
    due = db.session.get_one(OrderDue, payment.due, populate_existing=True)
    if due.is_settled or order.attention:
        db.session.refresh(payment)  # it may have brought something before
    wrong = _difference(payment, report, due)
    attempts.record_captured(payment.id, report, questioned=wrong)
    if wrong:
        _question(order, payment, report, wrong, actor=actor, now=now)
        return
    if due.is_settled:
        _give_back(order, payment, report, "duplicate", now=now)
        return
    if due.purpose == DuePurpose.BALANCE:
        _balance_came(order, due, payment, report, actor=actor, now=now)
        return
    if order.is_nobodys or (order.closed_at is not None and not _reopen(order, now=now)):
        _give_back(order, payment, report, "late", now=now)
        return
    if order.closed_at is None and not take_goods(order, now=now):
        _give_back(order, payment, report, "late", now=now)
        _close_without_goods(order, now=now)
        return
    tell(
        order.id, "paid", actor=actor, now=now, amount=report.amount_minor, gateway=payment.gateway
    )
    _paid(order, due, now=now)


def _paid(order: Order, due: OrderDue, *, now: datetime) -> None:
    """Everything that is due at once has come, and the goods are the buyer's."""
    order.closed_at = None
    due.settled_at = now
    order.paid_at = now
    restate(order)
    publish(OrderPaid(order.id, now))


def _question(
    order: Order, payment: Payment, report: PaymentReport, wrong: str, *, actor: Actor,
    now: datetime,
) -> None:  # fmt: skip
    """Money that is not as asked waits for a person."""
    order.attention = Attention.WRONG_CURRENCY if wrong == "currency" else Attention.WRONG_AMOUNT
    tell(
        order.id,
        "payment_questioned",
        actor=actor,
        now=now,
        amount=report.amount_minor,
        asked=payment.amount,
    )
    publish(PaymentQuestioned(order.id, payment.id, now))
    restate(order)


def _balance_came(
    order: Order, due: OrderDue, payment: Payment, report: PaymentReport, *, actor: Actor,
    now: datetime,
) -> None:  # fmt: skip
    """The rest of a line's price: accepted as long as nobody has given it up.

    Units may have been taken off since the attempt began; what is too much goes back.
    """
    amount = report.amount_minor
    if due.ended_at is not None or order.closed_at is not None or amount < due.amount:
        _give_back(order, payment, report, "late", now=now)
        return
    if amount > due.amount:
        refunds.intend_refund(payment.id, amount=amount - due.amount, purpose="above_due", now=now)
    settle_balance(order, due, now=now)
    tell(order.id, "balance_paid", actor=actor, now=now, amount=amount, gateway=payment.gateway)
    restate(order)


def _book(order: Order, payment: Payment, report: PaymentReport, *, now: datetime) -> bool:
    """Enter a capture into the ledger; False when this transaction stands there already."""
    transaction_id = report.transaction_id or report.provider_reference or payment.reference
    # The lock is on this order; a report on another may name the same transaction just now.
    return insert_if_new(
        LedgerEntry,
        order_id=order.id,
        due_id=payment.due,
        kind=LedgerKind.CAPTURE,
        amount=report.amount_minor,
        currency=report.currency,
        gateway=payment.gateway,
        transaction_id=transaction_id,
        payment_id=payment.id,
        booked_at=now,
    )


def _difference(payment: Payment, report: PaymentReport, due: OrderDue) -> str | None:
    """In what the money differs from what was asked; None where that is not asked, because the
    same attempt has paid its due before.
    """
    if due.is_settled and payment.state == PaymentState.CAPTURED:
        return None
    if report.currency != payment.currency:
        return "currency"
    in_question = payment.state == PaymentState.QUESTIONED
    return "amount" if in_question or report.amount_minor != payment.amount else None


def _reopen(order: Order, *, now: datetime) -> bool:
    """Bring back an order that was closed unpaid, if all its goods are still there (R3)."""
    lines = lines_of(order.id, SYSTEM)
    if any(line.shipped for line in lines):
        return False
    for line in lines:
        line.cancelled = 0
    db.session.flush()
    if take_goods(order, now=now):
        tell(order.id, "reopened", actor=SYSTEM, now=now)
        return True
    for line in lines:
        line.cancelled = line.quantity
    db.session.flush()
    return False


def _close_without_goods(order: Order, *, now: datetime) -> None:
    order.closed_at = now
    db.session.execute(
        update(OrderLine).where(OrderLine.order_id == order.id).values(cancelled=OrderLine.quantity)
    )
    supply.release(holder_of(order.id))
    restate(order)
    tell(order.id, "cancelled", actor=SYSTEM, now=now, cause="goods_gone")
    publish(OrderChanged(order.id, now))
    publish(GoodsGone(order.id, now))


def _give_back(
    order: Order, payment: Payment, report: PaymentReport, cause: str, *, now: datetime
) -> None:
    """Send what came back whole, and say so once."""
    amount = report.amount_minor
    refunds.intend_refund(
        payment.id, amount=amount, purpose=cause, now=now, currency=report.currency
    )
    tell(order.id, "payment_returned", actor=SYSTEM, now=now, cause=cause, amount=amount)
    publish(PaymentReturned(order.id, payment.id, cause, amount, now))
    restate(order)


def _refund_succeeded(
    order: Order, refund: Refund, report: RefundReport, *, actor: Actor, now: datetime
) -> None:
    ended = refunds.record_refund_ended(
        refund.id, RefundState.SUCCEEDED, now=now, provider_reference=report.provider_reference
    )
    if not ended:
        return
    payment = payments.attempt(refund.payment_id)
    db.session.add(
        LedgerEntry(
            order_id=order.id, due_id=payment.due, kind=LedgerKind.REFUND, amount=-refund.amount,
            currency=refund.currency, gateway=payment.gateway,
            transaction_id=report.transaction_id or refund.reference, payment_id=payment.id,
            refund_id=refund.id, booked_at=now,
        )
    )  # fmt: skip
    tell(order.id, "refunded", actor=actor, now=now, amount=refund.amount, cause=refund.purpose)
    restate(order)
    decision_id = _decision_of(refund.purpose)
    if decision_id is not None and payments.all_refunds_succeeded(refund.purpose):
        decision = db.session.get_one(OrderRefund, decision_id)
        decision.completed_at = now
        publish(OrderRefunded(order.id, decision.id, decision.amount, now))


def _refund_failed(order: Order, refund: Refund, *, now: datetime) -> None:
    reason = refund.reason or "refused"
    if refunds.record_refund_ended(refund.id, RefundState.FAILED, now=now, reason=reason):
        order.attention = Attention.REFUND_FAILED
        tell(order.id, "refund_failed", actor=SYSTEM, now=now, public=False, amount=refund.amount)


def decision_purpose(order_refund_id: int) -> str:
    """How a payment's refund names the decision it carries out."""
    return f"decision:{order_refund_id}"


def _decision_of(purpose: str) -> int | None:
    kind, _, number = purpose.partition(":")
    return int(number) if kind == "decision" else None
