"""What waits for whoever may confirm payments: of every merchant's orders; money is the shop's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select

from app.orders.models import Order
from app.payments.models import (
    AGAIN,
    OPEN_PAYMENTS,
    OPEN_REFUNDS,
    Payment,
    PaymentProof,
    PaymentState,
    Refund,
    RefundState,
)
from app.platform.actor import Actor
from app.platform.db import db
from app.platform.money import Money
from app.platform.rbac import found, visible

TRANSFER = "bank_transfer"
MOST_ROWS = 200


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """An attempt with its order. `is_mine`: the order's page is open to the reader."""

    id: int
    order_id: int
    code: str
    reference: str
    gateway: str
    state: str
    asked: Money
    received: Money
    created_at: datetime
    pay_until: datetime
    is_closed: bool
    is_mine: bool


@dataclass(frozen=True, slots=True)
class RefundRow:
    id: int
    order_id: int
    code: str
    reference: str
    gateway: str
    state: str
    amount: Money
    created_at: datetime
    is_mine: bool


def open_transfers(actor: Actor) -> tuple[PaymentRow, ...]:
    """Transfers that may have arrived, those whose time ends first on top."""
    return _payments(actor, _is_open_transfer(), Order.paid_at.is_(None), Order.closed_at.is_(None))


def questioned(actor: Actor) -> tuple[PaymentRow, ...]:
    return _payments(actor, Payment.state == PaymentState.QUESTIONED)


def questioned_of(order_id: int, actor: Actor) -> PaymentRow | None:
    """The money in question of one order; None when there is none, or no longer."""
    is_it = Payment.subject == order_id, Payment.state == PaymentState.QUESTIONED
    return next(iter(_payments(actor, *is_it)), None)


def payment(payment_id: int, actor: Actor) -> PaymentRow:
    """One attempt; raises NotFound."""
    rows = _payments(actor, Payment.id == payment_id)
    return found(rows[0] if rows else None)


def refunds_to_send(actor: Actor) -> tuple[RefundRow, ...]:
    """Refunds that somebody must send by bank transfer, the oldest on top."""
    return _refunds(actor, Refund.state.in_(OPEN_REFUNDS), Payment.gateway == TRANSFER)


def failed_refunds(actor: Actor) -> tuple[RefundRow, ...]:
    return _refunds(actor, *_has_failed())


def proofs(payment_id: int) -> Sequence[PaymentProof]:
    statement = select(PaymentProof).where(PaymentProof.payment_id == payment_id)
    return db.session.scalars(statement.order_by(PaymentProof.id)).all()


def proof(proof_id: int) -> PaymentProof:
    """One picture of a transfer; raises NotFound."""
    return found(db.session.get(PaymentProof, proof_id))


def is_mine(order_id: int, actor: Actor) -> bool:
    """Whether the order's page is open to the actor."""
    statement = select(Order.id).where(Order.id == order_id, visible(actor, Order))
    return db.session.scalar(statement) is not None


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many wait, and the instant the first of them has to be done by or began."""

    number: int
    first: datetime | None


def transfers_waiting() -> Waiting:
    statement = (
        select(func.count(), func.min(Order.pay_until))
        .select_from(Payment)
        .join(Order, Order.id == Payment.subject)
        .where(_is_open_transfer(), Order.paid_at.is_(None), Order.closed_at.is_(None))
    )
    return Waiting(*db.session.execute(statement).one())


def refunds_waiting() -> Waiting:
    """To be sent by hand, or refused by a provider."""
    by_hand = Refund.state.in_(OPEN_REFUNDS) & (Payment.gateway == TRANSFER)
    failed, not_replaced = _has_failed()
    statement = (
        select(func.count(), func.min(Refund.created_at))
        .select_from(Refund)
        .join(Payment, Payment.id == Refund.payment_id)
        .where(or_(by_hand, failed & not_replaced))
    )
    return Waiting(*db.session.execute(statement).one())


def _is_open_transfer() -> ColumnElement[bool]:
    return (Payment.gateway == TRANSFER) & Payment.state.in_(OPEN_PAYMENTS)


def _has_failed() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (
        Refund.state == RefundState.FAILED,
        func.coalesce(Refund.reason, "").not_like(f"{AGAIN}%"),
    )


def _payments(actor: Actor, *conditions: ColumnElement[bool]) -> tuple[PaymentRow, ...]:
    statement = (
        select(Payment, Order, visible(actor, Order))
        .join(Order, Order.id == Payment.subject)
        .where(*conditions)
        .order_by(Order.pay_until, Payment.id)
        .limit(MOST_ROWS)
    )
    return tuple(
        PaymentRow(
            id=row.id,
            order_id=order.id,
            code=order.code,
            reference=row.reference,
            gateway=row.gateway,
            state=row.state,
            asked=Money(row.amount, row.currency),
            received=Money(row.captured_amount or 0, row.currency),
            created_at=row.created_at,
            pay_until=order.pay_until,
            is_closed=order.closed_at is not None,
            is_mine=bool(mine),
        )
        for row, order, mine in db.session.execute(statement)
    )


def _refunds(actor: Actor, *conditions: ColumnElement[bool]) -> tuple[RefundRow, ...]:
    statement = (
        select(Refund, Order, Payment.gateway, visible(actor, Order))
        .join(Payment, Payment.id == Refund.payment_id)
        .join(Order, Order.id == Refund.subject)
        .where(*conditions)
        .order_by(Refund.created_at, Refund.id)
        .limit(MOST_ROWS)
    )
    return tuple(
        RefundRow(
            id=row.id,
            order_id=order.id,
            code=order.code,
            reference=row.reference,
            gateway=gateway,
            state=row.state,
            amount=Money(row.amount, row.currency),
            created_at=row.created_at,
            is_mine=bool(mine),
        )
        for row, order, gateway, mine in db.session.execute(statement)
    )
