"""Reads of payments for orders, for the admin and for the workers that ask silent providers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, func, select

from app.payments.gateways.registry import offered
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
from app.platform.configuration import settings
from app.platform.db import db
from app.platform.rbac import found

SETTLED_WITHIN = timedelta(minutes=15)
"""Longer than a provider is silent about a payment that came through, or a refund on its way."""


@dataclass(frozen=True, slots=True)
class Limbo:
    """Money of which it is not known where it is: `unknown` attempts whose provider has not
    answered, `questioned` ones that brought something else than was asked, refunds that are
    `on_the_way` for too long or `refused`.
    """

    unknown: int
    questioned: int
    on_the_way: int
    refused: int


def methods() -> list[str]:
    """Names of the ways to pay that are offered, in order."""
    return list(offered(settings()))


def attempt(payment_id: int) -> Payment:
    """The attempt as it stands now; raises NotFound."""
    return found(db.session.get(Payment, payment_id, populate_existing=True))


def refund(refund_id: int) -> Refund:
    """The refund as it stands now; raises NotFound."""
    return found(db.session.get(Refund, refund_id, populate_existing=True))


def by_reference(reference: str) -> Payment | None:
    return db.session.scalar(select(Payment).where(Payment.reference == reference))


def refund_by_reference(reference: str) -> Refund | None:
    return db.session.scalar(select(Refund).where(Refund.reference == reference))


def refund_by_id(refund_id: int) -> Refund | None:
    return db.session.get(Refund, refund_id)


def of_subject(subject: int) -> Sequence[Payment]:
    statement = select(Payment).where(Payment.subject == subject).order_by(Payment.id)
    return db.session.scalars(statement).all()


def refundable(subject: int) -> list[tuple[int, int]]:
    """(payment, minor units neither paid back nor on their way back) of every capture, by id.

    Money in question waits for a person, and what a provider refused to take back is owed until it
    is sent again: neither is there for anything else.
    """
    back = (
        select(func.coalesce(func.sum(Refund.amount), 0))
        .where(Refund.payment_id == Payment.id, ~_was_replaced())
        .correlate(Payment)
        .scalar_subquery()
    )
    statement = (
        select(Payment.id, func.coalesce(Payment.captured_amount, 0) - back)
        .where(Payment.subject == subject, Payment.state == PaymentState.CAPTURED)
        .order_by(Payment.id)
    )
    return [(payment_id, int(left)) for payment_id, left in db.session.execute(statement)]


def refunds_of_subject(subject: int) -> Sequence[Refund]:
    statement = select(Refund).where(Refund.subject == subject).order_by(Refund.id)
    return db.session.scalars(statement).all()


def proofs_of(payment_ids: Sequence[int]) -> Sequence[PaymentProof]:
    statement = (
        select(PaymentProof)
        .where(PaymentProof.payment_id.in_(payment_ids))
        .order_by(PaymentProof.id)
    )
    return db.session.scalars(statement).all()


def open_attempts(subject: int) -> Sequence[Payment]:
    statement = select(Payment).where(Payment.subject == subject, Payment.state.in_(OPEN_PAYMENTS))
    return db.session.scalars(statement).all()


def open_attempts_for(dues: Sequence[int]) -> Sequence[Payment]:
    """Those that were begun to pay any of these dues."""
    statement = select(Payment).where(Payment.due.in_(dues), Payment.state.in_(OPEN_PAYMENTS))
    return db.session.scalars(statement.order_by(Payment.id)).all()


def questioned_attempt(subject: int) -> Payment | None:
    """The attempt that brought something else than was asked, until a person decides on it."""
    statement = select(Payment).where(
        Payment.subject == subject, Payment.state == PaymentState.QUESTIONED
    )
    return db.session.scalar(statement.order_by(Payment.id).limit(1))


def all_refunds_succeeded(purpose: str) -> bool:
    """Whether every refund made for this purpose, or the one sent in its place, came through."""
    missing = exists().where(
        Refund.purpose == purpose, Refund.state != RefundState.SUCCEEDED, ~_was_replaced()
    )
    return not db.session.scalar(select(missing))


def silent_attempts(*, now: datetime, limit: int) -> Sequence[int]:
    """Open attempts whose provider should be asked by now."""
    statement = (
        select(Payment.id)
        .where(Payment.state.in_(OPEN_PAYMENTS), Payment.ask_at <= now)
        .order_by(Payment.ask_at)
        .limit(limit)
    )
    return db.session.scalars(statement).all()


def limbo(now: datetime) -> Limbo:
    """How many wait for a provider longer than they should, or for a person to decide."""
    long_ago = now - SETTLED_WITHIN
    payments = select(
        func.count().filter(Payment.state == PaymentState.UNKNOWN, Payment.created_at < long_ago),
        func.count().filter(Payment.state == PaymentState.QUESTIONED),
    )
    refunds = select(
        func.count().filter(Refund.state.in_(OPEN_REFUNDS), Refund.created_at < long_ago),
        func.count().filter(Refund.state == RefundState.FAILED, ~_was_replaced()),
    )
    in_limbo = Payment.state.in_((PaymentState.UNKNOWN, PaymentState.QUESTIONED))
    unknown, questioned = db.session.execute(payments.where(in_limbo)).one()
    on_the_way, refused = db.session.execute(refunds.select_from(Refund)).one()
    return Limbo(unknown, questioned, on_the_way, refused)


def _was_replaced() -> ColumnElement[bool]:
    """Whether another refund was sent in the place of one that failed."""
    return func.coalesce(Refund.reason, "").startswith(AGAIN, autoescape=True)


def silent_refunds(*, now: datetime, limit: int) -> Sequence[int]:
    """Refunds under way whose provider should be told or asked again by now."""
    statement = (
        select(Refund.id)
        .where(Refund.state.in_(OPEN_REFUNDS), Refund.ask_at <= now)
        .order_by(Refund.ask_at)
        .limit(limit)
    )
    return db.session.scalars(statement).all()
