"""Facts that fulfilment tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from app.platform.facts import Fact


@dataclass(frozen=True)
class CarrierCallbackReceived(Fact):
    """A carrier's callback was verified and stored; `event_id` is its row in the inbox."""

    name: ClassVar[str] = "fulfilment.callback_received.v1"

    event_id: int
    carrier: str
    at: datetime


@dataclass(frozen=True)
class ParcelShipped(Fact):
    name: ClassVar[str] = "fulfilment.parcel_shipped.v1"

    parcel_id: int
    order_id: int
    at: datetime


@dataclass(frozen=True)
class ParcelOutForDelivery(Fact):
    name: ClassVar[str] = "fulfilment.parcel_out_for_delivery.v1"

    parcel_id: int
    order_id: int
    at: datetime


@dataclass(frozen=True)
class ParcelDelivered(Fact):
    name: ClassVar[str] = "fulfilment.parcel_delivered.v1"

    parcel_id: int
    order_id: int
    at: datetime
