"""Everything that is offered, in pieces of a fixed size, for whoever lists it elsewhere."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select

from app.catalog.models import (
    Hold,
    HoldState,
    Piece,
    Product,
    ProductKind,
    ProductState,
    Stock,
    StockMovement,
    Variant,
)
from app.catalog.price_history import struck
from app.catalog.queries.pictures import Picture, of_products
from app.catalog.queries.units import free_units
from app.platform.db import db

BATCH: Final = 200


@dataclass(frozen=True, slots=True)
class Offer:
    """One variant that is listed; `was` is the price before where it may be shown."""

    product: Product
    piece: Piece | None
    variant: Variant
    is_only: bool
    is_free: bool
    was: int | None
    pictures: Sequence[Picture]


def mark(*, now: datetime) -> str:
    """The same mark means the same list. Asked of sums and greatest ids; one row however many
    products.
    """
    live = Product.state == ProductState.LIVE
    holding = (Hold.state == HoldState.LIVE, Hold.expires_at > now)
    row = db.session.execute(
        select(
            select(func.count()).select_from(Product).where(live).scalar_subquery(),
            select(func.sum(Product.version)).where(live).scalar_subquery(),
            select(func.max(Product.changed_at)).where(live).scalar_subquery(),
            select(func.max(StockMovement.id)).scalar_subquery(),
            select(func.max(StockMovement.moved_at)).scalar_subquery(),
            select(func.count()).select_from(Hold).where(*holding).scalar_subquery(),
            select(func.max(Hold.id)).where(*holding).scalar_subquery(),
        )
    ).one()
    return hashlib.sha256(repr(tuple(row)).encode()).hexdigest()[:20]


def offers(*, after: int, now: datetime, batch: int = BATCH) -> tuple[list[Offer], int | None]:
    """Of the live products behind an id, and the id to go on with, None after the last.

    A piece that is sold is gone; a size that is sold out says so. Six queries, and nothing stays in
    the session.
    """
    rows = db.session.execute(
        select(Product, Piece)
        .outerjoin(Piece, Piece.product_id == Product.id)
        .where(Product.state == ProductState.LIVE, Product.id > after)
        .order_by(Product.id)
        .limit(batch)
    ).all()
    if not rows:
        return [], None
    found = _offers([(row.Product, row.Piece) for row in rows], now)
    db.session.expunge_all()
    return found, rows[-1].Product.id


def _offers(rows: Sequence[tuple[Product, Piece | None]], now: datetime) -> list[Offer]:
    ids = [product.id for product, _piece in rows]
    variants = _variants(ids)
    shown = [one for each in variants.values() for one in each]
    units = free_units([one.id for one in shown], now=now)
    on_hand = _on_hand([one.id for one in shown])
    pictures = of_products(ids)
    return [
        Offer(
            product=product,
            piece=piece,
            variant=variant,
            is_only=len(variants[product.id]) == 1,
            is_free=units[variant.id].free > 0,
            was=struck(
                price=variant.price, compare_at=variant.compare_at, lowest=variant.lowest_before
            ),
            pictures=pictures.get(product.id, ()),
        )
        for product, piece in rows
        for variant in variants[product.id]
        if pictures.get(product.id)
        and (product.kind != ProductKind.PIECE or on_hand.get(variant.id))
    ]


def _variants(product_ids: Sequence[int]) -> Mapping[int, list[Variant]]:
    statement = (
        select(Variant)
        .where(Variant.product_id.in_(product_ids), Variant.retired.is_(False))
        .order_by(Variant.product_id, Variant.position, Variant.id)
    )
    grouped: defaultdict[int, list[Variant]] = defaultdict(list)
    for variant in db.session.scalars(statement):
        grouped[variant.product_id].append(variant)
    return grouped


def _on_hand(variant_ids: Sequence[int]) -> Mapping[int, int]:
    rows = db.session.execute(
        select(Stock.variant_id, func.sum(Stock.on_hand))
        .where(Stock.variant_id.in_(variant_ids))
        .group_by(Stock.variant_id)
    )
    return {variant_id: int(units) for variant_id, units in rows}
