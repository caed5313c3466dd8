"""Everything one product page shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select

from app.catalog.models import (
    Collection,
    Piece,
    Product,
    ProductKind,
    ProductState,
    Variant,
)
from app.catalog.queries.cards import product_path
from app.catalog.queries.listing.membership import is_small
from app.catalog.queries.parts import FaultView, parts_of
from app.catalog.queries.pictures import Picture
from app.catalog.queries.variants import VariantView, option_value, variants_of
from app.catalog.rules import MEASUREMENTS
from app.platform.addresses import queries as addresses
from app.platform.db import db
from app.platform.errors import NotFound
from app.platform.i18n import pick
from app.platform.money import Money

COLLECTION = "collection"
"""What collections are called among the addresses that changed."""


@dataclass(frozen=True, slots=True)
class PieceView:
    grade: str
    grade_evidence: str
    era: str
    year: int | None
    era_evidence: str
    origin: str
    origin_evidence: str
    measurements: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class ProductView:
    id: int
    merchant_id: int
    number: int
    slug: str
    state: str
    is_piece: bool
    garment: str
    title: str
    titles: Mapping[str, str]
    story: str
    brand: str
    material: str
    colour: str
    tax_class: str
    tags: tuple[str, ...]
    option_names: tuple[str, ...]
    variants: tuple[VariantView, ...]
    piece: PieceView | None
    faults: tuple[FaultView, ...]
    pictures: tuple[Picture, ...]
    collections: tuple[tuple[str, str], ...]
    version: int
    changed_at: datetime

    @property
    def path(self) -> str:
        return product_path(self.number, self.slug)

    @property
    def price(self) -> Money:
        return min(variant.price for variant in self.variants)

    @property
    def highest_price(self) -> Money:
        return max(variant.price for variant in self.variants)

    @property
    def was(self) -> Money | None:
        """The price before, where one price stands for all of it."""
        before = [variant.was for variant in self.variants if variant.was]
        is_all = len(before) == len(self.variants) and self.price == self.highest_price
        return min(before) if is_all else None

    @property
    def lowest(self) -> Money | None:
        """The lowest price of the 30 days before it was reduced."""
        known = [variant.lowest for variant in self.variants if variant.lowest]
        return min(known) if self.was and known else None

    @property
    def availability(self) -> str:
        states = {variant.availability for variant in self.variants}
        for state in ("available", "reserved"):
            if state in states:
                return state
        return "sold"


@dataclass(frozen=True, slots=True)
class LiveCollection:
    """A collection in the reader's words; without an id it is the whole shop.

    `leading` are the filters that stand before all others. One with a rule shows first what was put
    into it by hand. Of a small one a list looks up all members.
    """

    id: int | None
    slug: str
    title: str
    description: str
    leading: tuple[str, ...] = ()
    is_ruled: bool = False
    is_small: bool = False


def live_product(number: int, *, now: datetime) -> ProductView:
    """A product the public may see; raises NotFound. Sold ones stay."""
    row = db.session.execute(_LIVE, {"number": number}).one_or_none()
    if row is None:
        raise NotFound
    return view_of(row.Product, row.Piece, now=now)


def piece_of(variant_id: int, *, now: datetime) -> ProductView | None:
    """The one-of-a-kind piece behind a variant; None for what there are many of."""
    row = db.session.execute(
        select(Product, Piece)
        .join(Variant, Variant.product_id == Product.id)
        .join(Piece, Piece.product_id == Product.id)
        .where(Variant.id == variant_id, Product.kind == ProductKind.PIECE)
    ).one_or_none()
    return view_of(row.Product, row.Piece, now=now) if row is not None else None


def live_collection(slug: str) -> LiveCollection:
    """A collection by its address, or by one it had before; raises NotFound."""
    found = db.session.execute(_COLLECTION, {"slug": slug}).one_or_none()
    row, small = found or (None, False)
    if row is None:
        moved_id = addresses.now_at(collection_path(slug), COLLECTION)
        row = db.session.get(Collection, moved_id) if moved_id is not None else None
    if row is None:
        raise NotFound
    return LiveCollection(
        row.id,
        row.slug,
        pick(row.title),
        pick(row.description),
        tuple(row.leading),
        is_ruled=bool(row.rule),
        is_small=small,
    )


def collection_path(slug: str) -> str:
    return f"/c/{slug}"


def view_of(product: Product, piece: Piece | None, *, now: datetime) -> ProductView:
    parts = parts_of(product.id)
    return ProductView(
        id=product.id,
        merchant_id=product.merchant_id,
        number=product.number,
        slug=product.slug,
        state=product.state,
        is_piece=product.kind == ProductKind.PIECE,
        garment=product.garment,
        title=pick(product.title),
        titles=product.title,
        story=pick(product.story),
        brand=product.brand,
        material=pick(product.material),
        colour=product.colour,
        tax_class=product.tax_class,
        tags=parts.tags,
        option_names=tuple(option_value(name) for name in product.option_names.get("names", [])),
        variants=variants_of(product.id, now=now),
        piece=_piece(piece, product.garment) if piece else None,
        faults=parts.faults,
        pictures=parts.pictures,
        collections=parts.collections,
        version=product.version,
        changed_at=product.changed_at,
    )


def live_paths(*, limit: int) -> list[tuple[str, datetime]]:
    """(path, changed at) of live products, the newest № first, for the sitemap."""
    rows = db.session.execute(
        select(Product.number, Product.slug, Product.changed_at)
        .where(Product.state == ProductState.LIVE)
        .order_by(Product.number.desc())
        .limit(limit)
    )
    return [(product_path(row.number, row.slug), row.changed_at) for row in rows]


def _piece(piece: Piece, garment: str) -> PieceView:
    measured = tuple(
        (key, int(piece.measurements[key]))
        for key in MEASUREMENTS.get(garment, ())
        if piece.measurements.get(key)
    )
    return PieceView(
        grade=piece.grade,
        grade_evidence=pick(piece.grade_evidence),
        era=piece.era,
        year=piece.year,
        era_evidence=pick(piece.era_evidence),
        origin=piece.origin,
        origin_evidence=pick(piece.origin_evidence),
        measurements=measured,
    )


_LIVE: Final = (
    select(Product, Piece)
    .outerjoin(Piece, Piece.product_id == Product.id)
    .where(Product.number == bindparam("number"), Product.state == ProductState.LIVE)
)
_COLLECTION: Final = select(Collection, is_small()).where(Collection.slug == bindparam("slug"))
