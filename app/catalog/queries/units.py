"""Units of variants: how many there are, and how many of them somebody is paying for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Label, ScalarSelect, bindparam, func, select

from app.catalog.models import Hold, HoldState, Stock, Variant
from app.platform.db import Instant, db


@dataclass(frozen=True, slots=True)
class Units:
    """Free units at any location; `held` are promised to others until at latest `held_until`."""

    free: int
    held: int
    held_until: datetime | None


NOTHING: Final = Units(0, 0, None)


def held_of(figure: Any, *where: Any) -> ScalarSelect[Any]:
    """A figure of the holds on a row of stock that count at the parameter `now`."""
    return (
        select(figure)
        .where(
            Hold.stock_id == Stock.id,
            Hold.state == HoldState.LIVE,
            Hold.expires_at > bindparam("now", type_=Instant),
            *where,
        )
        .scalar_subquery()
    )


def units_of(on_hand: int | None, held: int | None, until: datetime | None) -> Units:
    """Of what the database has summed up; None where there was nothing to sum."""
    quantity = int(held or 0)
    return Units(max(int(on_hand or 0) - quantity, 0), quantity, until)


def free_units(variant_ids: Iterable[int], *, now: datetime, sparing: str = "") -> dict[int, Units]:
    """Units by variant. Expired holds do not count, nor do those of owner `sparing`."""
    ids = list(variant_ids)
    rows = db.session.execute(_OF_VARIANTS, {"ids": ids, "now": now, "sparing": sparing})
    found = {row.variant_id: units_of(row.on_hand, row.held, row.held_until) for row in rows}
    return {variant_id: found.get(variant_id, NOTHING) for variant_id in ids}


def units_of_each_variant() -> tuple[Label[Any], Label[Any], Label[Any]]:
    """`on_hand`, `held` and `held_until` for a statement of variants, to be read by `units_of`; its
    parameters are `now` and `sparing`.
    """
    held = (
        select(func.sum(Hold.quantity))
        .join(Stock, Stock.id == Hold.stock_id)
        .where(
            Stock.variant_id == Variant.id,
            Hold.state == HoldState.LIVE,
            Hold.expires_at > bindparam("now", type_=Instant),
            _OTHERS,
        )
        .correlate(Variant)
    )
    on_hand = select(func.sum(Stock.on_hand)).where(Stock.variant_id == Variant.id)
    until = held.with_only_columns(func.max(Hold.expires_at), maintain_column_froms=True)
    return (
        on_hand.correlate(Variant).scalar_subquery().label("on_hand"),
        held.scalar_subquery().label("held"),
        until.scalar_subquery().label("held_until"),
    )


_OTHERS = Hold.owner != bindparam("sparing")
_OF_VARIANTS: Final = (
    select(
        Stock.variant_id,
        func.sum(Stock.on_hand).label("on_hand"),
        func.sum(held_of(func.sum(Hold.quantity), _OTHERS)).label("held"),
        func.max(held_of(func.max(Hold.expires_at), _OTHERS)).label("held_until"),
    )
    .where(Stock.variant_id.in_(bindparam("ids", expanding=True)))
    .group_by(Stock.variant_id)
)
