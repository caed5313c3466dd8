"""What the tests ask the sandbox provider for."""

from __future__ import annotations

import time
from typing import Any

from tests.servers.sandbox import Door, SandboxServer

ORDER_PAGE = "http://127.0.0.1:9/o/token"


def payment_request(reference: str = "A-1", **changes: object) -> dict[str, object]:
    """A request the provider accepts: 1,280.50 CNY within half an hour."""
    return {
        "merchant_reference": reference,
        "amount": 128050,
        "currency": "CNY",
        "description": "Order 8XK2",
        "return_url": ORDER_PAGE,
        "notify_url": "http://127.0.0.1:9/hooks",
        "expires_at": int(time.time()) + 1800,  # noqa: TID251  (the provider lives in real time)
        **changes,
    }


def opened(sandbox: SandboxServer, door: Door | None = None, **changes: object) -> Any:
    """A pending payment that reports to the door."""
    if door is not None:
        changes.setdefault("notify_url", door.url)
    return sandbox.call("POST", "/v1/payments", status=201, json=payment_request(**changes))  # type: ignore[arg-type]


def paid(sandbox: SandboxServer, door: Door | None = None, **changes: object) -> Any:
    payment = opened(sandbox, door, **changes)
    return sandbox.act("payments", payment["id"], "pay")


def refund_request(payment: dict[str, Any], door: Door | None = None, **changes: object) -> Any:
    return {
        "payment": payment["id"],
        "amount": 100,
        "merchant_reference": "R-1",
        "notify_url": door.url if door else "http://127.0.0.1:9/hooks",
        **changes,
    }
