"""What bag and checkout need to know of variants, always from the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from app.catalog.models import (
    Fault,
    Hold,
    HoldState,
    Piece,
    Product,
    ProductKind,
    ProductState,
    Stock,
    Variant,
)
from app.catalog.queries.cards import product_path
from app.catalog.queries.pictures import Picture, of_products
from app.platform.db import db
from app.platform.i18n import pick


@dataclass(frozen=True, slots=True)
class Units:
    """Free units at any location; `held` are promised to others until at latest `held_until`."""

    free: int
    held: int
    held_until: datetime | None


NOTHING = Units(0, 0, None)


@dataclass(frozen=True, slots=True)
class Sellable:
    """A variant as it can be bought now.

    `price` is minor units; `titles` and `options` keep both languages.
    """

    variant_id: int
    product_id: int
    merchant_id: int
    number: int
    slug: str
    is_piece: bool
    is_live: bool
    titles: Mapping[str, str]
    options: Mapping[str, Any]
    sku: str
    price: int
    weight_g: int
    tax_class: str
    picture: Picture | None
    faults: tuple[Mapping[str, str], ...]
    grade: str
    units: Units

    @property
    def title(self) -> str:
        return pick(self.titles)

    @property
    def path(self) -> str:
        return product_path(self.number, self.slug)


def free_units(variant_ids: Iterable[int], *, now: datetime, sparing: str = "") -> dict[int, Units]:
    """Units by variant. Expired holds do not count, nor do those of owner `sparing`."""
    ids = list(variant_ids)
    found = dict.fromkeys(ids, NOTHING)
    counted = db.session.execute(
        select(Stock.variant_id, func.sum(Stock.on_hand))
        .where(Stock.variant_id.in_(ids))
        .group_by(Stock.variant_id)
    )
    on_hand = {variant_id: int(units) for variant_id, units in counted}
    holds = db.session.execute(
        select(Stock.variant_id, func.sum(Hold.quantity), func.max(Hold.expires_at))
        .join(Stock, Stock.id == Hold.stock_id)
        .where(
            Stock.variant_id.in_(ids),
            Hold.state == HoldState.LIVE,
            Hold.expires_at > now,
            Hold.owner != sparing,
        )
        .group_by(Stock.variant_id)
    )
    held = {variant_id: (int(quantity), until) for variant_id, quantity, until in holds}
    for variant_id in ids:
        quantity, until = held.get(variant_id, (0, None))
        free = max(on_hand.get(variant_id, 0) - quantity, 0)
        found[variant_id] = Units(free, quantity, until)
    return found


def sellable(
    variant_ids: Iterable[int], *, now: datetime, sparing: str = ""
) -> dict[int, Sellable]:
    """Variants by id, live or not; unknown ids are absent. Five queries however many."""
    ids = list(dict.fromkeys(variant_ids))
    rows = db.session.execute(
        select(Variant, Product, Piece.grade)
        .join(Product, Product.id == Variant.product_id)
        .outerjoin(Piece, Piece.product_id == Product.id)
        .where(Variant.id.in_(ids))
    ).all()
    units = free_units(ids, now=now, sparing=sparing)
    product_ids = [product.id for _variant, product, _grade in rows]
    pictures = of_products(product_ids, first_only=True)
    faults = _faults(product_ids)
    return {
        variant.id: Sellable(
            variant_id=variant.id,
            product_id=product.id,
            merchant_id=product.merchant_id,
            number=product.number,
            slug=product.slug,
            is_piece=product.kind == ProductKind.PIECE,
            is_live=product.state == ProductState.LIVE and not variant.retired,
            titles=product.title,
            options=variant.options,
            sku=variant.sku,
            price=variant.price,
            weight_g=variant.weight_g,
            tax_class=product.tax_class,
            picture=next(iter(pictures.get(product.id, [])), None),
            faults=tuple(faults.get(product.id, [])),
            grade=grade or "",
            units=units[variant.id],
        )
        for variant, product, grade in rows
    }


def _faults(product_ids: list[int]) -> dict[int, list[Mapping[str, str]]]:
    statement = (
        select(Fault)
        .where(Fault.product_id.in_(product_ids))
        .order_by(Fault.product_id, Fault.position)
    )
    found: dict[int, list[Mapping[str, str]]] = {}
    for fault in db.session.scalars(statement):
        found.setdefault(fault.product_id, []).append(fault.description)
    return found
