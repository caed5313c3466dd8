"""Write products: create, change, publish, withdraw. Every change tells `ProductsChanged`."""

from __future__ import annotations

from collections.abc import Collection as Several
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.catalog.commands import price_history
from app.catalog.commands.filling import fill_all, own_columns, slug_of
from app.catalog.commands.relisting import relist
from app.catalog.drafts import ProductDraft
from app.catalog.errors import NotPublishable
from app.catalog.events import ProductsArrived, ProductsChanged
from app.catalog.models import Collection, Product, ProductKind, ProductState
from app.catalog.queries.cards import product_path
from app.catalog.queries.drafts import draft_of, drafts_of
from app.catalog.rules import Candidate, missing_to_publish
from app.platform.actor import Actor
from app.platform.addresses import commands as addresses
from app.platform.audit.commands import record
from app.platform.db import db, insert_rows
from app.platform.errors import NotFound
from app.platform.facts import publish
from app.platform.rbac import ensure, visible
from app.platform.transaction import command, gather
from app.shop.commands import next_numbers, take_number

NUMBERS = "product"


@dataclass(frozen=True, slots=True)
class NewProduct:
    """A product that is not here yet, and the № it would like."""

    draft: ProductDraft
    number: int | None = None


@command
def create(
    draft: ProductDraft, *, merchant_id: int, number: int | None = None, actor: Actor, now: datetime
) -> int:
    """A new draft of a product with the shop's next №, or the wished one when it is free; returns
    its id. Raises Invalid.
    """
    new = NewProduct(draft, number)
    return create_all([new], merchant_id=merchant_id, actor=actor, now=now)[0].id


@command
def create_all(
    new: Sequence[NewProduct], *, merchant_id: int, actor: Actor, now: datetime
) -> list[Product]:
    """The same of many, in order, in as many statements as one takes."""
    _ensure(actor)
    numbers = _numbers([each.number for each in new])
    insert_rows(
        Product,
        [
            {
                "merchant_id": merchant_id,
                "number": number,
                "slug": slug_of(each.draft),
                "kind": ProductKind.PIECE if each.draft.piece else ProductKind.STOCKED,
                "state": ProductState.DRAFT,
                "source_key": each.draft.source_key,
                "version": 1,
                "created_at": now,
                "changed_at": now,
                **own_columns(each.draft),
            }
            for each, number in zip(new, numbers, strict=True)
        ],
    )
    rows = db.session.scalars(select(Product).where(Product.number.in_(numbers)))
    by_number = {product.number: product for product in rows}
    products = [by_number[number] for number in numbers]
    fill_all([(product, each.draft) for product, each in zip(products, new, strict=True)])
    _tell(products, "product.create", actor, now)
    return products


@command
def change(product_id: int, draft: ProductDraft, *, actor: Actor, now: datetime) -> None:
    """Replace what a product is made of.

    Variants are matched by SKU; one that is missing is retired, not deleted.
    """
    change_all({product_id: draft}, actor=actor, now=now)


@command
def change_all(drafts: Mapping[int, ProductDraft], *, actor: Actor, now: datetime) -> None:
    """The same of many products of one merchant, by id."""
    _ensure(actor)
    products = lock_all(drafts, actor)
    before = {each.id: _path(each) for each in products if each.first_live_at is not None}
    fill_all([(product, drafts[product.id]) for product in products])
    for product in products:
        if product.id in before:
            addresses.leave(before[product.id], "product", product.id, to=_path(product), now=now)
    _refuse_unpublishable([each for each in products if each.state == ProductState.LIVE])
    _tell(products, "product.change", actor, now)


@command
def publish_product(product_id: int, *, actor: Actor, now: datetime) -> None:
    """Let everybody see it. Raises NotPublishable with what is missing, by field."""
    publish_all([product_id], actor=actor, now=now)


@command
def publish_all(product_ids: Several[int], *, actor: Actor, now: datetime) -> None:
    """Let everybody see them, or none of them."""
    _ensure(actor)
    products = lock_all(product_ids, actor)
    _refuse_unpublishable(products)
    hidden = [product for product in products if product.state != ProductState.LIVE]
    new = [product.id for product in hidden if product.first_live_at is None]
    for product in hidden:
        product.state = ProductState.LIVE
        product.first_live_at = product.first_live_at or now
    _tell(hidden, "product.publish", actor, now)
    if new:
        publish(ProductsArrived(new, now))


@command
def withdraw(product_id: int, state: ProductState, *, actor: Actor, now: datetime) -> None:
    """Back to draft, or into the archive."""
    withdraw_all([product_id], state, actor=actor, now=now)


@command
def withdraw_all(
    product_ids: Several[int], state: ProductState, *, actor: Actor, now: datetime
) -> None:
    _ensure(actor)
    shown = [each for each in lock_all(product_ids, actor) if each.state != state]
    for product in shown:
        product.state = state
    _tell(shown, f"product.{state.value}", actor, now)


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
    return lock_all([product_id], actor)[0]


def lock_all(product_ids: Several[int], actor: Actor) -> list[Product]:
    """The products by id, locked and fresh; raises NotFound when the actor may not see one."""
    statement = select(Product).where(Product.id.in_(product_ids), visible(actor, Product))
    locked = statement.order_by(Product.id).with_for_update()
    products = list(db.session.scalars(locked.execution_options(populate_existing=True)))
    if len(products) != len(set(product_ids)):
        raise NotFound
    return products


def announce(product_id: int, now: datetime) -> None:
    """Tell, with the commit, that something of a product has changed: one fact for all of them."""
    gather(_announce, (product_id, now))
    relist(product_id, now)


def what_is_missing(product: Product) -> dict[str, str]:
    """What keeps a product from going live, by field, in the reader's language."""
    db.session.flush()
    return missing_of(draft_of(product), is_piece=product.kind == ProductKind.PIECE)


def missing_of(draft: ProductDraft, *, is_piece: bool) -> dict[str, str]:
    """The same of a product that is made of this."""
    images = {image.media_id for image in draft.images or ()}
    faults = draft.piece.faults if draft.piece else ()
    candidate = Candidate(
        is_piece=is_piece,
        garment=draft.garment,
        grade=draft.piece.grade if draft.piece else "",
        measurements=draft.piece.measurements if draft.piece else {},
        images=len(images),
        faults_pictured=tuple(
            each.image is not None and 0 <= each.image < len(draft.images or ()) for each in faults
        ),
        prices=tuple(variant.price for variant in draft.variants),
        titled=any(draft.title.values()),
    )
    return {field: str(text) for field, text in missing_to_publish(candidate).items()}


def _numbers(wished: Sequence[int | None]) -> list[int]:
    """Numbers that nobody has; the counter never gives out again what was taken so."""
    named = {number for number in wished if number is not None}
    if named:
        take_number(NUMBERS, max(named))
        named -= set(db.session.scalars(select(Product.number).where(Product.number.in_(named))))
    others = len(wished) - len(named)
    rest = iter(next_numbers(NUMBERS, others) if others else ())
    dealt = []
    for number in wished:
        if number in named:
            named.remove(number)
            dealt.append(number)
        else:
            dealt.append(next(rest))
    return dealt


def _path(product: Product) -> str:
    return product_path(product.number, product.slug)


def _ensure(actor: Actor) -> None:
    ensure(actor, "catalog.edit")


def _tell(products: Sequence[Product], verb: str, actor: Actor, now: datetime) -> None:
    for product in products:
        product.version += 1
        product.changed_at = now
    db.session.flush()
    price_history.keep(products, now=now)
    for product in products:
        record(
            actor, verb, "product", product.id, now=now,
            after={"number": product.number, "state": product.state, "version": product.version},
        )  # fmt: skip
        announce(product.id, now)


def _announce(changed: list[tuple[int, datetime]]) -> None:
    publish(ProductsChanged(list(dict.fromkeys(id_ for id_, _at in changed)), changed[-1][1]))


def _refuse_unpublishable(products: Sequence[Product]) -> None:
    if not products:
        return
    db.session.flush()
    drafts = drafts_of(products)
    for product in products:
        missing = missing_of(drafts[product.id], is_piece=product.kind == ProductKind.PIECE)
        if missing:
            raise NotPublishable(missing)
