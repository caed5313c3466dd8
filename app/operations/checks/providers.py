"""The payment providers: each that can be asked is asked one question that changes nothing."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

from app.config import Settings
from app.operations.findings import Finding, failed, ok, warning
from app.payments.gateways import registry
from app.payments.gateways.base import (
    Gateway,
    GatewayError,
    GatewayRefused,
    KeyRefused,
    PaymentState,
)


def examine(known: Settings) -> Iterator[Finding]:
    for gateway in registry.offered(known).values():
        if gateway.can_be_asked:
            yield _provider(gateway)


def _provider(gateway: Gateway) -> Finding:
    """Ask for an attempt that nobody began: who says so is there and knows our key."""
    name, variables = f"provider {gateway.name}", f"VITRINE_{gateway.name.upper()}"
    try:
        report = gateway.query(f"doctor-{secrets.token_hex(8)}")
    except KeyRefused as refusal:
        said = f"does not take our key: {refusal.code}"
        return failed(name, said, f"Nobody can pay by it: correct {variables}_KEY.")
    except GatewayRefused as refusal:
        said = f"refuses to look anything up: {refusal.code}"
        return failed(name, said, f"Does {variables}_URL name its interface?")
    except GatewayError as error:
        advice = f"Is it up, and does {variables}_URL name it? Payments stay pending meanwhile."
        return failed(name, f"does not answer: {error}", advice)
    if report.state is not PaymentState.ABSENT:
        said = f"says {report.state} of an attempt that nobody began"
        return warning(name, said, "Ask the provider; flask shop audit money compares the books.")
    return ok(name, f"answers, and knows {gateway.merchant_account}'s key")
