"""Pay an order: open an attempt for what is due, send the buyer to the provider, ask it, close what
is unpaid.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import or_, select, update

from app.orders import supply
from app.orders.commands.place import CLOSING_GRACE, holder_of
from app.orders.commands.settle import settle, settle_refund
from app.orders.commands.standing import restate, tell
from app.orders.errors import NothingDue, OrderClosed
from app.orders.events import OrderCancelled
from app.orders.locks import lock_order
from app.orders.models import DuePurpose, Order, OrderDue, OrderLine
from app.payments import queries as payments
from app.payments.commands import attempts, refunds
from app.payments.gateways.base import PaymentState as Reported
from app.payments.models import Payment, PaymentState
from app.platform import clock
from app.platform.actor import SYSTEM, Actor
from app.platform.db import db
from app.platform.due import each
from app.platform.facts import publish
from app.platform.transaction import command

TRANSFER = "bank_transfer"
TRANSFER_WITHIN = timedelta(hours=24)


@command
def open_attempt(
    order_id: int, gateway: str, *, actor: Actor, now: datetime, due_id: int | None = None
) -> int:
    """Write down how the buyer means to pay what is due; returns the attempt's id.

    `due_id` chooses among several that are open. Choosing a bank transfer gives an order that
    waits for its first payment its longer time. A balance is due in its window only, whether or
    not the clockwork has ended it. Raises OrderClosed, NothingDue, NoSuchMethod.
    """
    order = lock_order(order_id, SYSTEM)
    if order.closed_at is not None:
        raise OrderClosed
    due = _open_due(order.id, due_id, now)
    if gateway == TRANSFER and due.purpose != DuePurpose.BALANCE:
        _give_time(order, due, until=max(order.pay_until, order.placed_at + TRANSFER_WITHIN))
    asked = attempts.Asked(order.id, due.id, due.amount, order.currency)
    payment_id = attempts.open_attempt(asked, gateway, expires_at=due.closes_at, now=now)
    tell(order.id, "payment_started", actor=actor, now=now, public=False, gateway=gateway)
    return payment_id


def ask_provider(payment_id: int) -> bool:
    """Ask how an attempt stands and settle on the answer; False when the provider was silent."""
    report = attempts.ask(payment_id)
    if report is None:
        return False
    settle(report, now=clock.now())
    return True


def ask_about(order_id: int) -> None:
    """Ask about every open attempt of an order, as when the buyer comes back from the provider."""
    waiting = [
        payment.id for payment in payments.open_attempts(order_id) if payment.gateway != TRANSFER
    ]
    for payment_id in waiting:
        ask_provider(payment_id)


def ask_silent(limit: int = 20) -> int:
    """The poller: ask about attempts and refunds that nobody has told us of for too long; returns
    how many.
    """
    now = clock.now()
    waiting = payments.silent_attempts(now=now, limit=limit)
    going_back = payments.silent_refunds(now=now, limit=limit)
    acts: list[Callable[[], object]] = [partial(ask_provider, row_id) for row_id in waiting]
    acts += [partial(send_refund, row_id) for row_id in going_back]
    each(acts, lambda act: bool(act()))
    return len(acts)


def send_refund(refund_id: int) -> None:
    """Tell the provider of a refund, or ask again, and settle on its answer."""
    report = refunds.send(refund_id)
    if report is not None:
        settle_refund(report, now=clock.now())


def close_unpaid(limit: int = 50) -> int:
    """Close orders whose time to pay is over, each only after its provider was asked; returns how
    many closed.
    """
    now = clock.now()
    statement = (
        select(Order.id)
        .where(
            Order.paid_at.is_(None),
            Order.closed_at.is_(None),
            Order.pay_until <= now,
            Order.attention.is_(None),  # a person decides what becomes of it
        )
        .order_by(Order.pay_until)
        .limit(limit)
    )
    return each(db.session.scalars(statement).all(), close_if_unpaid)


def close_if_unpaid(order_id: int) -> bool:
    """Close one unpaid order.

    While a provider does not answer, the order stays open: unknown is never cancelled.
    """
    if not all(_is_over(payment) for payment in list(payments.open_attempts(order_id))):
        return False
    return _close(order_id, now=clock.now())


def settle_what_was_begun(subject: str) -> bool:
    """Have every attempt ended that was begun for a balance of this subject whose time is over, and
    settle on what its provider says.

    False while one of them does not say it: somebody may have paid in time.
    """
    over = select(OrderDue.id).where(
        OrderDue.purpose == DuePurpose.BALANCE,
        OrderDue.subject == subject,
        OrderDue.settled_at.is_(None),
        OrderDue.ended_at.is_(None),
        OrderDue.closes_at <= clock.now(),
    )
    begun = payments.open_attempts_for(db.session.scalars(over).all())
    return all(_is_over(payment) for payment in begun)


@command
def end_time(order_id: int, *, now: datetime) -> None:
    """Give an order that waits for its first payment no more time; it closes as any unpaid one
    does, after its provider was asked.
    """
    order = lock_order(order_id, SYSTEM)
    if order.paid_at is None and order.closed_at is None and order.pay_until > now:
        order.pay_until = now


def _is_over(payment: Payment) -> bool:
    """Make an attempt unpayable and settle on how it stands; False while that is not known."""
    if payment.gateway == TRANSFER:
        attempts.record_ended(payment.id, PaymentState.CLOSED, reason="time_over")
        return True
    report = attempts.close_at_provider(payment.id)
    if report is None:
        return False
    if report.state is Reported.ABSENT:
        attempts.record_ended(payment.id, PaymentState.CLOSED, reason="absent")
        return True
    settle(report, now=clock.now())
    return report.state not in {Reported.PENDING, Reported.UNKNOWN}


@command
def _close(order_id: int, *, now: datetime) -> bool:
    order = lock_order(order_id, SYSTEM)
    if order.paid_at is not None or order.closed_at is not None or order.pay_until > now:
        return False
    if order.attention is not None:
        return False  # money came, though not as asked: a person decides what becomes of the order
    order.closed_at = now
    db.session.execute(
        update(OrderLine).where(OrderLine.order_id == order_id).values(cancelled=OrderLine.quantity)
    )
    supply.release(holder_of(order_id))
    restate(order)
    tell(order_id, "cancelled", actor=SYSTEM, now=now, cause="unpaid")
    publish(OrderCancelled(order_id, "unpaid", now))
    return True


def _open_due(order_id: int, due_id: int | None, now: datetime) -> OrderDue:
    statement = select(OrderDue).where(
        OrderDue.order_id == order_id,
        OrderDue.settled_at.is_(None),
        OrderDue.ended_at.is_(None),
        OrderDue.opens_at <= now,
        or_(OrderDue.purpose != DuePurpose.BALANCE, OrderDue.closes_at > now),
    )
    if due_id is not None:
        statement = statement.where(OrderDue.id == due_id)
    due = db.session.scalar(statement.order_by(OrderDue.closes_at, OrderDue.id).limit(1))
    if due is None:
        raise NothingDue
    return due


def _give_time(order: Order, due: OrderDue, *, until: datetime) -> None:
    order.pay_until = until
    due.closes_at = until
    supply.extend(holder_of(order.id), until=until + CLOSING_GRACE)
