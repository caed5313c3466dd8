"""Facts that payments tell. Orders listen; payments know nothing of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from app.platform.facts import Fact


@dataclass(frozen=True)
class PaymentCallbackReceived(Fact):
    """A provider's callback was verified and stored; `event_id` is its row in the inbox."""

    name: ClassVar[str] = "payments.callback_received.v1"

    event_id: int
    gateway: str
    at: datetime


@dataclass(frozen=True)
class RefundIntended(Fact):
    """Money is to go back; a worker tells the provider."""

    name: ClassVar[str] = "payments.refund_intended.v1"

    refund_id: int
    at: datetime
