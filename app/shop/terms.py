"""All that delivery and tax are reckoned with, in one query: every price that is shown needs it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import CompoundSelect, literal_column, null, select, union_all

from app.platform.db import db
from app.shop.models import DeliveryZone, ShippingRate, TaxClassRow, TaxRateRow
from app.shop.rules import Rate
from app.shop.taxes import Tax, TaxClass, TaxRate, TaxTable
from app.shop.zones import FIRST_ZONES, Basis, Zone

Found = Any
"""A row of `_everything`."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Zones in their order (those that staff wrote, else the first ones), rates lightest first."""

    zones: tuple[Zone, ...]
    rates: tuple[Rate, ...]
    taxes: TaxTable


def selling_terms() -> Terms:
    """What holds now, for every merchant."""
    rows: list[Found] = list(db.session.execute(_everything()))
    ordered = sorted(rows, key=lambda row: (row.position, row.key))
    by_kind: dict[str, list[Found]] = {"zone": [], "rate": [], "class": [], "tax": []}
    for row in ordered:
        by_kind[row.kind].append(row)
    return Terms(
        zones=tuple(map(_zone, by_kind["zone"])) or FIRST_ZONES,
        rates=tuple(Rate(row.key, row.position, row.amount) for row in by_kind["rate"]),
        taxes=TaxTable(
            tuple(TaxClass(row.key, row.name, bool(row.flag)) for row in by_kind["class"]),
            tuple(
                TaxRate(row.key, row.word, Tax(row.amount, bool(row.flag)))
                for row in by_kind["tax"]
            ),
        ),
    )


def _zone(row: Found) -> Zone:
    return Zone(row.key, row.name, tuple(row.places["patterns"]), Basis(row.word), row.amount)


def _everything() -> CompoundSelect[Any]:
    """Rows of four kinds in one shape; `position` orders those of a kind."""
    none = null()
    return union_all(
        select(
            literal_column("'zone'").label("kind"), DeliveryZone.key, DeliveryZone.name,
            DeliveryZone.places, DeliveryZone.basis.label("word"),
            DeliveryZone.free_over.label("amount"), DeliveryZone.position,
            literal_column("false").label("flag"),
        ),
        select(
            literal_column("'rate'"), ShippingRate.region_group, none, none, none,
            ShippingRate.fee, ShippingRate.max_weight_g, literal_column("false"),
        ),
        select(
            literal_column("'class'"), TaxClassRow.key, TaxClassRow.name, none, none, none,
            TaxClassRow.position, TaxClassRow.is_of_delivery,
        ),
        select(
            literal_column("'tax'"), TaxRateRow.tax_class, none, none, TaxRateRow.place,
            TaxRateRow.percent, TaxRateRow.id, TaxRateRow.is_included,
        ),
    )  # fmt: skip
