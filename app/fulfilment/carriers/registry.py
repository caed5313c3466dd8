"""Which carriers may call, built once from the settings."""

from __future__ import annotations

from app.config import Settings
from app.fulfilment.carriers.base import Carrier
from app.fulfilment.carriers.kuaidi100 import Kuaidi100Carrier
from app.fulfilment.carriers.standard import StandardCarrier
from app.fulfilment.errors import NoSuchCarrier

carriers: dict[str, Carrier] = {}


def configure(settings: Settings) -> None:
    """Fill `carriers` with those that have a secret."""
    carriers.clear()
    if settings.standard_carrier_secret:
        carriers["standard"] = StandardCarrier(*settings.standard_carrier_secret.split())
    if settings.kuaidi100_salt:
        carriers["kuaidi100"] = Kuaidi100Carrier(settings.kuaidi100_salt)


def carrier_named(name: str) -> Carrier:
    """The carrier, or NoSuchCarrier."""
    try:
        return carriers[name]
    except KeyError:
        raise NoSuchCarrier from None
