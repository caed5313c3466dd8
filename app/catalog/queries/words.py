"""The words of each live product, for whoever indexes them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select

from app.catalog.models import (
    Collection,
    Piece,
    Product,
    ProductState,
    ProductTag,
    Variant,
)
from app.catalog.queries.memberships import memberships
from app.catalog.rules import MEASUREMENT_NAMES, TAGS, centimetres
from app.platform.db import db
from app.platform.i18n import LANGUAGES, speaking


@dataclass(frozen=True, slots=True)
class ProductWords:
    """Both languages of everything a product may be found by."""

    product_id: int
    number: int
    titles: dict[str, str]
    stories: dict[str, str]
    brand: str
    era: str
    year: str
    materials: dict[str, str]
    origin: str
    colour: str
    garment: str
    options: tuple[str, ...]
    tags: tuple[str, ...]
    skus: tuple[str, ...]
    measurements: tuple[str, ...]
    collections: tuple[str, ...]
    version: int


def searchable_ids() -> Iterable[int]:
    """Every product that anyone may see."""
    return db.session.scalars(select(Product.id).where(Product.state == ProductState.LIVE)).all()


def words_of(product_ids: Sequence[int]) -> list[ProductWords]:
    """The words of those that are live; four queries however many."""
    rows = db.session.execute(
        select(Product, Piece.era, Piece.year, Piece.origin, Piece.measurements)
        .outerjoin(Piece, Piece.product_id == Product.id)
        .where(Product.id.in_(product_ids), Product.state == ProductState.LIVE)
    ).all()
    tags = _grouped(
        select(ProductTag.product_id, ProductTag.tag)
        .where(ProductTag.product_id.in_(product_ids))
        .order_by(ProductTag.position)
    )
    skus, options = _of_variants(product_ids)
    membership = memberships(product_ids)
    collections = _grouped(
        select(membership.c.product_id, Collection.slug)
        .join(membership, Collection.id == membership.c.collection_id)
        .order_by(Collection.position, Collection.id)
    )
    return [
        ProductWords(
            product_id=product.id,
            number=product.number,
            titles=dict(product.title),
            stories=dict(product.story),
            brand=product.brand,
            era=era or "",
            year=str(year or ""),
            materials=dict(product.material),
            origin=origin or "",
            colour=product.colour,
            garment=product.garment,
            options=tuple(options[product.id]),
            tags=in_every_language(tags[product.id]),
            skus=tuple(skus[product.id]),
            measurements=measured(measurements or {}),
            collections=tuple(collections[product.id]),
            version=product.version,
        )
        for product, era, year, origin, measurements in rows
    ]


def _of_variants(
    product_ids: Sequence[int],
) -> tuple[defaultdict[int, list[str]], defaultdict[int, dict[str, None]]]:
    """The SKUs of each product, and its option values in every language, each once."""
    skus: defaultdict[int, list[str]] = defaultdict(list)
    options: defaultdict[int, dict[str, None]] = defaultdict(dict)
    statement = (
        select(Variant.product_id, Variant.sku, Variant.options)
        .where(Variant.product_id.in_(product_ids), ~Variant.retired)
        .order_by(Variant.position, Variant.id)
    )
    for product_id, sku, chosen in db.session.execute(statement):
        skus[product_id].append(sku)
        for value in chosen.get("values", []):
            named = value.values() if isinstance(value, dict) else [value]
            options[product_id].update(dict.fromkeys(map(str, named)))
    return skus, options


def _grouped(statement: Select[int, str]) -> defaultdict[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    for product_id, value in db.session.execute(statement):
        found[product_id].append(value)
    return found


def in_every_language(keys: Sequence[str]) -> tuple[str, ...]:
    """What the selling points of these keys are called."""
    names: list[str] = []
    for language in LANGUAGES:
        with speaking(language):
            names.extend(str(TAGS[key]) for key in keys if key in TAGS)
    return tuple(names)


def measured(measurements: Mapping[str, int]) -> tuple[str, ...]:
    """`Chest 104`, `胸围 104` for what is measured in millimetres."""
    words: list[str] = []
    for language in LANGUAGES:
        with speaking(language):
            words.extend(
                f"{MEASUREMENT_NAMES[key]} {centimetres(int(value))}"
                for key, value in measurements.items()
                if value and key in MEASUREMENT_NAMES
            )
    return tuple(words)
