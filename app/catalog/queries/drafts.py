"""Products as they stand, in the form in which changed ones are handed in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select

from app.catalog.drafts import FaultDraft, ImageDraft, PieceDraft, ProductDraft, VariantDraft
from app.catalog.models import (
    Collection,
    CollectionProduct,
    Fault,
    Piece,
    Product,
    ProductImage,
    ProductKind,
    ProductTag,
    Variant,
)
from app.platform.db import db


def draft_of(product: Product) -> ProductDraft:
    """What handing in again would change nothing. Retired variants are left out."""
    return drafts_of([product])[product.id]


def drafts_of(products: Iterable[Product]) -> dict[int, ProductDraft]:
    """The same of many, by product id, in as many queries as one takes."""
    batch = {product.id: product for product in products}
    if not batch:
        return {}
    variants, tags, collections = _variants(batch), _tags(batch), _collections(batch)
    images = _images(batch)
    pieces = _pieces(batch, images)
    return {
        id_: ProductDraft(
            title=dict(product.title),
            story=dict(product.story),
            garment=product.garment,
            brand=product.brand,
            material=dict(product.material),
            colour=product.colour,
            tax_class=product.tax_class,
            option_names=tuple(product.option_names.get("names", [])),
            variants=tuple(variants[id_]),
            tags=tuple(tags[id_]),
            collections=tuple(collections[id_]),
            images=tuple(draft for _row_id, draft in images[id_]),
            piece=pieces.get(id_),
            source_key=product.source_key,
        )
        for id_, product in batch.items()
    }


Images = Mapping[int, Sequence[tuple[int, ImageDraft]]]
"""By product (row id, picture) in order."""


def _images(ids: Iterable[int]) -> Images:
    statement = select(
        ProductImage.product_id, ProductImage.id, ProductImage.media_id, ProductImage.alt
    ).where(ProductImage.product_id.in_(ids))
    found: dict[int, list[tuple[int, ImageDraft]]] = defaultdict(list)
    for product_id, row_id, media_id, alt in db.session.execute(
        statement.order_by(ProductImage.position, ProductImage.id)
    ):
        found[product_id].append((row_id, ImageDraft(media_id, dict(alt))))
    return found


def _variants(ids: Iterable[int]) -> Mapping[int, list[VariantDraft]]:
    statement = select(
        Variant.product_id, Variant.sku, Variant.price, Variant.compare_at, Variant.weight_g,
        Variant.options,
    ).where(Variant.product_id.in_(ids), Variant.retired.is_(False))  # fmt: skip
    found: dict[int, list[VariantDraft]] = defaultdict(list)
    for product_id, sku, price, compare_at, weight_g, options in db.session.execute(
        statement.order_by(Variant.position, Variant.id)
    ):
        values = tuple(options.get("values", []))
        found[product_id].append(VariantDraft(sku, price, compare_at, weight_g, values))
    return found


def _tags(ids: Iterable[int]) -> Mapping[int, list[str]]:
    statement = select(ProductTag.product_id, ProductTag.tag).where(ProductTag.product_id.in_(ids))
    found: dict[int, list[str]] = defaultdict(list)
    for product_id, tag in db.session.execute(statement.order_by(ProductTag.position)):
        found[product_id].append(tag)
    return found


def _collections(ids: Iterable[int]) -> Mapping[int, list[str]]:
    statement = (
        select(CollectionProduct.product_id, Collection.slug)
        .join(Collection, CollectionProduct.collection_id == Collection.id)
        .where(CollectionProduct.product_id.in_(ids))
    )
    found: dict[int, list[str]] = defaultdict(list)
    for product_id, slug in db.session.execute(
        statement.order_by(Collection.position, Collection.id)
    ):
        found[product_id].append(slug)
    return found


def _pieces(products: Mapping[int, Product], images: Images) -> dict[int, PieceDraft]:
    ids = [id_ for id_, product in products.items() if product.kind == ProductKind.PIECE]
    if not ids:
        return {}
    faults = _faults(ids, images)
    return {
        row.product_id: PieceDraft(
            grade=row.grade,
            era=row.era,
            year=row.year,
            origin=row.origin,
            grade_evidence=dict(row.grade_evidence),
            era_evidence=dict(row.era_evidence),
            origin_evidence=dict(row.origin_evidence),
            measurements={key: int(value) for key, value in row.measurements.items()},
            faults=tuple(faults[row.product_id]),
        )
        for row in db.session.scalars(select(Piece).where(Piece.product_id.in_(ids)))
    }


def _faults(ids: Sequence[int], images: Images) -> Mapping[int, list[FaultDraft]]:
    place_of = {
        row_id: place
        for product_id in ids
        for place, (row_id, _draft) in enumerate(images.get(product_id, ()))
    }
    statement = select(
        Fault.product_id, Fault.place, Fault.description, Fault.image_id, Fault.repaired
    ).where(Fault.product_id.in_(ids))
    found: dict[int, list[FaultDraft]] = defaultdict(list)
    for product_id, place, description, image_id, repaired in db.session.execute(
        statement.order_by(Fault.position, Fault.id)
    ):
        image = None if image_id is None else place_of.get(image_id)
        found[product_id].append(FaultDraft(dict(place), dict(description), image, repaired))
    return found
