"""Pay money back out of a payment: never more than it captured, and each refund once."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from sqlalchemy import func, select, update

from app.payments.commands.attempts import gateway_named
from app.payments.errors import NoSuchMethod, RefundTooHigh
from app.payments.events import RefundIntended
from app.payments.gateways.base import (
    Gateway,
    GatewayRefused,
    GatewayUnreachable,
    RefundReport,
    RefundRequest,
)
from app.payments.gateways.base import RefundState as ReportedRefund
from app.payments.models import OPEN_REFUNDS, Payment, Refund, RefundState
from app.platform import clock
from app.platform.db import changed_rows, db
from app.platform.errors import NotFound
from app.platform.facts import publish
from app.platform.ids import spoken_code
from app.platform.rendering import public_url
from app.platform.transaction import command

FIRST_ASK = timedelta(seconds=30)
LONGEST_ASK = timedelta(minutes=15)
log = structlog.get_logger("payments")


@command
def intend_refund(
    payment_id: int, *, amount: int, purpose: str, now: datetime, currency: str | None = None
) -> int:
    """Write down a refund of `amount` minor units; returns its id. A worker sends it.

    `currency` is that of the money that came, where it is not the one that was asked for.
    The payment's row is locked, so that refunds decided at once never add up above the capture
    (RefundTooHigh).
    """
    payment = db.session.scalar(
        select(Payment)
        .where(Payment.id == payment_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if payment is None:
        raise NotFound
    if amount > refundable(payment_id, payment.captured_amount or 0):
        raise RefundTooHigh
    refund = Refund(
        reference=spoken_code(16),
        payment_id=payment.id,
        subject=payment.subject,
        purpose=purpose,
        amount=amount,
        currency=currency or payment.currency,
        state=RefundState.INTENDED,
        created_at=now,
        ask_at=now + FIRST_ASK,
    )
    db.session.add(refund)
    db.session.flush()
    publish(RefundIntended(refund.id, now))
    return refund.id


def refundable(payment_id: int, captured: int) -> int:
    """What of a capture is neither paid back nor on its way back."""
    promised = db.session.scalar(
        select(func.coalesce(func.sum(Refund.amount), 0)).where(
            Refund.payment_id == payment_id, Refund.state != RefundState.FAILED
        )
    )
    return captured - int(promised or 0)


def send(refund_id: int) -> RefundReport | None:
    """Tell the provider, or ask it again; None when it does not answer.

    The same key each time: executed once.
    """
    row = db.session.execute(
        select(Refund, Payment)
        .join(Payment, Payment.id == Refund.payment_id)
        .where(Refund.id == refund_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    refund, payment = row
    if refund.state not in OPEN_REFUNDS:
        return None
    name, reference = payment.gateway, refund.reference
    asked_before = refund.state
    request = RefundRequest(
        refund_reference=reference,
        provider_reference=payment.provider_reference or payment.reference,
        amount_minor=refund.amount,
        currency=refund.currency,
        notify_url=public_url(f"/hooks/payments/{payment.gateway}"),
    )
    _sending(refund_id, now=clock.now())
    try:
        gateway = gateway_named(name)
    except NoSuchMethod:
        _note(refund_id, RefundState.UNKNOWN, "not_offered")
        return None
    try:
        if asked_before == RefundState.SENT:
            return gateway.query_refund(reference)
        return gateway.refund(request, idempotency_key=f"refund-{reference}")
    except GatewayUnreachable:
        _note(refund_id, RefundState.UNKNOWN, "unreachable")
        return None
    except GatewayRefused as refusal:
        log.warning("payments.refund_refused", refund=refund_id, code=refusal.code)
        return _refused(gateway, request)


@command
def record_sent(refund_id: int, report: RefundReport) -> None:
    """Note that the provider has the refund and has not ended it yet."""
    db.session.execute(
        update(Refund)
        .where(Refund.id == refund_id, Refund.state.in_(OPEN_REFUNDS))
        .values(state=RefundState.SENT, provider_reference=report.provider_reference)
    )


@command
def record_refund_ended(
    refund_id: int, state: RefundState, *, now: datetime, provider_reference: str | None = None,
    reason: str | None = None,
) -> bool:  # fmt: skip
    """Note that a refund succeeded or failed; False when it had ended before."""
    ended = changed_rows(
        update(Refund)
        .where(Refund.id == refund_id, Refund.state.in_(OPEN_REFUNDS))
        .values(state=state, ended_at=now, provider_reference=provider_reference, reason=reason)
    )
    return ended == 1


def _refused(gateway: Gateway, request: RefundRequest) -> RefundReport:
    """What a provider that says no at once would have reported later."""
    return RefundReport(
        gateway=gateway.name,
        refund_reference=request.refund_reference,
        provider_reference=None,
        payment_reference=request.provider_reference,
        transaction_id=None,
        state=ReportedRefund.FAILED,
        amount_minor=request.amount_minor,
        currency=request.currency,
        merchant_account=gateway.merchant_account,
        at=clock.now(),
    )


@command
def _sending(refund_id: int, *, now: datetime) -> None:
    refund = db.session.get_one(Refund, refund_id)
    waited = max(now - refund.created_at, FIRST_ASK)
    db.session.execute(
        update(Refund).where(Refund.id == refund_id).values(ask_at=now + min(waited, LONGEST_ASK))
    )


@command
def _note(refund_id: int, state: RefundState, reason: str) -> None:
    db.session.execute(
        update(Refund)
        .where(Refund.id == refund_id, Refund.state.in_(OPEN_REFUNDS))
        .values(state=state, reason=reason)
    )
