"""Pieces by their measured chest, in a few bands that people know themselves by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import ColumnElement, and_, case, func, select

from app.catalog.models import Piece, Product, ProductState, Stock, Variant
from app.catalog.queries.cards import PAGE_SIZE, CardPage, cards
from app.platform import numbers
from app.platform.db import db

EDGES = (880, 960, 1040, 1120)
"""Millimetres around the chest at which a new band begins."""
LARGEST = 1000
"""Centimetres no garment reaches; a larger number is no size."""


@dataclass(frozen=True, slots=True)
class Band:
    """From `low` up to but not including `high`, in millimetres; None where it is open."""

    low: int | None
    high: int | None
    count: int = 0

    @property
    def key(self) -> str:
        """`96-104` in an address, in centimetres; an open end is left out."""
        return "-".join(str(edge // 10) if edge else "" for edge in (self.low, self.high))


BANDS = tuple(Band(low, high) for low, high in zip((None, *EDGES), (*EDGES, None), strict=True))


def band(key: str) -> Band | None:
    """The band that an address names, be it whole (`96-104`) or by one size in it (`100`)."""
    size = numbers.whole(key)
    return next((one for one in BANDS if one.key == key or _is_within(one, size)), None)


def counted() -> list[Band]:
    """Every band with how many pieces of it can still be bought; one query."""
    place = case(
        *((_chest() < edge, number) for number, edge in enumerate(EDGES)), else_=len(EDGES)
    ).label("place")
    rows = db.session.execute(
        select(place, func.count())
        .select_from(Piece)
        .join(Product, Product.id == Piece.product_id)
        .where(_can_be_bought())
        .group_by(place)
    )
    found = {int(row[0]): int(row[1]) for row in rows}
    return [Band(one.low, one.high, found.get(at, 0)) for at, one in enumerate(BANDS)]


def listing(wanted: Band, *, pages: range, now: datetime) -> CardPage:
    """So many pages of what can be bought in a band, newest first."""
    inside = [_can_be_bought()]
    if wanted.low is not None:
        inside.append(_chest() >= wanted.low)
    if wanted.high is not None:
        inside.append(_chest() < wanted.high)
    products = select(Product.id).join(Piece, Piece.product_id == Product.id).where(*inside)
    total = db.session.scalar(select(func.count()).select_from(products.subquery())) or 0
    ids = db.session.scalars(
        products.order_by(Product.first_live_at.desc(), Product.id.desc())
        .limit(PAGE_SIZE * len(pages))
        .offset((pages[0] - 1) * PAGE_SIZE)
    ).all()
    return CardPage(tuple(cards(ids, now=now)), total, pages[-1], pages[0])


def _is_within(one: Band, centimetres: int | None) -> bool:
    if centimetres is None or not 0 < centimetres < LARGEST:
        return False
    return (one.low or 0) <= centimetres * 10 < (one.high or LARGEST * 10)


def _chest() -> ColumnElement[int]:
    return cast("ColumnElement[int]", Piece.measurements["chest"].as_integer())


def _can_be_bought() -> ColumnElement[bool]:
    """Live, with a chest, and in stock."""
    in_stock = (
        select(Stock.id)
        .join(Variant, Variant.id == Stock.variant_id)
        .where(Variant.product_id == Product.id, Variant.retired.is_(False), Stock.on_hand > 0)
        .exists()
    )
    return and_(Product.state == ProductState.LIVE, _chest() > 0, in_stock)
