"""What bag and checkout need to know of variants, always from the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.catalog.models import (
    Fault,
    Piece,
    Product,
    ProductKind,
    ProductState,
    Variant,
)
from app.catalog.queries.cards import product_path
from app.catalog.queries.pictures import Picture, of_products
from app.catalog.queries.units import Units, free_units
from app.platform.db import db
from app.platform.i18n import pick


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


def sellable(
    variant_ids: Iterable[int], *, now: datetime, sparing: str = ""
) -> dict[int, Sellable]:
    """Variants by id, live or not; unknown ids are absent. Four queries however many."""
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
