"""What the shop tells: changes that pages shown to everybody are made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from app.platform.facts import Fact


@dataclass(frozen=True)
class SettingChanged(Fact):
    name: ClassVar[str] = "shop.setting_changed.v1"

    key: str
    at: datetime


@dataclass(frozen=True)
class ShippingRatesReplaced(Fact):
    name: ClassVar[str] = "shop.shipping_rates_replaced.v1"

    at: datetime


@dataclass(frozen=True)
class TaxesReplaced(Fact):
    name: ClassVar[str] = "shop.taxes_replaced.v1"

    at: datetime


@dataclass(frozen=True)
class LocationCreated(Fact):
    name: ClassVar[str] = "shop.location_created.v1"

    location_id: int
    merchant_id: int
    at: datetime
