"""A provider that lives in memory and on the shop's own clock: for rehearsals on a copy of a shop.

No setting can switch it on, so no shop is ever paid by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from app.payments.gateways.base import (
    Acknowledgement,
    BadSignature,
    GatewayRefused,
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
)
from app.platform import clock

NAME = "rehearsal"


@dataclass(frozen=True, slots=True)
class _Opened:
    """A payment at this provider."""

    request: PaymentRequest
    state: PaymentState


class RehearsalGateway:
    """Answers as a real provider does, and remembers every movement of money."""

    name = NAME
    merchant_account = NAME
    can_be_asked = True

    def __init__(self) -> None:
        self._payments: dict[str, _Opened] = {}
        self._refunds: dict[str, RefundReport] = {}
        self._statement: list[StatementLine] = []

    def create(
        self,
        request: PaymentRequest,
        idempotency_key: str,  # noqa: ARG002  (the reference of the attempt is as good a key)
    ) -> PaymentSession:
        opened = _Opened(request, PaymentState.PENDING)
        self._payments.setdefault(request.attempt_reference, opened)
        reference = _payment_named(request.attempt_reference)
        return PaymentSession(reference, pay_url=f"{request.return_url}#{reference}")

    def pay(self, attempt_reference: str) -> PaymentReport:
        """Somebody pays on the provider's page, in time or not; paying again moves no money."""
        opened = self._payments[attempt_reference]
        if opened.state is not PaymentState.CAPTURED:
            self._payments[attempt_reference] = replace(opened, state=PaymentState.CAPTURED)
            self._book(
                "capture", _capture_of(attempt_reference), attempt_reference,
                opened.request.amount_minor, opened.request.currency,
            )  # fmt: skip
        return self.query(attempt_reference)

    def decline(self, attempt_reference: str) -> PaymentReport:
        """The payer's bank says no."""
        opened = self._payments[attempt_reference]
        self._payments[attempt_reference] = replace(opened, state=PaymentState.FAILED)
        return self.query(attempt_reference)

    def query(self, attempt_reference: str) -> PaymentReport:
        opened = self._payments.get(attempt_reference)
        state = opened.state if opened else PaymentState.ABSENT
        is_captured = state is PaymentState.CAPTURED
        return PaymentReport(
            gateway=self.name,
            attempt_reference=attempt_reference,
            provider_reference=_payment_named(attempt_reference) if opened else None,
            transaction_id=_capture_of(attempt_reference) if is_captured else None,
            state=state,
            amount_minor=opened.request.amount_minor if opened else 0,
            currency=opened.request.currency if opened else "",
            merchant_account=self.merchant_account,
            at=clock.now(),
        )

    def close(self, provider_reference: str) -> PaymentReport:
        attempt_reference = _attempt_named(provider_reference)
        opened = self._payments.get(attempt_reference)
        if opened is not None and opened.state is PaymentState.PENDING:
            self._payments[attempt_reference] = replace(opened, state=PaymentState.EXPIRED)
        return self.query(attempt_reference)

    def refund(self, request: RefundRequest, idempotency_key: str) -> RefundReport:  # noqa: ARG002  (as above)
        if request.refund_reference in self._refunds:
            return self._refunds[request.refund_reference]
        attempt_reference = _attempt_named(request.provider_reference)
        if self._left_of(attempt_reference) < request.amount_minor:
            raise GatewayRefused("refund_above_capture")
        report = RefundReport(
            gateway=self.name,
            refund_reference=request.refund_reference,
            provider_reference=f"re_{request.refund_reference}",
            payment_reference=request.provider_reference,
            transaction_id=f"back_{request.refund_reference}",
            state=RefundState.SUCCEEDED,
            amount_minor=request.amount_minor,
            currency=request.currency,
            merchant_account=self.merchant_account,
            at=clock.now(),
        )
        self._refunds[request.refund_reference] = report
        self._book(
            "refund", f"back_{request.refund_reference}", attempt_reference,
            request.amount_minor, request.currency,
        )  # fmt: skip
        return report

    def query_refund(self, reference: str) -> RefundReport:
        known = self._refunds.get(reference)
        if known is not None:
            return known
        return RefundReport(
            gateway=self.name,
            refund_reference=reference,
            provider_reference=None,
            payment_reference=None,
            transaction_id=None,
            state=RefundState.ABSENT,
            amount_minor=0,
            currency="",
            merchant_account=self.merchant_account,
            at=clock.now(),
        )

    def statement(self, start: datetime, end: datetime) -> tuple[StatementLine, ...]:
        return tuple(line for line in self._statement if start <= line.at < end)

    def verify(
        self,
        headers: Mapping[str, str],  # noqa: ARG002  (it sends no callbacks: what claims to be one is forged)
        raw_body: bytes,  # noqa: ARG002
        now: datetime,  # noqa: ARG002
    ) -> InboundEvent:
        raise BadSignature

    def interpret(
        self,
        payload: JsonObject,  # noqa: ARG002  (as above)
    ) -> PaymentReport | RefundReport:
        raise MalformedEvent

    def acknowledge(self) -> Acknowledgement:
        return Acknowledgement("ok", 200, "text/plain")

    def _book(
        self, kind: str, transaction_id: str, reference: str, amount: int, currency: str
    ) -> None:
        self._statement.append(
            StatementLine(
                kind, transaction_id, reference, amount, currency, self.merchant_account,
                clock.now(),
            )
        )  # fmt: skip

    def _left_of(self, attempt_reference: str) -> int:
        """What of a payment was captured and not sent back."""
        own = (line for line in self._statement if line.reference == attempt_reference)
        return sum(
            line.amount_minor if line.kind == "capture" else -line.amount_minor for line in own
        )


def _payment_named(attempt_reference: str) -> str:
    return f"pay_{attempt_reference}"


def _attempt_named(provider_reference: str) -> str:
    return provider_reference.removeprefix("pay_")


def _capture_of(attempt_reference: str) -> str:
    return f"txn_{attempt_reference}"
