"""The variants of a product as its page shows them: price, price before, units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, func, select

from app.catalog.models import Hold, Stock, Variant
from app.catalog.price_history import struck
from app.catalog.queries.units import Units, held_of, units_of
from app.platform.configuration import settings
from app.platform.content.reading import about, holds_until
from app.platform.db import db
from app.platform.i18n import pick
from app.platform.money import Money


@dataclass(frozen=True, slots=True)
class VariantView:
    """`free` units can be bought now; `held` more are promised to somebody who is paying.

    `was` is the price before, and `lowest` the lowest of the 30 days before the price of now, where
    they may be shown.
    """

    id: int
    sku: str
    label: str
    price: Money
    was: Money | None
    lowest: Money | None
    free: int
    held: int
    held_until: datetime | None
    weight_g: int

    @property
    def availability(self) -> str:
        if self.free > 0:
            return "available"
        return "reserved" if self.held > 0 else "sold"


def variants_of(product_id: int, *, now: datetime) -> tuple[VariantView, ...]:
    """Those that are not retired, in their order."""
    with about([product_id]):
        rows = db.session.execute(_OF_PRODUCT, {"product": product_id, "now": now}).all()
    holds_until(*(row.first_held_until for row in rows), now=now)
    return tuple(
        _variant(row.Variant, units_of(row.on_hand, row.held, row.held_until)) for row in rows
    )


def option_label(options: Mapping[str, object]) -> str:
    """`M · Indigo` out of the option values of a variant; empty for a piece."""
    return " · ".join(option_value(value) for value in options.get("values", []))  # type: ignore[attr-defined]


def option_value(value: object) -> str:
    """One option, in the reader's language where it has several."""
    return pick(value) if isinstance(value, dict) else str(value)


def _variant(variant: Variant, units: Units) -> VariantView:
    currency = settings().currency
    lowest = variant.lowest_before
    was = struck(price=variant.price, compare_at=variant.compare_at, lowest=lowest)
    return VariantView(
        id=variant.id,
        sku=variant.sku,
        label=option_label(variant.options),
        price=Money(variant.price, currency),
        was=Money(was, currency) if was else None,
        lowest=Money(lowest, currency) if was and lowest else None,
        free=units.free,
        held=units.held,
        held_until=units.held_until,
        weight_g=variant.weight_g,
    )


_OF_PRODUCT: Final = (
    select(
        Variant,
        func.sum(Stock.on_hand).label("on_hand"),
        func.sum(held_of(func.sum(Hold.quantity))).label("held"),
        func.max(held_of(func.max(Hold.expires_at))).label("held_until"),
        func.min(held_of(func.min(Hold.expires_at))).label("first_held_until"),
    )
    .outerjoin(Stock, Stock.variant_id == Variant.id)
    .where(Variant.product_id == bindparam("product"), Variant.retired.is_(False))
    .group_by(Variant.id)
    .order_by(Variant.position, Variant.id)
)
