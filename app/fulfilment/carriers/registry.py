"""Which carriers may call a shop, built once from its settings."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from app.config import Settings
from app.fulfilment.carriers.base import Carrier
from app.fulfilment.carriers.kuaidi100 import Kuaidi100Carrier
from app.fulfilment.carriers.standard import StandardCarrier
from app.fulfilment.errors import NoSuchCarrier
from app.platform.configuration import settings


@cache
def listening(settings: Settings) -> Mapping[str, Carrier]:
    """Those that share a secret with the shop; built once per settings."""
    carriers: dict[str, Carrier] = {}
    if settings.standard_carrier_secret:
        carriers["standard"] = StandardCarrier(*settings.standard_carrier_secret.split())
    if settings.kuaidi100_salt:
        carriers["kuaidi100"] = Kuaidi100Carrier(*settings.kuaidi100_salt.split())
    return carriers


def carrier_named(name: str) -> Carrier:
    """The carrier, or NoSuchCarrier."""
    try:
        return listening(settings())[name]
    except KeyError:
        raise NoSuchCarrier from None
