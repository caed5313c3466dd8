"""Pay demo orders at the sandbox provider itself, so that a refund finds its payment there."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import quote

import httpx

from app.payments.commands.attempts import gateway_named
from app.payments.gateways.base import PaymentReport, PaymentRequest
from app.payments.models import Payment
from app.platform import clock
from app.platform.configuration import settings
from app.platform.db import db
from app.platform.rendering import public_url

NAME = "sandbox"
TIME_TO_PAY = timedelta(minutes=30)


def is_open() -> bool:
    """Whether the shop offers the sandbox, and the provider answers."""
    if NAME not in settings().payment_methods:
        return False
    try:
        with _provider() as provider:
            return provider.get("/_switches", headers={"Accept": "application/json"}).is_success
    except httpx.HTTPError:
        return False


def pay(payment: Payment, *, at: datetime) -> PaymentReport:
    """What the provider says of an attempt once its page was paid, as if it had been then."""
    gateway = gateway_named(NAME)
    request = PaymentRequest(
        attempt_reference=payment.reference,
        amount_minor=payment.amount,
        currency=payment.currency,
        description=payment.reference,
        return_url=public_url("/"),
        notify_url=public_url(f"/hooks/payments/{NAME}"),
        expires_at=clock.now() + TIME_TO_PAY,
        locale="en",
    )
    db.session.rollback()
    opened = gateway.create(request, idempotency_key=f"payment-{request.attempt_reference}")
    with _provider() as provider:
        path = f"/_payments/{quote(opened.provider_reference, safe='')}/pay"
        provider.post(path).raise_for_status()
    return replace(gateway.query(request.attempt_reference), at=at)


def _provider() -> httpx.Client:
    headers = {"Authorization": f"Bearer {settings().sandbox_key}"}
    return httpx.Client(
        base_url=settings().sandbox_url, headers=headers, timeout=5.0, trust_env=False
    )
