"""Write what a draft says into the rows of a product: variants, tags, pictures, faults."""

from __future__ import annotations

from sqlalchemy import delete, select

from app.catalog.drafts import ImageDraft, ProductDraft, VariantDraft
from app.catalog.models import (
    Collection,
    CollectionProduct,
    Fault,
    Piece,
    Product,
    ProductImage,
    ProductTag,
    Variant,
)
from app.catalog.rules import MAX_TAGS, slugify
from app.platform.db import db
from app.platform.errors import Invalid
from app.platform.i18n import gettext as _


def fill(product: Product, draft: ProductDraft) -> None:
    """Make the product what the draft says, in the caller's transaction; raises Invalid."""
    if len(draft.tags) > MAX_TAGS:
        raise Invalid({"tags": _("At most four selling points.")})
    product.title = dict(draft.title)
    product.story = dict(draft.story)
    product.material = dict(draft.material)
    product.garment, product.brand, product.colour = draft.garment, draft.brand, draft.colour
    product.option_names = {"names": [_plain(name) for name in draft.option_names]}
    product.slug = slug_of(draft) or product.slug
    db.session.flush()
    _fill_variants(product, draft.variants)
    _fill_tags(product.id, draft.tags)
    if draft.images is not None:
        _fill_images(product.id, draft)
    _fill_piece(product.id, draft)
    if draft.collections is not None:
        _fill_collections(product.id, draft.collections)
    db.session.flush()


def slug_of(draft: ProductDraft) -> str:
    """The readable part of its address, out of either title; may be empty."""
    return slugify(draft.title.get("en", "")) or slugify(draft.title.get("zh-Hans", ""))


def _fill_variants(product: Product, drafts: tuple[VariantDraft, ...]) -> None:
    known = {
        variant.sku: variant
        for variant in db.session.scalars(select(Variant).where(Variant.product_id == product.id))
    }
    _refuse_taken_skus(product, [draft.sku for draft in drafts if draft.sku not in known])
    for position, draft in enumerate(drafts):
        variant = known.pop(draft.sku, None)
        if variant is None:
            variant = Variant(product_id=product.id, merchant_id=product.merchant_id, sku=draft.sku)
            db.session.add(variant)
        variant.options = {"values": [_plain(value) for value in draft.options]}
        variant.price, variant.compare_at = draft.price, draft.compare_at
        variant.weight_g, variant.position, variant.retired = draft.weight_g, position, False
    for variant in known.values():
        variant.retired = True


def _refuse_taken_skus(product: Product, skus: list[str]) -> None:
    statement = select(Variant.sku).where(
        Variant.merchant_id == product.merchant_id, Variant.sku.in_(skus)
    )
    taken = db.session.scalar(statement.limit(1)) if skus else None
    if taken is not None:
        raise Invalid({"sku": _("Another product has the SKU %(sku)s.", sku=taken)})


def _fill_tags(product_id: int, tags: tuple[str, ...]) -> None:
    db.session.execute(delete(ProductTag).where(ProductTag.product_id == product_id))
    db.session.add_all(
        ProductTag(product_id=product_id, position=position, tag=tag)
        for position, tag in enumerate(tags)
    )


def _fill_images(product_id: int, draft: ProductDraft) -> None:
    wanted: dict[int, tuple[int, ImageDraft]] = {}
    for image in draft.images or ():
        wanted.setdefault(image.media_id, (len(wanted), image))
    rows = db.session.scalars(select(ProductImage).where(ProductImage.product_id == product_id))
    for row in rows.all():
        if row.media_id not in wanted:
            db.session.delete(row)
            continue
        place, image = wanted.pop(row.media_id)
        row.position, row.alt = place, dict(image.alt)
    db.session.add_all(
        ProductImage(product_id=product_id, media_id=media_id, alt=dict(image.alt), position=place)
        for media_id, (place, image) in wanted.items()
    )
    db.session.flush()


def _fill_piece(product_id: int, draft: ProductDraft) -> None:
    db.session.execute(delete(Fault).where(Fault.product_id == product_id))
    if draft.piece is None:
        return
    piece = db.session.get(Piece, product_id)
    if piece is None:
        piece = Piece(product_id=product_id)
        db.session.add(piece)
    given = draft.piece
    piece.grade, piece.era = given.grade, given.era
    piece.year, piece.origin = given.year, given.origin
    piece.grade_evidence = dict(given.grade_evidence)
    piece.era_evidence = dict(given.era_evidence)
    piece.origin_evidence = dict(given.origin_evidence)
    piece.measurements = dict(given.measurements)
    rows = _image_rows(product_id)
    for position, fault in enumerate(given.faults):
        db.session.add(
            Fault(
                product_id=product_id,
                place=dict(fault.place),
                description=dict(fault.description),
                image_id=_row_of(fault.image, draft, rows),
                repaired=fault.repaired,
                position=position,
            )
        )


def _image_rows(product_id: int) -> dict[int, int]:
    """Rows of a product's pictures by media, in order."""
    statement = select(ProductImage.media_id, ProductImage.id).where(
        ProductImage.product_id == product_id
    )
    ordered = statement.order_by(ProductImage.position, ProductImage.id)
    return dict(db.session.execute(ordered).all())


def _row_of(place: int | None, draft: ProductDraft, rows: dict[int, int]) -> int | None:
    """The row of the picture at a place of the draft, or of the product when pictures stay."""
    media_ids = list(rows) if draft.images is None else [image.media_id for image in draft.images]
    if place is None or not 0 <= place < len(media_ids):
        return None
    return rows[media_ids[place]]


def _fill_collections(product_id: int, slugs: tuple[str, ...]) -> None:
    db.session.execute(delete(CollectionProduct).where(CollectionProduct.product_id == product_id))
    ids = db.session.scalars(select(Collection.id).where(Collection.slug.in_(slugs))).all()
    db.session.add_all(
        CollectionProduct(collection_id=collection_id, product_id=product_id, position=0)
        for collection_id in ids
    )


def _plain(value: object) -> object:
    return dict(value) if isinstance(value, dict) else str(value)
