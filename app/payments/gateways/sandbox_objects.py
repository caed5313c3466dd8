"""Reads the sandbox provider's JSON objects as reports; the form is in `docs/sandbox-provider.md`.

Everything raises MalformedEvent when the form is not kept and NotAddressedToUs when the object
names another merchant account.
"""

from __future__ import annotations

from datetime import datetime

from app.payments.gateways import fields
from app.payments.gateways.base import (
    JsonObject,
    MalformedEvent,
    NotAddressedToUs,
    PaymentReport,
    PaymentState,
    RefundReport,
    RefundState,
    StatementLine,
)

GATEWAY = "sandbox"
_PAYMENT_STATES = {
    "pending": PaymentState.PENDING,
    "captured": PaymentState.CAPTURED,
    "failed": PaymentState.FAILED,
    "expired": PaymentState.EXPIRED,
    "cancelled": PaymentState.EXPIRED,
}
_REFUND_STATES = {
    "pending": RefundState.PENDING,
    "succeeded": RefundState.SUCCEEDED,
    "failed": RefundState.FAILED,
}
_STATUS_OF_EVENT = {
    "payment.captured": "captured",
    "payment.failed": "failed",
    "payment.expired": "expired",
    "refund.succeeded": "succeeded",
    "refund.failed": "failed",
}


def report(event: JsonObject, merchant: str) -> PaymentReport | RefundReport:
    """What an event says; its type and the status of its object must agree."""
    kind = fields.text(event, "type")
    subject = fields.as_object(event.get("data"), "data")
    if _STATUS_OF_EVENT.get(kind) != subject.get("status"):
        raise MalformedEvent(f"{kind} with status {subject.get('status')}")
    if kind.startswith("payment."):
        return payment_report(subject, merchant)
    return refund_report(subject, merchant)


def payment_report(payment: JsonObject, merchant: str) -> PaymentReport:
    state = _PAYMENT_STATES.get(fields.text(payment, "status"), PaymentState.UNKNOWN)
    transaction_id = fields.optional_text(payment, "transaction_id")
    if state is PaymentState.CAPTURED and transaction_id is None:
        raise MalformedEvent("a capture without transaction_id")
    return PaymentReport(
        gateway=GATEWAY,
        attempt_reference=fields.text(payment, "merchant_reference"),
        provider_reference=fields.text(payment, "id"),
        transaction_id=transaction_id,
        state=state,
        amount_minor=fields.amount(payment, "amount"),
        currency=fields.text(payment, "currency"),
        merchant_account=_our_account(payment, merchant),
        at=fields.instant(payment, "updated"),
    )


def refund_report(refund: JsonObject, merchant: str) -> RefundReport:
    return RefundReport(
        gateway=GATEWAY,
        refund_reference=fields.text(refund, "merchant_reference"),
        provider_reference=fields.text(refund, "id"),
        payment_reference=fields.text(refund, "payment"),
        transaction_id=fields.optional_text(refund, "transaction_id"),
        state=_REFUND_STATES.get(fields.text(refund, "status"), RefundState.UNKNOWN),
        amount_minor=fields.amount(refund, "amount"),
        currency=fields.text(refund, "currency"),
        merchant_account=_our_account(refund, merchant),
        at=fields.instant(refund, "updated"),
    )


def statement_line(line: JsonObject, merchant: str) -> StatementLine:
    return StatementLine(
        kind=fields.text(line, "kind"),
        transaction_id=fields.text(line, "transaction_id"),
        reference=fields.text(line, "merchant_reference"),
        amount_minor=fields.amount(line, "amount"),
        currency=fields.text(line, "currency"),
        merchant_account=_our_account(line, merchant),
        at=fields.instant(line, "at"),
    )


def absent_payment(reference: str, merchant: str, at: datetime) -> PaymentReport:
    """The report on a reference that the provider does not know."""
    return PaymentReport(GATEWAY, reference, None, None, PaymentState.ABSENT, 0, "", merchant, at)


def absent_refund(reference: str, merchant: str, at: datetime) -> RefundReport:
    return RefundReport(
        GATEWAY, reference, None, None, None, RefundState.ABSENT, 0, "", merchant, at
    )


def _our_account(source: JsonObject, merchant: str) -> str:
    named = fields.text(source, "merchant_account")
    if named != merchant:
        raise NotAddressedToUs(f"addressed to {named}")
    return named
