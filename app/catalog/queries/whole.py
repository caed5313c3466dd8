"""Every product of a merchant with all that is known of it, a batch at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Select, func, select

from app.catalog.drafts import FaultDraft, PieceDraft, ProductDraft, VariantDraft
from app.catalog.models import (
    Collection,
    CollectionProduct,
    Fault,
    Media,
    Piece,
    Product,
    ProductImage,
    ProductKind,
    ProductTag,
    Stock,
    Variant,
)
from app.catalog.own_file.cells import texts, usual
from app.catalog.own_file.whole import Picture, Units, WholeProduct
from app.platform.actor import Actor
from app.platform.db import db
from app.platform.rbac import visible

AT_ONCE = 200
BY_NUMBER = "no:"
"""How the key begins of a product that no system gave one."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where stock lies: its row's id, and the key that files know it by."""

    id: int
    key: str


def count_of(merchant_id: int, actor: Actor) -> int:
    statement = select(func.count()).select_from(Product)
    own = (Product.merchant_id == merchant_id) & visible(actor, Product)
    return db.session.scalar(statement.where(own)) or 0


def whole_products(
    merchant_id: int, places: Sequence[Place], actor: Actor
) -> Iterator[WholeProduct]:
    """In the order of their №. Between batches nothing is kept open."""
    last = 0
    while batch := _batch(merchant_id, last, actor):
        last = batch[-1].number
        whole = list(_whole(batch, places))
        db.session.rollback()
        yield from whole


def _batch(merchant_id: int, after: int, actor: Actor) -> Sequence[Product]:
    own = (Product.merchant_id == merchant_id) & visible(actor, Product)
    statement = select(Product).where(own, Product.number > after).order_by(Product.number)
    return db.session.scalars(statement.limit(AT_ONCE)).all()


def _whole(batch: Sequence[Product], places: Sequence[Place]) -> Iterator[WholeProduct]:
    ids = [product.id for product in batch]
    variants, stock = _variants(ids), _stock(ids, places)
    images, faults, pieces = _images(ids), _faults(ids), _pieces(ids)
    tags, collections = _tags(ids), _collections(ids)
    for product in batch:
        here = images[product.id]
        rows = [row_id for row_id, _picture in here]
        piece = pieces.get(product.id) if product.kind == ProductKind.PIECE else None
        if piece:
            hung = tuple(_placed(fault, image, rows) for fault, image in faults[product.id])
            piece = replace(piece, faults=hung)
        draft = ProductDraft(
            title=product.title,
            story=product.story,
            garment=product.garment,
            brand=product.brand,
            material=product.material,
            colour=product.colour,
            tax_class=product.tax_class,
            option_names=tuple(product.option_names.get("names", [])),
            variants=tuple(variants[product.id]),
            tags=tuple(tags[product.id]),
            collections=tuple(collections[product.id]),
            piece=piece,
        )
        yield WholeProduct(
            key=product.source_key or f"{BY_NUMBER}{product.number}",
            draft=usual(draft),
            kind=product.kind,
            state=product.state,
            number=product.number,
            slug=product.slug,
            pictures=tuple(picture for _row_id, picture in here),
            stock=stock[product.id],
        )


def _variants(ids: list[int]) -> dict[int, list[VariantDraft]]:
    statement = select(Variant).where(Variant.product_id.in_(ids), Variant.retired.is_(False))
    found: dict[int, list[VariantDraft]] = defaultdict(list)
    for row in db.session.scalars(statement.order_by(Variant.position, Variant.id)):
        values = tuple(row.options.get("values", []))
        found[row.product_id].append(
            VariantDraft(row.sku, row.price, row.compare_at, row.weight_g, values)
        )
    return found


def _stock(ids: list[int], places: Sequence[Place]) -> dict[int, dict[str, dict[str, Units]]]:
    """By product, SKU and place; nothing on hand where nothing ever was."""
    statement = (
        select(Variant.product_id, Variant.sku, Stock.location_id, Stock.on_hand)
        .outerjoin(Stock, Stock.variant_id == Variant.id)
        .where(Variant.product_id.in_(ids), Variant.retired.is_(False))
    )
    keys = {place.id: place.key for place in places}
    found: dict[int, dict[str, dict[str, Units]]] = defaultdict(dict)
    for product_id, sku, location_id, on_hand in db.session.execute(statement):
        by_place = found[product_id].setdefault(sku, dict.fromkeys(keys.values(), Units(0)))
        if location_id in keys:
            by_place[keys[location_id]] = Units(on_hand)
    return found


def _images(ids: list[int]) -> dict[int, list[tuple[int, Picture]]]:
    """(row id, picture) in order; a picture is named by the hash of its content."""
    statement = (
        select(ProductImage.product_id, ProductImage.id, ProductImage.alt, Media.sha256)
        .join(Media, Media.id == ProductImage.media_id)
        .where(ProductImage.product_id.in_(ids))
        .order_by(ProductImage.position, ProductImage.id)
    )
    found: dict[int, list[tuple[int, Picture]]] = defaultdict(list)
    for product_id, row_id, alt, sha256 in db.session.execute(statement):
        found[product_id].append((row_id, Picture(f"{sha256}.jpg", texts(alt))))
    return found


def _faults(ids: list[int]) -> dict[int, list[tuple[FaultDraft, int | None]]]:
    """(fault, the row of the picture that shows it) in order."""
    statement = select(Fault).where(Fault.product_id.in_(ids))
    found: dict[int, list[tuple[FaultDraft, int | None]]] = defaultdict(list)
    for row in db.session.scalars(statement.order_by(Fault.position, Fault.id)):
        fault = FaultDraft(row.place, row.description, repaired=row.repaired)
        found[row.product_id].append((fault, row.image_id))
    return found


def _placed(fault: FaultDraft, image_id: int | None, rows: list[int]) -> FaultDraft:
    return replace(fault, image=rows.index(image_id)) if image_id in rows else fault


def _pieces(ids: list[int]) -> dict[int, PieceDraft]:
    rows = db.session.scalars(select(Piece).where(Piece.product_id.in_(ids)))
    return {
        row.product_id: PieceDraft(
            grade=row.grade,
            era=row.era,
            year=row.year,
            origin=row.origin,
            grade_evidence=row.grade_evidence,
            era_evidence=row.era_evidence,
            origin_evidence=row.origin_evidence,
            measurements={key: int(value) for key, value in row.measurements.items() if value},
        )
        for row in rows
    }


def _tags(ids: list[int]) -> dict[int, list[str]]:
    statement = select(ProductTag.product_id, ProductTag.tag).where(ProductTag.product_id.in_(ids))
    return _grouped(statement.order_by(ProductTag.position))


def _collections(ids: list[int]) -> dict[int, list[str]]:
    statement = (
        select(CollectionProduct.product_id, Collection.slug)
        .join(Collection, Collection.id == CollectionProduct.collection_id)
        .where(CollectionProduct.product_id.in_(ids))
    )
    return _grouped(statement.order_by(Collection.slug))


def _grouped(statement: Select[Any, Any]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for product_id, text in db.session.execute(statement):
        found[product_id].append(text)
    return found
