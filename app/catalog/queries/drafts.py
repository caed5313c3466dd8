"""A product as it stands, in the form in which a changed one is handed in."""

from __future__ import annotations

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
    images = _images(product.id)
    return ProductDraft(
        title=dict(product.title),
        story=dict(product.story),
        garment=product.garment,
        brand=product.brand,
        material=dict(product.material),
        colour=product.colour,
        option_names=tuple(product.option_names.get("names", [])),
        variants=_variants(product.id),
        tags=_tags(product.id),
        collections=_collections(product.id),
        images=tuple(draft for _row_id, draft in images),
        piece=_piece(product, [row_id for row_id, _draft in images]),
        source_key=product.source_key,
    )


def _images(product_id: int) -> list[tuple[int, ImageDraft]]:
    """(row id, picture) in order."""
    statement = select(ProductImage).where(ProductImage.product_id == product_id)
    return [
        (row.id, ImageDraft(row.media_id, dict(row.alt)))
        for row in db.session.scalars(statement.order_by(ProductImage.position, ProductImage.id))
    ]


def _variants(product_id: int) -> tuple[VariantDraft, ...]:
    statement = select(Variant).where(Variant.product_id == product_id, Variant.retired.is_(False))
    return tuple(
        VariantDraft(
            sku=row.sku,
            price=row.price,
            compare_at=row.compare_at,
            weight_g=row.weight_g,
            options=tuple(row.options.get("values", [])),
        )
        for row in db.session.scalars(statement.order_by(Variant.position, Variant.id))
    )


def _tags(product_id: int) -> tuple[str, ...]:
    statement = select(ProductTag.tag).where(ProductTag.product_id == product_id)
    return tuple(db.session.scalars(statement.order_by(ProductTag.position)))


def _collections(product_id: int) -> tuple[str, ...]:
    statement = (
        select(Collection.slug)
        .join(CollectionProduct, CollectionProduct.collection_id == Collection.id)
        .where(CollectionProduct.product_id == product_id)
    )
    return tuple(db.session.scalars(statement.order_by(Collection.position, Collection.id)))


def _piece(product: Product, image_ids: list[int]) -> PieceDraft | None:
    piece = db.session.get(Piece, product.id) if product.kind == ProductKind.PIECE else None
    if piece is None:
        return None
    return PieceDraft(
        grade=piece.grade,
        era=piece.era,
        year=piece.year,
        origin=piece.origin,
        grade_evidence=dict(piece.grade_evidence),
        era_evidence=dict(piece.era_evidence),
        origin_evidence=dict(piece.origin_evidence),
        measurements={key: int(value) for key, value in piece.measurements.items()},
        faults=_faults(product.id, image_ids),
    )


def _faults(product_id: int, image_ids: list[int]) -> tuple[FaultDraft, ...]:
    place_of = {row_id: place for place, row_id in enumerate(image_ids)}
    statement = select(Fault).where(Fault.product_id == product_id)
    return tuple(
        FaultDraft(
            place=dict(row.place),
            description=dict(row.description),
            image=place_of.get(row.image_id) if row.image_id is not None else None,
            repaired=row.repaired,
        )
        for row in db.session.scalars(statement.order_by(Fault.position, Fault.id))
    )
