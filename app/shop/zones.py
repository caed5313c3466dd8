"""Where parcels go and what decides their fee. Pure; docs/pricing.md has the rules and tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.platform.errors import Invalid
from app.platform.i18n import gettext as _
from app.shop.places import Place, fit, is_pattern
from app.shop.rules import FREE_OVER, Rate

MOST_ZONES, MOST_STEPS = 30, 20


class Basis(StrEnum):
    """What the steps of a zone's rates count."""

    WEIGHT = "weight"
    AMOUNT = "amount"
    ITEMS = "items"


@dataclass(frozen=True, slots=True)
class Zone:
    """The places of some patterns (`app.shop.places`). Without a rate nothing is sent there;
    `free_over` is None where nothing is sent for nothing.
    """

    key: str
    name: Mapping[str, str]
    places: tuple[str, ...]
    basis: Basis = Basis.WEIGHT
    free_over: int | None = None


NOWHERE = "nowhere"
"""The key that stands for a place of no zone."""

FIRST_ZONES = (
    Zone(
        "mainland",
        {"en": "mainland China", "zh-Hans": "中国大陆"},
        ("CN",),
        free_over=FREE_OVER,
    ),
    Zone(
        "remote",
        {
            "en": "Xinjiang, Tibet, Qinghai, Gansu, Ningxia, Inner Mongolia",
            "zh-Hans": "新疆、西藏、青海、甘肃、宁夏、内蒙古",
        },
        ("CN-15", "CN-54", "CN-62", "CN-63", "CN-64", "CN-65"),
        free_over=FREE_OVER,
    ),
    Zone(
        "hong_kong_macau_taiwan",
        {"en": "Hong Kong, Macau, Taiwan", "zh-Hans": "香港、澳门、台湾"},
        ("CN-71", "CN-81", "CN-82"),
    ),
)
"""What a shop has until staff write zones of their own."""


def zone_of(zones: Sequence[Zone], place: Place) -> Zone | None:
    """The zone one of whose patterns names the place most closely; None where none does."""
    fits = [(max((fit(each, place) for each in zone.places), default=-1), zone) for zone in zones]
    best, found = max(fits, key=lambda pair: pair[0], default=(-1, None))
    return found if best >= 0 else None


def usual_zone(zones: Sequence[Zone]) -> Zone | None:
    """Where most parcels go: what is said before an address is known."""
    return zone_of(zones, Place()) or next(iter(zones), None)


def fit_zones(zones: Sequence[Zone], rates: Sequence[Rate]) -> None:
    """Raises Invalid for what cannot be kept."""
    wrong = {"zones": _wrong_zones(zones), "rates": _wrong_rates(zones, rates)}
    if any(wrong.values()):
        raise Invalid({name: text for name, text in wrong.items() if text})


def _wrong_zones(zones: Sequence[Zone]) -> str:
    places = Counter(place for zone in zones for place in zone.places)
    if len({zone.key for zone in zones}) < len(zones) or not 0 < len(zones) <= MOST_ZONES:
        return _("From one zone to %(most)s, each once.", most=MOST_ZONES)
    if not all(any(zone.name.values()) and zone.places for zone in zones):
        return _("A zone needs a name and a place.")
    if not all(is_pattern(place) for place in places):
        return _("A place is *, a country such as CN, or a region such as CN-44.")
    return _("A place belongs to one zone.") if max(places.values()) > 1 else ""


def _wrong_rates(zones: Sequence[Zone], rates: Sequence[Rate]) -> str:
    if any(rate.up_to <= 0 or rate.fee < 0 for rate in rates):
        return _("A step lies above 0, and its fee is 0 or more.")
    if len({(rate.zone, rate.up_to) for rate in rates}) < len(rates):
        return _("Each step may stand only once per zone.")
    unknown = {rate.zone for rate in rates} - {zone.key for zone in zones}
    return _("A rate belongs to a zone.") if unknown else ""
