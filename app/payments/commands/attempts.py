"""Open an attempt, start it at its provider, and note how it stands.

What it means for an order, orders decide.

Network calls stand between commands, never inside: intent is recorded, the provider is called, its
answer is recorded.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import func, select, update

from app.payments.errors import NoSuchMethod
from app.payments.gateways.base import (
    Gateway,
    GatewayRefused,
    GatewayUnreachable,
    PaymentReport,
    PaymentRequest,
)
from app.payments.gateways.base import PaymentState as Reported
from app.payments.gateways.registry import offered
from app.payments.models import OPEN_PAYMENTS, Payment, PaymentState
from app.platform import clock
from app.platform.configuration import settings
from app.platform.db import changed_rows, db
from app.platform.errors import NotFound
from app.platform.ids import spoken_code
from app.platform.rendering import public_url
from app.platform.transaction import command

FIRST_ASK = timedelta(seconds=20)
LONGEST_ASK = timedelta(minutes=5)
log = structlog.get_logger("payments")


@dataclass(frozen=True, slots=True)
class Asked:
    """What an attempt is for: order `subject`, its due `due`, minor units."""

    subject: int
    due: int
    amount: int
    currency: str


def gateway_named(name: str) -> Gateway:
    """The gateway, or NoSuchMethod."""
    try:
        return offered(settings())[name]
    except KeyError:
        raise NoSuchMethod from None


@command
def open_attempt(asked: Asked, gateway: str, *, expires_at: datetime, now: datetime) -> int:
    """Write down that we mean to be paid this way; returns the attempt's id.

    An open one alike is taken up again.
    """
    gateway_named(gateway)
    again = db.session.scalar(
        select(Payment.id).where(
            Payment.subject == asked.subject,
            Payment.due == asked.due,
            Payment.gateway == gateway,
            Payment.amount == asked.amount,
            Payment.state.in_(OPEN_PAYMENTS),
            Payment.expires_at > now,
        )
    )
    if again is not None:
        return again
    payment = Payment(
        reference=spoken_code(16),
        subject=asked.subject,
        due=asked.due,
        gateway=gateway,
        amount=asked.amount,
        currency=asked.currency,
        state=PaymentState.CREATED,
        created_at=now,
        expires_at=expires_at,
        ask_at=now + FIRST_ASK,
    )
    db.session.add(payment)
    db.session.flush()
    return payment.id


def start(payment_id: int, *, description: str, return_path: str, locale: str) -> str | None:
    """Open the attempt at its provider; returns the page to pay on, None when there is none.

    An unreachable provider leaves the attempt `unknown`: starting again uses the same key, so
    nothing is opened twice.
    """
    payment = _get(payment_id)
    if payment.state == PaymentState.PENDING:
        return payment.pay_url
    gateway = gateway_named(payment.gateway)
    request = PaymentRequest(
        attempt_reference=payment.reference,
        amount_minor=payment.amount,
        currency=payment.currency,
        description=description,
        return_url=public_url(return_path),
        notify_url=public_url(f"/hooks/payments/{payment.gateway}"),
        expires_at=payment.expires_at,
        locale=locale,
    )
    db.session.rollback()
    try:
        session = gateway.create(request, idempotency_key=f"payment-{request.attempt_reference}")
    except GatewayUnreachable:
        _note(payment_id, PaymentState.UNKNOWN, reason="unreachable")
        return None
    except GatewayRefused as refusal:
        log.warning("payments.refused", payment=payment_id, code=refusal.code)
        _note(payment_id, PaymentState.FAILED, reason=refusal.code)
        return None
    _started(payment_id, session.provider_reference, session.pay_url)
    return session.pay_url


def ask(payment_id: int) -> PaymentReport | None:
    """Ask the provider how an attempt stands; None when it does not answer, or is offered no more.

    Asks less often the longer it is silent.
    """
    payment = _get(payment_id)
    reference, name = payment.reference, payment.gateway
    _asking(payment_id, began=payment.created_at, now=clock.now())
    try:
        return gateway_named(name).query(reference)
    except (GatewayUnreachable, GatewayRefused, NoSuchMethod):
        return None


def close_at_provider(payment_id: int) -> PaymentReport | None:
    """Make an attempt unpayable and say how it stands; None when the provider does not answer.

    One whose start was cut off before we learned the provider's name for it is looked up there.
    """
    payment = _get(payment_id)
    name, reference, known = payment.gateway, payment.reference, payment.provider_reference
    db.session.rollback()
    try:
        gateway = gateway_named(name)
        if known is None:
            report = gateway.query(reference)
            if report.state is not Reported.PENDING or report.provider_reference is None:
                return report
            known = report.provider_reference
        return gateway.close(known)
    except (GatewayUnreachable, GatewayRefused, NoSuchMethod):
        return ask(payment_id)


@command
def record_captured(
    payment_id: int, report: PaymentReport, *, questioned: str | None = None
) -> None:
    """Note that money came; `questioned` says in what it differs from what was asked.

    A provider may take money twice under one name: the sums add up.
    """
    db.session.execute(
        update(Payment)
        .where(Payment.id == payment_id)
        .values(
            state=PaymentState.QUESTIONED if questioned else PaymentState.CAPTURED,
            reason=questioned,
            captured_amount=func.coalesce(Payment.captured_amount, 0) + report.amount_minor,
            transaction_id=report.transaction_id,
            provider_reference=report.provider_reference,
        )
    )


@command
def record_ended(payment_id: int, state: PaymentState, *, reason: str | None = None) -> bool:
    """Note that an open attempt failed or was closed; False when it had ended before."""
    ended = changed_rows(
        update(Payment)
        .where(Payment.id == payment_id, Payment.state.in_(OPEN_PAYMENTS))
        .values(state=state, reason=reason)
    )
    return ended == 1


@command
def record_accepted(payment_id: int) -> None:
    """Note that a person has decided on questioned money: it counts as captured."""
    db.session.execute(
        update(Payment)
        .where(Payment.id == payment_id, Payment.state == PaymentState.QUESTIONED)
        .values(state=PaymentState.CAPTURED)
    )


@command
def _note(payment_id: int, state: PaymentState, *, reason: str) -> None:
    db.session.execute(
        update(Payment)
        .where(Payment.id == payment_id, Payment.state.in_(OPEN_PAYMENTS))
        .values(state=state, reason=reason)
    )


@command
def _started(payment_id: int, provider_reference: str, pay_url: str | None) -> None:
    db.session.execute(
        update(Payment)
        .where(Payment.id == payment_id, Payment.state.in_(OPEN_PAYMENTS))
        .values(
            state=PaymentState.PENDING,
            provider_reference=provider_reference,
            pay_url=pay_url,
            reason=None,
        )
    )


@command
def _asking(payment_id: int, *, began: datetime, now: datetime) -> None:
    waited = max(now - began, FIRST_ASK)
    db.session.execute(
        update(Payment)
        .where(Payment.id == payment_id)
        .values(asked_at=now, ask_at=now + min(waited, LONGEST_ASK))
    )


def _get(payment_id: int) -> Payment:
    payment = db.session.get(Payment, payment_id)
    if payment is None:
        raise NotFound
    return payment
