"""Requests to gateways, and a provider that is one function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx

from app.payments.gateways.base import (
    JsonObject,
    PaymentRequest,
    RefundRequest,
)
from app.payments.gateways.sandbox import SandboxGateway
from tests.servers.sandbox import KEY, MERCHANT, SECRET

NOW = datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
STAMP = 1700000000


def real_now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251  (the provider lives in real time)


def asked(reference: str = "A-1", **changes: object) -> PaymentRequest:
    request = PaymentRequest(
        attempt_reference=reference,
        amount_minor=128050,
        currency="CNY",
        description="Order 8XK2",
        return_url="http://127.0.0.1:9/o/token",
        notify_url="http://127.0.0.1:9/hooks",
        expires_at=real_now() + timedelta(minutes=30),
        locale="en",
    )
    return replace(request, **changes)  # type: ignore[arg-type]


def refund_of(provider_reference: str, **changes: object) -> RefundRequest:
    request = RefundRequest("R-1", provider_reference, 100, "CNY", "http://127.0.0.1:9/hooks")
    return replace(request, **changes)  # type: ignore[arg-type]


def answering(reply: Callable[[httpx.Request], httpx.Response]) -> SandboxGateway:
    """A gateway whose provider is one function."""
    return SandboxGateway(
        url="http://provider.test",
        key=KEY,
        secret=SECRET,
        merchant_account=MERCHANT,
        transport=httpx.MockTransport(reply),
    )


def payment_object(**changes: object) -> JsonObject:
    payment: JsonObject = {
        "id": "pay_1",
        "merchant_account": MERCHANT,
        "merchant_reference": "A-1",
        "status": "captured",
        "amount_requested": 128050,
        "amount": 128050,
        "currency": "CNY",
        "transaction_id": "txn_1",
        "pay_url": "http://provider.test/pay/pay_1",
        "updated": STAMP,
    }
    return {**payment, **changes}  # type: ignore[dict-item]
