"""Write what drafts say into the rows of their products: variants, tags, pictures, faults."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import delete, select

from app.catalog.drafts import ImageDraft, ProductDraft
from app.catalog.models import (
    CollectionProduct,
    Fault,
    Piece,
    Product,
    ProductImage,
    ProductTag,
    Variant,
)
from app.catalog.queries.collections import ids_by_slug
from app.catalog.rules import MAX_TAGS, slugify
from app.platform.db import JsonObject, db, insert_rows
from app.platform.errors import Invalid
from app.platform.i18n import gettext as _

Filling = Sequence[tuple[Product, ProductDraft]]
"""Products of one merchant, each once, and what they are to be."""


def fill(product: Product, draft: ProductDraft) -> None:
    """Make the product what the draft says, in the caller's transaction; raises Invalid."""
    fill_all([(product, draft)])


def fill_all(filling: Filling) -> None:
    """The same for many, in as many statements as one takes."""
    if any(len(draft.tags) > MAX_TAGS for _product, draft in filling):
        raise Invalid({"tags": _("At most four selling points.")})
    for product, draft in filling:
        for name, value in own_columns(draft).items():
            setattr(product, name, value)
        product.slug = slug_of(draft) or product.slug
    db.session.flush()
    drafts = {product.id: draft for product, draft in filling}
    if drafts:
        _fill_variants(drafts, filling[0][0].merchant_id)
        _fill_tags(drafts)
        _fill_images(drafts)
        _fill_pieces(drafts)
        _fill_collections(drafts)
    db.session.flush()


def own_columns(draft: ProductDraft) -> JsonObject:
    """What stands in the product's own row, but for its address."""
    return {
        "title": dict(draft.title), "story": dict(draft.story), "material": dict(draft.material),
        "garment": draft.garment, "brand": draft.brand, "colour": draft.colour,
        "tax_class": draft.tax_class,
        "option_names": {"names": [_plain(name) for name in draft.option_names]},
    }  # fmt: skip


def slug_of(draft: ProductDraft) -> str:
    """The readable part of its address, out of either title; may be empty."""
    return slugify(draft.title.get("en", "")) or slugify(draft.title.get("zh-Hans", ""))


Drafts = Mapping[int, ProductDraft]


def _fill_variants(drafts: Drafts, merchant_id: int) -> None:
    statement = select(Variant).where(Variant.product_id.in_(drafts))
    known = {(row.product_id, row.sku): row for row in db.session.scalars(statement)}
    new: list[JsonObject] = []
    for product_id, draft in drafts.items():
        for position, each in enumerate(draft.variants):
            values: JsonObject = {
                "options": {"values": [_plain(value) for value in each.options]},
                "price": each.price, "compare_at": each.compare_at, "weight_g": each.weight_g,
                "position": position, "retired": False,
            }  # fmt: skip
            row = known.pop((product_id, each.sku), None)
            if row is None:
                own = {"product_id": product_id, "merchant_id": merchant_id, "sku": each.sku}
                new.append(own | values)
                continue
            for name, value in values.items():
                setattr(row, name, value)
    for row in known.values():
        row.retired = True
    _refuse_taken_skus(merchant_id, [values["sku"] for values in new])
    insert_rows(Variant, new)


def _refuse_taken_skus(merchant_id: int, skus: list[str]) -> None:
    statement = select(Variant.sku).where(Variant.merchant_id == merchant_id, Variant.sku.in_(skus))
    taken = db.session.scalar(statement.limit(1)) if skus else None
    if taken is not None:
        raise Invalid({"sku": _("Another product has the SKU %(sku)s.", sku=taken)})


def _fill_tags(drafts: Drafts) -> None:
    db.session.execute(delete(ProductTag).where(ProductTag.product_id.in_(drafts)))
    insert_rows(
        ProductTag,
        [
            {"product_id": product_id, "position": position, "tag": tag}
            for product_id, draft in drafts.items()
            for position, tag in enumerate(draft.tags)
        ],
    )


def _fill_images(drafts: Drafts) -> None:
    wanted: dict[tuple[int, int], tuple[int, ImageDraft]] = {}
    said = [product_id for product_id, draft in drafts.items() if draft.images is not None]
    for product_id in said:
        once: dict[int, ImageDraft] = {}
        for image in drafts[product_id].images or ():
            once.setdefault(image.media_id, image)
        for place, image in enumerate(once.values()):
            wanted[product_id, image.media_id] = place, image
    rows = db.session.scalars(select(ProductImage).where(ProductImage.product_id.in_(said)))
    for row in rows.all():
        place_and_image = wanted.pop((row.product_id, row.media_id), None)
        if place_and_image is None:
            db.session.delete(row)
            continue
        row.position, row.alt = place_and_image[0], dict(place_and_image[1].alt)
    insert_rows(
        ProductImage,
        [
            {"product_id": product_id, "media_id": media_id, "alt": dict(image.alt),
             "position": place}
            for (product_id, media_id), (place, image) in wanted.items()
        ],
    )  # fmt: skip
    db.session.flush()


def _fill_pieces(drafts: Drafts) -> None:
    db.session.execute(delete(Fault).where(Fault.product_id.in_(drafts)))
    pieces = {
        product_id: draft.piece for product_id, draft in drafts.items() if draft.piece is not None
    }
    known = {
        row.product_id: row
        for row in db.session.scalars(select(Piece).where(Piece.product_id.in_(pieces)))
    }
    new: list[JsonObject] = []
    for product_id, given in pieces.items():
        values: JsonObject = {
            "grade": given.grade, "era": given.era, "year": given.year, "origin": given.origin,
            "grade_evidence": dict(given.grade_evidence),
            "era_evidence": dict(given.era_evidence),
            "origin_evidence": dict(given.origin_evidence),
            "measurements": dict(given.measurements),
        }  # fmt: skip
        row = known.get(product_id)
        if row is None:
            new.append({"product_id": product_id} | values)
            continue
        for name, value in values.items():
            setattr(row, name, value)
    insert_rows(Piece, new)
    _insert_faults({id_: drafts[id_] for id_, piece in pieces.items() if piece.faults})


def _insert_faults(drafts: Drafts) -> None:
    rows = _image_rows(drafts)
    insert_rows(
        Fault,
        [
            {
                "product_id": product_id,
                "place": dict(fault.place),
                "description": dict(fault.description),
                "image_id": _row_of(fault.image, draft, rows[product_id]),
                "repaired": fault.repaired,
                "position": position,
            }
            for product_id, draft in drafts.items()
            if draft.piece is not None
            for position, fault in enumerate(draft.piece.faults)
        ],
    )


def _image_rows(drafts: Drafts) -> Mapping[int, dict[int, int]]:
    """By product the rows of its pictures by media, in order."""
    found: dict[int, dict[int, int]] = defaultdict(dict)
    statement = select(ProductImage.product_id, ProductImage.media_id, ProductImage.id).where(
        ProductImage.product_id.in_(drafts)
    )
    ordered = statement.order_by(ProductImage.position, ProductImage.id)
    for product_id, media_id, row_id in db.session.execute(ordered) if drafts else ():
        found[product_id][media_id] = row_id
    return found


def _row_of(place: int | None, draft: ProductDraft, rows: dict[int, int]) -> int | None:
    """The row of the picture at a place of the draft, or of the product when pictures stay."""
    media_ids = list(rows) if draft.images is None else [image.media_id for image in draft.images]
    if place is None or not 0 <= place < len(media_ids):
        return None
    return rows[media_ids[place]]


def _fill_collections(drafts: Drafts) -> None:
    said = {id_: draft.collections for id_, draft in drafts.items()
            if draft.collections is not None}  # fmt: skip
    if not said:
        return
    db.session.execute(delete(CollectionProduct).where(CollectionProduct.product_id.in_(said)))
    ids = ids_by_slug() if any(said.values()) else {}
    insert_rows(
        CollectionProduct,
        [
            {"collection_id": collection_id, "product_id": product_id, "position": 0}
            for product_id, each in said.items()
            for collection_id in dict.fromkeys(ids[slug] for slug in each if slug in ids)
        ],
    )


def _plain(value: object) -> object:
    return dict(value) if isinstance(value, dict) else str(value)
