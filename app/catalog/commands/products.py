"""Write products: create, change, publish, withdraw. Every change tells `ProductChanged`."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from app.catalog.commands import price_history
from app.catalog.commands.filling import fill, slug_of
from app.catalog.drafts import ProductDraft
from app.catalog.errors import NotPublishable
from app.catalog.events import ProductArrived, ProductChanged
from app.catalog.models import (
    Collection,
    Fault,
    Piece,
    Product,
    ProductImage,
    ProductKind,
    ProductState,
    Variant,
)
from app.catalog.queries.cards import product_path
from app.catalog.rules import Candidate, missing_to_publish
from app.platform.actor import Actor
from app.platform.addresses import commands as addresses
from app.platform.audit.commands import record
from app.platform.db import db
from app.platform.facts import publish
from app.platform.rbac import ensure, found, visible
from app.platform.transaction import command
from app.shop.commands import next_number, take_number

NUMBERS = "product"


@command
def create(
    draft: ProductDraft, *, merchant_id: int, number: int | None = None, actor: Actor, now: datetime
) -> int:
    """A new draft of a product with the shop's next №, or the wished one when it is free; returns
    its id. Raises Invalid.
    """
    _ensure(actor)
    product = Product(
        merchant_id=merchant_id,
        number=_number(number),
        slug=slug_of(draft),
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
    fill(product, draft)
    _tell(product, "product.create", actor, now)
    return product.id


@command
def change(product_id: int, draft: ProductDraft, *, actor: Actor, now: datetime) -> None:
    """Replace what a product is made of.

    Variants are matched by SKU; one that is missing is retired, not deleted.
    """
    _ensure(actor)
    product = lock(product_id, actor)
    before = product_path(product.number, product.slug)
    fill(product, draft)
    if product.first_live_at is not None:
        after = product_path(product.number, product.slug)
        addresses.leave(before, "product", product.id, to=after, now=now)
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
    is_new = product.first_live_at is None
    product.first_live_at = product.first_live_at or now
    _tell(product, "product.publish", actor, now)
    if is_new:
        publish(ProductArrived(product.id, now))


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
    slug: str,
    *,
    title: dict[str, str],
    description: dict[str, str],
    position: int,
    actor: Actor,
    now: datetime,
) -> int:
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


def _number(wished: int | None) -> int:
    """A № that nobody has; the counter never gives out again what was taken so."""
    if wished is not None:
        take_number(NUMBERS, wished)
        taken = db.session.scalar(select(Product.id).where(Product.number == wished))
        if taken is None:
            return wished
    return next_number(NUMBERS)


def _ensure(actor: Actor) -> None:
    ensure(actor, "catalog.edit")


def _tell(product: Product, verb: str, actor: Actor, now: datetime) -> None:
    product.version += 1
    product.changed_at = now
    db.session.flush()
    price_history.keep(product, now=now)
    record(
        actor, verb, "product", product.id, now=now,
        after={"number": product.number, "state": product.state, "version": product.version},
    )  # fmt: skip
    publish(ProductChanged(product.id, now))


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
    candidate = Candidate(
        is_piece=product.kind == ProductKind.PIECE,
        garment=product.garment,
        grade=piece.grade if piece else "",
        measurements={k: int(v) for k, v in piece.measurements.items()} if piece else {},
        images=int(images or 0),
        faults_pictured=tuple(image_id is not None for image_id in faults),
        prices=tuple(prices),
        titled=any(product.title.values()),
    )
    return {field: str(text) for field, text in missing_to_publish(candidate).items()}
