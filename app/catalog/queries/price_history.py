"""What became of the price before of each variant, and what it was sold at, for its merchant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.catalog.models import PriceChange, Variant
from app.catalog.price_history import Asked, periods, struck
from app.platform.actor import Actor
from app.platform.configuration import settings
from app.platform.db import db
from app.platform.money import Money
from app.platform.rbac import visible

MOST_PERIODS = 20


@dataclass(frozen=True, slots=True)
class Sold:
    """It was sold at `price` from `start` until `end`, or is until now."""

    price: Money
    start: datetime
    end: datetime | None


@dataclass(frozen=True, slots=True)
class PriceSheet:
    """`before` is what was typed, `is_shown` whether the shop strikes it out, `lowest` the most it
    may be. `sold` has the last periods, the newest first.
    """

    before: Money | None
    is_shown: bool
    lowest: Money | None
    sold: tuple[Sold, ...]


def price_sheets(product_id: int, actor: Actor) -> Mapping[int, PriceSheet]:
    """By variant of the actor's product."""
    own = (Variant.product_id == product_id) & visible(actor, Variant)
    history: defaultdict[int, list[Asked]] = defaultdict(list)
    rows = select(PriceChange).join(Variant, Variant.id == PriceChange.variant_id).where(own)
    for row in db.session.scalars(rows.order_by(PriceChange.id)):
        history[row.variant_id].append(Asked(row.price, row.at))
    return {
        each.id: _sheet(each, history[each.id])
        for each in db.session.scalars(select(Variant).where(own))
    }


def _sheet(variant: Variant, history: list[Asked]) -> PriceSheet:
    currency = settings().currency
    before, lowest = variant.compare_at, variant.lowest_before
    sold = [Sold(Money(each.price, currency), each.start, each.end) for each in periods(history)]
    return PriceSheet(
        before=Money(before, currency) if before else None,
        is_shown=struck(price=variant.price, compare_at=before, lowest=lowest) is not None,
        lowest=Money(lowest, currency) if lowest is not None else None,
        sold=tuple(reversed(sold[-MOST_PERIODS:])),
    )
