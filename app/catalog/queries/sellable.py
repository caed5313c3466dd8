"""What bag and checkout need to know of variants, always from the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam, select

from app.catalog.models import (
    Fault,
    Media,
    Piece,
    Product,
    ProductImage,
    ProductKind,
    ProductState,
    Variant,
)
from app.catalog.queries.cards import product_path
from app.catalog.queries.pictures import Picture, picture_of
from app.catalog.queries.units import Units, units_of, units_of_each_variant
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
    """Variants by id, live or not; unknown ids are absent. One query however many.

    Expired holds do not count, nor do those of owner `sparing`.
    """
    ids = list(dict.fromkeys(variant_ids))
    if not ids:
        return {}
    by_variant: dict[int, list[Any]] = {}
    for row in db.session.execute(_SELLABLE, {"ids": ids, "now": now, "sparing": sparing}):
        by_variant.setdefault(row.variant_id, []).append(row)
    return {variant_id: _sellable(rows) for variant_id, rows in by_variant.items()}


def _sellable(rows: Sequence[Row[Any]]) -> Sellable:
    """Of a variant's rows, one for each fault of its product."""
    first = rows[0]
    return Sellable(
        variant_id=first.variant_id,
        product_id=first.product_id,
        merchant_id=first.merchant_id,
        number=first.number,
        slug=first.slug,
        is_piece=first.kind == ProductKind.PIECE,
        is_live=first.state == ProductState.LIVE and not first.retired,
        titles=first.title,
        options=first.options,
        sku=first.sku,
        price=first.price,
        weight_g=first.weight_g,
        tax_class=first.tax_class,
        picture=_cover(first),
        faults=tuple(
            row.fault for row in rows if row.fault_id is not None and row.image_id == first.image_id
        ),
        grade=first.grade or "",
        units=units_of(first.on_hand, first.held, first.held_until),
    )


def _cover(row: Row[Any]) -> Picture | None:
    return None if row.image_id is None else picture_of(row, id_=row.image_id, alt=pick(row.alt))


_SELLABLE: Final = (
    select(
        Variant.id.label("variant_id"), Variant.options, Variant.sku, Variant.price,
        Variant.weight_g, Variant.retired, Product.id.label("product_id"), Product.merchant_id,
        Product.number, Product.slug, Product.kind, Product.state, Product.title,
        Product.tax_class, Piece.grade, ProductImage.id.label("image_id"), ProductImage.alt,
        Media.sources, Media.width, Media.height, Media.dominant, Fault.id.label("fault_id"),
        Fault.description.label("fault"), *units_of_each_variant(),
    )
    .join(Product, Product.id == Variant.product_id)
    .outerjoin(Piece, Piece.product_id == Product.id)
    .outerjoin(
        ProductImage, (ProductImage.product_id == Product.id) & (ProductImage.position == 0)
    )
    .outerjoin(Media, Media.id == ProductImage.media_id)
    .outerjoin(Fault, Fault.product_id == Product.id)
    .where(Variant.id.in_(bindparam("ids", expanding=True)))
    .order_by(Variant.id, ProductImage.id, Fault.position, Fault.id)
)  # fmt: skip
