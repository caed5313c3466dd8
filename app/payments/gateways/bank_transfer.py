"""Bank transfer: no provider to call. The shopper is told an account; staff say what arrived."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from app.payments.gateways.base import (
    Acknowledgement,
    BadSignature,
    InboundEvent,
    JsonObject,
    MalformedEvent,
    PaymentReport,
    PaymentRequest,
    PaymentSession,
    PaymentState,
    RefundReport,
    RefundRequest,
    RefundState,
    StatementLine,
    TransferInstructions,
)
from app.platform import clock


class BankTransferGateway:
    """Money that a person sends by hand, and a person finds on the account.

    Our attempt reference is also the provider's, since nobody else names the payment. A query
    knows nothing and so answers pending: only `confirm`, called for staff, reports a capture.
    """

    name = "bank_transfer"
    can_be_asked = False

    def __init__(self, *, account: str, currency: str) -> None:
        self.merchant_account = account
        self._currency = currency

    def create(
        self,
        request: PaymentRequest,
        idempotency_key: str,  # noqa: ARG002  (nothing is sent, so nothing can be sent twice)
    ) -> PaymentSession:
        instructions = TransferInstructions(
            account=self.merchant_account,
            reference=request.attempt_reference,
            amount_minor=request.amount_minor,
            currency=request.currency,
        )
        return PaymentSession(request.attempt_reference, instructions=instructions)

    def confirm(
        self, attempt_reference: str, *, transaction_id: str, amount_minor: int, at: datetime
    ) -> PaymentReport:
        """What staff found on the account; `transaction_id` is the bank's own for that line."""
        return self._payment(
            attempt_reference, PaymentState.CAPTURED, at, transaction_id, amount_minor
        )

    def query(self, attempt_reference: str) -> PaymentReport:
        return self._payment(attempt_reference, PaymentState.PENDING, clock.now())

    def close(self, provider_reference: str) -> PaymentReport:
        return self._payment(provider_reference, PaymentState.EXPIRED, clock.now())

    def refund(
        self,
        request: RefundRequest,
        idempotency_key: str,  # noqa: ARG002  (a person pays it back once, see `confirm_refund`)
    ) -> RefundReport:
        return self._refund(
            request.refund_reference,
            RefundState.PENDING,
            clock.now(),
            payment_reference=request.provider_reference,
            amount_minor=request.amount_minor,
        )

    def confirm_refund(
        self, reference: str, *, transaction_id: str, amount_minor: int, at: datetime
    ) -> RefundReport:
        """What staff sent back; `transaction_id` is the bank's own for that line."""
        return self._refund(
            reference,
            RefundState.SUCCEEDED,
            at,
            transaction_id=transaction_id,
            amount_minor=amount_minor,
        )

    def query_refund(self, reference: str) -> RefundReport:
        return self._refund(reference, RefundState.PENDING, clock.now())

    def statement(
        self,
        start: datetime,  # noqa: ARG002  (the bank's statement is on paper)
        end: datetime,  # noqa: ARG002
    ) -> tuple[StatementLine, ...]:
        return ()

    def verify(
        self,
        headers: Mapping[str, str],  # noqa: ARG002  (no bank calls us, so any call is forged)
        raw_body: bytes,  # noqa: ARG002
        now: datetime,  # noqa: ARG002
    ) -> InboundEvent:
        raise BadSignature("bank transfer has no callbacks")

    def interpret(self, payload: JsonObject) -> PaymentReport | RefundReport:  # noqa: ARG002
        raise MalformedEvent("bank transfer has no callbacks")

    def acknowledge(self) -> Acknowledgement:
        return Acknowledgement("", 204, "text/plain")

    def _payment(
        self,
        reference: str,
        state: PaymentState,
        at: datetime,
        transaction_id: str | None = None,
        amount_minor: int = 0,
    ) -> PaymentReport:
        return PaymentReport(
            gateway=self.name,
            attempt_reference=reference,
            provider_reference=reference,
            transaction_id=transaction_id,
            state=state,
            amount_minor=amount_minor,
            currency=self._currency,
            merchant_account=self.merchant_account,
            at=at,
        )

    def _refund(
        self,
        reference: str,
        state: RefundState,
        at: datetime,
        *,
        payment_reference: str | None = None,
        transaction_id: str | None = None,
        amount_minor: int = 0,
    ) -> RefundReport:
        return RefundReport(
            gateway=self.name,
            refund_reference=reference,
            provider_reference=reference,
            payment_reference=payment_reference,
            transaction_id=transaction_id,
            state=state,
            amount_minor=amount_minor,
            currency=self._currency,
            merchant_account=self.merchant_account,
            at=at,
        )
