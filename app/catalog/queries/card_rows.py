"""The rows behind product cards: one query however many."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select

from app.catalog.models import Hold, HoldState, Piece, Product, Stock, Variant


def card_rows(product_ids: Sequence[int], now: datetime) -> Select[*tuple[Any, ...]]:
    """One row per product with its prices, its units and those of them that are held at `now`."""
    prices = (
        select(
            Variant.product_id,
            func.min(Variant.price).label("low"),
            func.max(Variant.price).label("high"),
            func.min(Variant.compare_at).label("compare_at"),
            func.min(_is_struck()).label("is_reduced"),
        )
        .where(Variant.product_id.in_(product_ids), Variant.retired.is_(False))
        .group_by(Variant.product_id)
        .subquery()
    )
    live_holds = (
        select(Hold.stock_id, func.sum(Hold.quantity).label("quantity"))
        .join(Stock, Stock.id == Hold.stock_id)
        .join(Variant, Variant.id == Stock.variant_id)
        .where(
            Variant.product_id.in_(product_ids), Hold.state == HoldState.LIVE, Hold.expires_at > now
        )
        .group_by(Hold.stock_id)
        .subquery()
    )
    stock = (
        select(
            Variant.product_id,
            func.sum(Stock.on_hand).label("on_hand"),
            func.sum(func.coalesce(live_holds.c.quantity, 0)).label("held"),
        )
        .join(Stock, Stock.variant_id == Variant.id)
        .outerjoin(live_holds, live_holds.c.stock_id == Stock.id)
        .where(Variant.product_id.in_(product_ids), Variant.retired.is_(False))
        .group_by(Variant.product_id)
        .subquery()
    )
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
            prices.c.low,
            prices.c.high,
            prices.c.compare_at,
            prices.c.is_reduced,
            func.coalesce(stock.c.on_hand, 0).label("on_hand"),
            func.coalesce(stock.c.held, 0).label("held"),
        )
        .outerjoin(Piece, Piece.product_id == Product.id)
        .outerjoin(prices, prices.c.product_id == Product.id)
        .outerjoin(stock, stock.c.product_id == Product.id)
        .where(Product.id.in_(product_ids))
    )


def _is_struck() -> ColumnElement[int]:
    """1 where a variant's price before may be shown, as `app.catalog.price_history.struck` says."""
    may_be = and_(Variant.compare_at > Variant.price, Variant.compare_at <= Variant.lowest_before)
    return case((may_be, 1), else_=0)
