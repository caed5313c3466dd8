"""The client of the sandbox provider (`workers/sandbox`), which behaves as a real one would.

Formats: `docs/sandbox-provider.md`. Amounts are minor units, times unix seconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from urllib.parse import quote

import httpx

from app.payments.gateways import fields, sandbox_objects, signature
from app.payments.gateways.base import (
    Acknowledgement,
    GatewayRefused,
    GatewayUnreachable,
    InboundEvent,
    JsonObject,
    JsonValue,
    MalformedEvent,
    NotAddressedToUs,
    PaymentReport,
    PaymentRequest,
    PaymentSession,
    RefundReport,
    RefundRequest,
    StatementLine,
)
from app.payments.gateways.json_api import TIMEOUT, JsonApi

SIGNATURE_HEADER = "sandbox-signature"
LONGEST_DESCRIPTION = 200
# The first call arrived after all, and this one words something else (another language, say).
_OPENED_BEFORE = frozenset({"idempotency_error", "reference_in_use"})


class SandboxGateway:
    """Speaks to one sandbox provider as one merchant account."""

    name = sandbox_objects.GATEWAY
    can_be_asked = True

    def __init__(
        self,
        *,
        url: str,
        key: str,
        secret: str,
        merchant_account: str,
        timeout: httpx.Timeout = TIMEOUT,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.merchant_account = merchant_account
        self._secret = secret
        self._api = JsonApi(url, key, timeout=timeout, transport=transport)

    def create(self, request: PaymentRequest, idempotency_key: str) -> PaymentSession:
        asked: JsonObject = {
            "merchant_reference": request.attempt_reference,
            "amount": request.amount_minor,
            "currency": request.currency,
            "description": request.description[:LONGEST_DESCRIPTION],
            "return_url": request.return_url,
            "notify_url": request.notify_url,
            "expires_at": int(request.expires_at.timestamp()),
            "locale": request.locale,
        }
        payment = self._opened(asked, idempotency_key)
        with _believed_only_if_well_formed():
            _compare(payment, "merchant_reference", request.attempt_reference)
            _compare(payment, "merchant_account", self.merchant_account)
            _compare(payment, "amount_requested", request.amount_minor)
            _compare(payment, "currency", request.currency)
            return PaymentSession(fields.text(payment, "id"), fields.text(payment, "pay_url"))

    def query(self, attempt_reference: str) -> PaymentReport:
        answer = self._api.get("/v1/payments", {"merchant_reference": attempt_reference})
        with _believed_only_if_well_formed():
            payment = _only_one(answer)
            if payment is None:
                at = fields.instant(answer, "at")
                return sandbox_objects.absent_payment(attempt_reference, self.merchant_account, at)
            _compare(payment, "merchant_reference", attempt_reference)
            return sandbox_objects.payment_report(payment, self.merchant_account)

    def close(self, provider_reference: str) -> PaymentReport:
        path = f"/v1/payments/{quote(provider_reference, safe='')}"
        try:
            payment = self._api.post(f"{path}/cancel", {})
        except GatewayRefused as refusal:
            if refusal.code != "payment_captured":
                raise
            payment = self._api.get(path)
        with _believed_only_if_well_formed():
            _compare(payment, "id", provider_reference)
            return sandbox_objects.payment_report(payment, self.merchant_account)

    def refund(self, request: RefundRequest, idempotency_key: str) -> RefundReport:
        asked: JsonObject = {
            "payment": request.provider_reference,
            "amount": request.amount_minor,
            "merchant_reference": request.refund_reference,
            "notify_url": request.notify_url,
        }
        refund = self._api.post("/v1/refunds", asked, idempotency_key)
        with _believed_only_if_well_formed():
            for field in ("payment", "amount", "merchant_reference"):
                _compare(refund, field, asked[field])
            _compare(refund, "currency", request.currency)
            return sandbox_objects.refund_report(refund, self.merchant_account)

    def query_refund(self, reference: str) -> RefundReport:
        answer = self._api.get("/v1/refunds", {"merchant_reference": reference})
        with _believed_only_if_well_formed():
            refund = _only_one(answer)
            if refund is None:
                at = fields.instant(answer, "at")
                return sandbox_objects.absent_refund(reference, self.merchant_account, at)
            _compare(refund, "merchant_reference", reference)
            return sandbox_objects.refund_report(refund, self.merchant_account)

    def statement(self, start: datetime, end: datetime) -> tuple[StatementLine, ...]:
        window = {"from": int(start.timestamp()), "to": int(end.timestamp())}
        answer = self._api.get("/v1/statement", window)
        with _believed_only_if_well_formed():
            return tuple(
                sandbox_objects.statement_line(
                    fields.as_object(line, "line"), self.merchant_account
                )
                for line in _listed(answer)
            )

    def verify(self, headers: Mapping[str, str], raw_body: bytes, now: datetime) -> InboundEvent:
        header = next((text for name, text in headers.items() if _is_signature(name)), None)
        signature.verify(header, raw_body, self._secret, now)
        event = fields.parse_object(raw_body)
        return InboundEvent(fields.text(event, "id"), fields.text(event, "type"), event)

    def interpret(self, payload: JsonObject) -> PaymentReport | RefundReport:
        return sandbox_objects.report(payload, self.merchant_account)

    def acknowledge(self) -> Acknowledgement:
        return Acknowledgement('{"received":true}', 200, "application/json")

    def disconnect(self) -> None:
        """Let go of the HTTP client."""
        self._api.close()

    def _opened(self, asked: JsonObject, idempotency_key: str) -> JsonObject:
        try:
            return self._api.post("/v1/payments", asked, idempotency_key)
        except GatewayRefused as refusal:
            if refusal.code not in _OPENED_BEFORE:
                raise
            found = self._api.get(
                "/v1/payments", {"merchant_reference": str(asked["merchant_reference"])}
            )
            with _believed_only_if_well_formed():
                payment = _only_one(found)
            if payment is None:
                raise
            return payment


@contextmanager
def _believed_only_if_well_formed() -> Iterator[None]:
    """An answer to our own call that does not fit the call leaves its outcome unknown."""
    try:
        yield
    except (MalformedEvent, NotAddressedToUs) as error:
        raise GatewayUnreachable(f"the answer cannot be believed: {error}") from error


def _compare(answer: JsonObject, field: str, asked: JsonValue) -> None:
    if answer.get(field) != asked:
        raise MalformedEvent(f"{field} is not what was asked")


def _only_one(answer: JsonObject) -> JsonObject | None:
    found = _listed(answer)
    if len(found) > 1:
        raise MalformedEvent("one reference, several objects")
    return fields.as_object(found[0], "data") if found else None


def _listed(answer: JsonObject) -> list[JsonValue]:
    found = answer.get("data")
    if not isinstance(found, list):
        raise MalformedEvent("data is not a list")
    return found


def _is_signature(name: str) -> bool:
    return name.lower() == SIGNATURE_HEADER
