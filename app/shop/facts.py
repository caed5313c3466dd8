"""What the whole shop has few of and every page needs: sellers, stores, delivery, taxes; one query.

Rows of several kinds in one shape, to which a module above adds kinds of its own (`asked`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    literal_column,
    null,
    select,
    union_all,
)

from app.platform.db import db
from app.shop.models import (
    DeliveryZone,
    Location,
    Merchant,
    ShippingRate,
    TaxClassRow,
    TaxRateRow,
)
from app.shop.rules import Rate
from app.shop.taxes import Tax, TaxClass, TaxRate, TaxTable
from app.shop.zones import FIRST_ZONES, Basis, Zone

Fact = Any
"""A row: `kind`, `position` that orders those of a kind, `id`, `key`, `word`, `amount`, `flag`, and
texts or other JSON in `name`, `about` and `more`; None where a kind has no such thing.
"""
Part = Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Terms:
    """All that delivery and tax are reckoned with. Zones in their order (those that staff wrote,
    else the first ones), rates lightest first.
    """

    zones: tuple[Zone, ...]
    rates: tuple[Rate, ...]
    taxes: TaxTable


@dataclass(frozen=True, slots=True)
class Seller:
    """A merchant, as everybody may know them."""

    id: int
    name: Mapping[str, str]
    email: str
    is_house: bool


@dataclass(frozen=True, slots=True)
class Store:
    """Where a shopper may collect."""

    id: int
    merchant_id: int
    name: Mapping[str, str]
    address: Mapping[str, str]
    hours: Mapping[str, str]


class Facts:
    """Rows by kind; what they mean is worked out when it is asked for."""

    def __init__(self, rows: Sequence[Fact]) -> None:
        self._kinds: dict[str, list[Fact]] = {}
        for row in sorted(rows, key=lambda row: (row.position, row.id, row.key)):
            self._kinds.setdefault(row.kind, []).append(row)

    def of(self, kind: str) -> Sequence[Fact]:
        """Rows of a kind, in their order."""
        return self._kinds.get(kind, ())

    @cached_property
    def sellers(self) -> tuple[Seller, ...]:
        """Every merchant, the house first."""
        found = [Seller(row.id, row.name, row.word, bool(row.flag)) for row in self.of("seller")]
        return tuple(sorted(found, key=lambda one: not one.is_house))

    @cached_property
    def stores(self) -> tuple[Store, ...]:
        """Of every merchant, in the order they are shown."""
        return tuple(
            Store(row.id, row.amount, row.name, row.about, row.more) for row in self.of("store")
        )

    @cached_property
    def terms(self) -> Terms:
        return Terms(
            zones=tuple(map(_zone, self.of("zone"))) or FIRST_ZONES,
            rates=tuple(Rate(row.key, row.position, row.amount) for row in self.of("rate")),
            taxes=TaxTable(
                tuple(TaxClass(row.key, row.name, bool(row.flag)) for row in self.of("class")),
                tuple(
                    TaxRate(row.key, row.word, Tax(row.amount, bool(row.flag)))
                    for row in self.of("tax")
                ),
            ),
        )


def asked(*parts: Part) -> CompoundSelect[Any]:
    """The statement that reads all facts, those of the parts as well; to be made once."""
    return union_all(*_TERMS, *_PEOPLE, *parts)


def read(statement: CompoundSelect[Any]) -> Facts:
    """What holds now."""
    return Facts(db.session.execute(statement).all())


def everything() -> Facts:
    """Sellers, stores, delivery and taxes, as they are now."""
    return read(_EVERYTHING)


def selling_terms() -> Terms:
    """What delivery and tax are reckoned with now, for every merchant; one query."""
    return read(_ONLY_TERMS).terms


def _zone(row: Fact) -> Zone:
    return Zone(row.key, row.name, tuple(row.about["patterns"]), Basis(row.word), row.amount)


_NONE = null()
_NO: ColumnElement[bool] = literal_column("false")
# The first part gives the columns their types, on PostgreSQL as well: none of its JSON is NULL.
_TERMS: tuple[Part, ...] = (
    select(
        literal_column("'zone'").label("kind"), DeliveryZone.position.label("position"),
        literal_column("0").label("id"), DeliveryZone.key.label("key"),
        DeliveryZone.basis.label("word"), DeliveryZone.free_over.label("amount"),
        _NO.label("flag"), DeliveryZone.name.label("name"), DeliveryZone.places.label("about"),
        DeliveryZone.places.label("more"),
    ),
    select(
        literal_column("'rate'"), ShippingRate.max_weight_g, ShippingRate.id,
        ShippingRate.region_group, _NONE, ShippingRate.fee, _NO, _NONE, _NONE, _NONE,
    ),
    select(
        literal_column("'class'"), TaxClassRow.position, literal_column("0"), TaxClassRow.key,
        _NONE, _NONE, TaxClassRow.is_of_delivery, TaxClassRow.name, _NONE, _NONE,
    ),
    select(
        literal_column("'tax'"), TaxRateRow.id, TaxRateRow.id, TaxRateRow.tax_class,
        TaxRateRow.place, TaxRateRow.percent, TaxRateRow.is_included, _NONE, _NONE, _NONE,
    ),
)  # fmt: skip
_PEOPLE: tuple[Part, ...] = (
    select(
        literal_column("'seller'"), Merchant.id, Merchant.id, Merchant.key, Merchant.email, _NONE,
        Merchant.is_house, Merchant.name, _NONE, _NONE,
    ),
    select(
        literal_column("'store'"), Location.position, Location.id, Location.key, _NONE,
        Location.merchant_id, _NO, Location.name, Location.address, Location.hours,
    ).where(Location.offers_pickup),
)  # fmt: skip
_EVERYTHING = asked()
_ONLY_TERMS = union_all(*_TERMS)
