"""The rows behind product cards: one query however many, made once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, case, func, select

from app.catalog.models import (
    IN_STOCK,
    Hold,
    ListedProduct,
    Media,
    Piece,
    Product,
    ProductImage,
    Stock,
    Variant,
)
from app.catalog.queries.units import held_of
from app.platform.content.reading import about
from app.platform.db import read_rows

CardRow = Row[*tuple[Any, ...]]


def rows_of(product_ids: Sequence[int], *, now: datetime) -> dict[int, CardRow]:
    """By product: its prices, its units, those of them that are held at `now`, when the first of
    these is free again, and its cover.
    """
    with about(product_ids):
        found = read_rows(_OF_THESE, {"ids": product_ids, "now": now})
    return _first_of_each(found)


def rows_alike(product_id: int, most: int, *, now: datetime) -> list[CardRow]:
    """The newest other things of the same garment type that can still be bought."""
    with about() as products:
        found = read_rows(_ALIKE, {"like": product_id, "most": most, "now": now})
        first = _first_of_each(found)
        products.update(first)
    return list(first.values())


def _first_of_each(found: Iterable[CardRow]) -> dict[int, CardRow]:
    """Were there two covers, the first counts."""
    first: dict[int, CardRow] = {}
    for row in found:
        first.setdefault(row.id, row)
    return first


def _statement() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Product.id,
            Product.number,
            Product.slug,
            Product.title,
            Product.kind,
            Product.garment,
            Product.first_live_at,
            Piece.grade,
            Piece.era,
            Piece.measurements,
            func.min(Variant.price).label("low"),
            func.max(Variant.price).label("high"),
            func.min(Variant.compare_at).label("compare_at"),
            func.min(_is_struck()).label("is_reduced"),
            func.coalesce(func.sum(Stock.on_hand), 0).label("on_hand"),
            func.coalesce(func.sum(held_of(func.sum(Hold.quantity))), 0).label("held"),
            func.min(held_of(func.min(Hold.expires_at))).label("held_until"),
            ProductImage.id.label("image_id"),
            ProductImage.alt,
            Media.sources,
            Media.width,
            Media.height,
            Media.dominant,
        )
        .outerjoin(Piece, Piece.product_id == Product.id)
        .outerjoin(Variant, and_(Variant.product_id == Product.id, Variant.retired.is_(False)))
        .outerjoin(Stock, Stock.variant_id == Variant.id)
        .outerjoin(
            ProductImage, and_(ProductImage.product_id == Product.id, ProductImage.position == 0)
        )
        .outerjoin(Media, Media.id == ProductImage.media_id)
        .group_by(Product.id, Piece.product_id, ProductImage.id, Media.id)
    )


def _is_struck() -> ColumnElement[int]:
    """1 where a variant's price before may be shown, as `app.catalog.price_history.struck` says."""
    may_be = and_(Variant.compare_at > Variant.price, Variant.compare_at <= Variant.lowest_before)
    return case((may_be, 1), else_=0)


def _newest_alike() -> Select[int]:
    garment = select(Product.garment).where(Product.id == bindparam("like")).scalar_subquery()
    return (
        select(ListedProduct.product_id)
        .where(
            ListedProduct.gone_at == IN_STOCK,
            ListedProduct.garment == garment,
            ListedProduct.product_id != bindparam("like"),
        )
        .order_by(ListedProduct.first_live_at.desc(), ListedProduct.product_id.desc())
        .limit(bindparam("most"))
    )


_OF_THESE: Final = (
    _statement()
    .where(Product.id.in_(bindparam("ids", expanding=True)))
    .order_by(Product.id, ProductImage.id)
)
_ALIKE: Final = (
    _statement()
    .where(Product.id.in_(_newest_alike()))
    .order_by(Product.first_live_at.desc(), Product.id.desc(), ProductImage.id)
)
