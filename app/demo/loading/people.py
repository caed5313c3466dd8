"""Merchants, teams and stores of the demo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.demo import queries as known
from app.demo.copy.shop import MERCHANTS, STORES
from app.demo.copy.types import Merchant
from app.platform.actor import SYSTEM
from app.shop.commands import (
    NewLocation,
    NewStaff,
    create_location,
    create_merchant,
    create_staff,
    replace_shipping_rates,
)
from app.shop.models import LocationKind, Role
from app.shop.queries import shipping_rates
from app.shop.rules import FIRST_RATES

PASSWORD = "vitrine-demo"  # noqa: S105  (printed at the start; production refuses to load the demo)
TEAM = (
    ("house", Role.OWNER, "owner@vitrine.example", "Dora Demo"),
    ("house", Role.EDITOR, "editor@vitrine.example", "Edda Demo"),
    ("house", Role.FULFILMENT, "packer@vitrine.example", "Pan Demo"),
    ("house", Role.SUPPORT, "support@vitrine.example", "Sol Demo"),
    ("house", Role.LEADER, "leader@vitrine.example", "Lena Demo"),
    ("house", Role.READONLY, "reader@vitrine.example", "Rui Demo"),
    ("consignor", Role.OWNER, "north@vitrine.example", "Nora Demo"),
)

FIRST_OWNER = TEAM[0][2:]
LEADER = next(member[2:] for member in TEAM if member[1] is Role.LEADER)


@dataclass(frozen=True, slots=True)
class Places:
    """Ids by key: merchants, and the location where each merchant's goods lie by store key."""

    merchants: dict[str, int]
    locations: dict[tuple[str, str], int]


def load(*, now: datetime) -> Places:
    """Create what is missing; whatever is there stays as it is."""
    merchants: dict[str, int] = {copy.key: _merchant(copy, now=now) for copy in MERCHANTS}
    if not shipping_rates():
        replace_shipping_rates(FIRST_RATES, actor=SYSTEM, now=now)
    locations: dict[tuple[str, str], int] = {}
    for position, store in enumerate(STORES):
        for key, merchant_id in merchants.items():
            new = NewLocation(
                key=store.key if key == "house" else f"{store.key}-{key}",
                kind=LocationKind.STORE if key == "house" else LocationKind.WAREHOUSE,
                name=store.name.bilingual(),
                address=store.address.bilingual(),
                hours=store.hours.bilingual(),
                phone=store.phone,
                offers_pickup=key == "house",
                position=position,
            )
            locations[key, store.key] = _location(merchant_id, new, now=now)
    for key, role, email, name in TEAM:
        _staff(merchants[key], NewStaff(email, name, role, PASSWORD), now=now)
    return Places(merchants, locations)


def _merchant(copy: Merchant, *, now: datetime) -> int:
    return known.merchant_id(copy.key) or create_merchant(
        copy.key,
        name=copy.name.bilingual(),
        email=copy.email,
        is_house=copy.key == "house",
        actor=SYSTEM,
        now=now,
    )


def _location(merchant_id: int, new: NewLocation, *, now: datetime) -> int:
    there = known.location_id(merchant_id, new.key)
    return there or create_location(merchant_id, new, actor=SYSTEM, now=now)


def _staff(merchant_id: int, new: NewStaff, *, now: datetime) -> None:
    if known.staff_id(new.email) is None:
        create_staff(merchant_id, new, actor=SYSTEM, now=now)
