"""Write products: create, change, publish, withdraw. Every change tells `ProductChanged`."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select

from app.catalog.drafts import ProductDraft, VariantDraft
from app.catalog.errors import NotPublishable
from app.catalog.events import ProductChanged
from app.catalog.models import (
    Collection,
    CollectionProduct,
    Fault,
    Piece,
    Product,
    ProductImage,
    ProductKind,
    ProductState,
    ProductTag,
    Variant,
)
from app.catalog.rules import MAX_TAGS, missing_to_publish, slugify
from app.platform.actor import Actor
from app.platform.audit.commands import record
from app.platform.db import db
from app.platform.errors import Invalid
from app.platform.facts import publish
from app.platform.i18n import gettext as _
from app.platform.rbac import ensure, found, visible
from app.platform.transaction import command
from app.shop.commands import next_number

NUMBERS = "product"


@command
def create(draft: ProductDraft, *, merchant_id: int, actor: Actor, now: datetime) -> int:
    """A new draft of a product with the shop's next №; returns its id. Raises Invalid."""
    _ensure(actor)
    product = Product(
        merchant_id=merchant_id,
        number=next_number(NUMBERS),
        slug=_slug(draft),
        kind=ProductKind.PIECE if draft.piece else ProductKind.STOCKED,
        state=ProductState.DRAFT,
        title={},
        story={},
        material={},
        option_names={},
        source_key=draft.source_key,
        version=1,
        created_at=now,
        changed_at=now,
    )
    db.session.add(product)
    _fill(product, draft)
    _tell(product, "product.create", actor, now)
    return product.id


@command
def change(product_id: int, draft: ProductDraft, *, actor: Actor, now: datetime) -> None:
    """Replace what a product is made of.

    Variants are matched by SKU; one that is missing is retired, not deleted.
    """
    _ensure(actor)
    product = lock(product_id, actor)
    _fill(product, draft)
    if product.state == ProductState.LIVE:
        _refuse_unpublishable(product)
    _tell(product, "product.change", actor, now)


@command
def publish_product(product_id: int, *, actor: Actor, now: datetime) -> None:
    """Let everybody see it. Raises NotPublishable with what is missing, by field."""
    _ensure(actor)
    product = lock(product_id, actor)
    _refuse_unpublishable(product)
    if product.state == ProductState.LIVE:
        return
    product.state = ProductState.LIVE
    product.first_live_at = product.first_live_at or now
    _tell(product, "product.publish", actor, now)


@command
def withdraw(product_id: int, state: ProductState, *, actor: Actor, now: datetime) -> None:
    """Back to draft, or into the archive."""
    _ensure(actor)
    product = lock(product_id, actor)
    if product.state == state:
        return
    product.state = state
    _tell(product, f"product.{state.value}", actor, now)


@command
def save_collection(
    slug: str, *, title: dict[str, str], description: dict[str, str], position: int, actor: Actor, now: datetime
) -> int:  # fmt: skip
    """Create a collection or change its words; returns its id."""
    _ensure(actor)
    collection = db.session.scalar(select(Collection).where(Collection.slug == slug))
    if collection is None:
        collection = Collection(slug=slug, title=title, description=description, listed=True)
        db.session.add(collection)
    collection.title, collection.description = title, description
    collection.position = position
    db.session.flush()
    record(actor, "collection.save", "collection", collection.id, now=now, after={"slug": slug})
    return collection.id


def lock(product_id: int, actor: Actor) -> Product:
    """The product, locked and fresh, if the actor may see it; raises NotFound."""
    statement = select(Product).where(Product.id == product_id, visible(actor, Product))
    locked = statement.with_for_update().execution_options(populate_existing=True)
    return found(db.session.scalar(locked))


def _ensure(actor: Actor) -> None:
    ensure(actor, "catalog.edit")


def _tell(product: Product, verb: str, actor: Actor, now: datetime) -> None:
    product.version += 1
    product.changed_at = now
    db.session.flush()
    record(
        actor, verb, "product", product.id, now=now,
        after={"number": product.number, "state": product.state, "version": product.version},
    )  # fmt: skip
    publish(ProductChanged(product.id, now))


def _fill(product: Product, draft: ProductDraft) -> None:
    if len(draft.tags) > MAX_TAGS:
        raise Invalid({"tags": _("At most four selling points.")})
    product.title = dict(draft.title)
    product.story = dict(draft.story)
    product.material = dict(draft.material)
    product.garment, product.brand, product.colour = draft.garment, draft.brand, draft.colour
    product.option_names = {"names": [_plain(name) for name in draft.option_names]}
    product.slug = _slug(draft) or product.slug
    db.session.flush()
    _fill_variants(product, draft.variants)
    _fill_tags(product.id, draft.tags)
    if draft.images is not None:
        _fill_images(product.id, draft)
    _fill_piece(product.id, draft)
    if draft.collections is not None:
        _fill_collections(product.id, draft.collections)
    db.session.flush()


def _fill_variants(product: Product, drafts: tuple[VariantDraft, ...]) -> None:
    known = {
        variant.sku: variant
        for variant in db.session.scalars(select(Variant).where(Variant.product_id == product.id))
    }
    for position, draft in enumerate(drafts):
        variant = known.pop(draft.sku, None)
        if variant is None:
            _refuse_taken_sku(product, draft.sku)
            variant = Variant(product_id=product.id, merchant_id=product.merchant_id, sku=draft.sku)
            db.session.add(variant)
        variant.options = {"values": [_plain(value) for value in draft.options]}
        variant.price, variant.compare_at = draft.price, draft.compare_at
        variant.weight_g, variant.position, variant.retired = draft.weight_g, position, False
    for variant in known.values():
        variant.retired = True


def _refuse_taken_sku(product: Product, sku: str) -> None:
    taken = db.session.scalar(
        select(Variant.id).where(Variant.merchant_id == product.merchant_id, Variant.sku == sku)
    )
    if taken is not None:
        raise Invalid({"sku": _("Another product has the SKU %(sku)s.", sku=sku)})


def _fill_tags(product_id: int, tags: tuple[str, ...]) -> None:
    db.session.execute(delete(ProductTag).where(ProductTag.product_id == product_id))
    db.session.add_all(
        ProductTag(product_id=product_id, position=position, tag=tag)
        for position, tag in enumerate(tags)
    )


def _fill_images(product_id: int, draft: ProductDraft) -> None:
    wanted = {image.media_id: (place, image) for place, image in enumerate(draft.images or ())}
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
    piece.grade, piece.era, piece.year, piece.origin = (
        given.grade,
        given.era,
        given.year,
        given.origin,
    )
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
    return {media_id: row_id for media_id, row_id in db.session.execute(ordered)}


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


def _refuse_unpublishable(product: Product) -> None:
    missing = what_is_missing(product)
    if missing:
        raise NotPublishable(missing)


def what_is_missing(product: Product) -> dict[str, str]:
    """What keeps a product from going live, by field, in the reader's language."""
    db.session.flush()
    piece = db.session.get(Piece, product.id)
    faults = db.session.scalars(select(Fault.image_id).where(Fault.product_id == product.id)).all()
    prices = db.session.scalars(
        select(Variant.price).where(Variant.product_id == product.id, Variant.retired.is_(False))
    ).all()
    images = db.session.scalar(
        select(func.count()).select_from(ProductImage).where(ProductImage.product_id == product.id)
    )
    missing = missing_to_publish(
        is_piece=product.kind == ProductKind.PIECE,
        garment=product.garment,
        grade=piece.grade if piece else "",
        measurements={k: int(v) for k, v in piece.measurements.items()} if piece else {},
        images=int(images or 0),
        faults=[{"pictured": image_id is not None} for image_id in faults],
        prices=list(prices),
        titled=any(product.title.values()),
    )
    return {field: str(text) for field, text in missing.items()}


def _slug(draft: ProductDraft) -> str:
    return slugify(draft.title.get("en", "")) or slugify(draft.title.get("zh-Hans", ""))


def _plain(value: object) -> object:
    return dict(value) if isinstance(value, dict) else str(value)
