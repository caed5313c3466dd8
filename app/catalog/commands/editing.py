"""What somebody does in the editor: begin an item, save it, hang its pictures, price it, count it.

Every change names the version it was made on; one made on an older version is refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from app.catalog.commands import products, stock
from app.catalog.drafts import ImageDraft, PieceDraft, ProductDraft, VariantDraft, with_images
from app.catalog.errors import ChangedMeanwhile, StockMoved
from app.catalog.models import (
    Grade,
    MovementReason,
    Product,
    ProductKind,
    ProductState,
    Stock,
    Variant,
)
from app.catalog.queries.drafts import draft_of
from app.platform.actor import Actor
from app.platform.db import db
from app.platform.errors import Invalid
from app.platform.i18n import gettext as _
from app.platform.locks import lock_name
from app.platform.rbac import ensure, found, visible
from app.platform.transaction import command
from app.shop.queries import locations


@dataclass(frozen=True, slots=True)
class Count:
    """Units of a SKU at a location: what the form showed, and what was typed over it."""

    sku: str
    location_id: int
    seen: int
    counted: int


@dataclass(frozen=True, slots=True)
class Edit:
    """A whole item as it was typed. `renamed` are new SKUs by variant id; `goes_to` takes it off
    sale before it is changed.
    """

    draft: ProductDraft
    version: int
    renamed: Mapping[int, str] = field(default_factory=dict)
    counts: tuple[Count, ...] = ()
    goes_to: ProductState | None = None


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a new item starts with. The same `key` begins the same item once."""

    kind: ProductKind
    title: Mapping[str, str]
    media_ids: Sequence[int]
    key: str


@command
def begin(new: Beginning, *, actor: Actor, now: datetime) -> int:
    """A new draft of the actor's merchant with the next №, and its № as SKU; returns its id."""
    merchant_id = found(actor.merchant_id)
    source_key = f"form:{new.key}"
    lock_name("item", str(merchant_id), source_key)
    begun = db.session.scalar(
        select(Product.id).where(
            Product.merchant_id == merchant_id, Product.source_key == source_key
        )
    )
    if begun is not None:
        return begun
    draft = ProductDraft(
        title=new.title,
        variants=(),
        images=tuple(ImageDraft(media_id) for media_id in dict.fromkeys(new.media_ids)),
        piece=PieceDraft(grade=Grade.A) if new.kind is ProductKind.PIECE else None,
        source_key=source_key,
    )
    product_id = products.create(draft, merchant_id=merchant_id, actor=actor, now=now)
    product = db.session.get_one(Product, product_id)
    sku = free_sku(f"{product.number:04d}", merchant_id)
    products.change(
        product_id, replace(draft, variants=(VariantDraft(sku, 0),)), actor=actor, now=now
    )
    return product_id


def save(product_id: int, edit: Edit, *, actor: Actor, now: datetime) -> None:
    """Replace the item with what was typed, its stock included.

    Raises ChangedMeanwhile, StockMoved, StockTooLow, NotPublishable and Invalid; nothing is saved
    then. What is saved already is saved again without a word.
    """
    try:
        _save(product_id, edit, actor=actor, now=now)
    except IntegrityError as error:
        # The SKU was free when it was looked for and taken a moment later.
        raise Invalid({"sku": _("Another product has this SKU.")}) from error


@command
def hang(
    product_id: int, images: tuple[ImageDraft, ...], *, version: int, actor: Actor, now: datetime
) -> int:
    """Give the item these pictures in this order; returns its version then."""
    ensure(actor, "catalog.edit")
    product = products.lock(product_id, actor)
    draft = draft_of(product)
    if draft.images != images:
        _ensure_version(product, version)
        products.change(product_id, with_images(draft, images), actor=actor, now=now)
    return product.version


@command
def reprice(product_id: int, price: int, *, version: int, actor: Actor, now: datetime) -> None:
    """Change the price of an item that has one; a was-price that is no longer higher goes."""
    ensure(actor, "catalog.edit")
    product = products.lock(product_id, actor)
    draft = draft_of(product)
    if len(draft.variants) != 1:
        raise Invalid({"price": _("This item has several prices; open it to change them.")})
    variant = draft.variants[0]
    if variant.price == price:
        return
    _ensure_version(product, version)
    before = variant.compare_at if variant.compare_at and variant.compare_at > price else None
    changed = replace(draft, variants=(replace(variant, price=price, compare_at=before),))
    products.change(product_id, changed, actor=actor, now=now)


@command
def count(
    variant_id: int, figures: Count, *, reason: MovementReason, actor: Actor, now: datetime
) -> None:
    """Set what is on hand at one place. Raises NotFound, StockMoved and StockTooLow."""
    ensure(actor, "stock.edit")
    merchant_id = found(
        db.session.scalar(
            select(Variant.merchant_id).where(Variant.id == variant_id, visible(actor, Variant))
        )
    )
    _ensure_own_place(figures.location_id, merchant_id, actor)
    _ensure_seen(variant_id, figures)
    stock.count(
        variant_id, figures.location_id, figures.counted, reason=reason, actor=actor, now=now
    )


def free_sku(wanted: str, merchant_id: int) -> str:
    """The SKU itself, or the first of its continuations (0427-2, 0427-3, …) that is free."""
    statement = select(Variant.sku).where(
        Variant.merchant_id == merchant_id, Variant.sku.startswith(wanted, autoescape=True)
    )
    taken = set(db.session.scalars(statement))
    names = [wanted, *(f"{wanted}-{place}" for place in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken)


@command
def _save(product_id: int, edit: Edit, *, actor: Actor, now: datetime) -> None:
    ensure(actor, "catalog.edit")
    product = products.lock(product_id, actor)
    if _is_saved(product, edit):
        return
    _ensure_version(product, edit.version)
    if edit.goes_to is not None:
        products.withdraw(product_id, edit.goes_to, actor=actor, now=now)
    _rename(product_id, edit.renamed)
    if draft_of(product) != edit.draft:
        products.change(product_id, edit.draft, actor=actor, now=now)
    _count_all(product, edit.counts, actor=actor, now=now)


def _is_saved(product: Product, edit: Edit) -> bool:
    """Whether the very same was saved before, as by a button that was pressed twice."""
    if edit.goes_to not in {None, product.state} or draft_of(product) != edit.draft:
        return False
    return all(
        _on_hand(_variant_id(product.id, each.sku), each.location_id) == each.counted
        for each in edit.counts
    )


def _ensure_version(product: Product, version: int) -> None:
    if product.version != version:
        raise ChangedMeanwhile(version=product.version)


def _rename(product_id: int, renamed: Mapping[int, str]) -> None:
    """Give variants their new SKUs, by way of names nobody has, so that two may change places."""
    own = (Variant.product_id == product_id) & Variant.id.in_(renamed)
    for variant in db.session.scalars(select(Variant).where(own)):
        variant.sku = f"renamed-{variant.id}"
    db.session.flush()
    for variant in db.session.scalars(select(Variant).where(own)):
        _ensure_free(variant, renamed[variant.id])
        variant.sku = renamed[variant.id]
    db.session.flush()


def _ensure_free(variant: Variant, sku: str) -> None:
    """A retired variant of the same item gives its SKU up; anybody else's is taken."""
    own_retired = (Variant.product_id == variant.product_id) & Variant.retired.is_(True)
    db.session.execute(
        update(Variant)
        .where(own_retired, Variant.sku == sku)
        .values(sku=Variant.sku + f"-{variant.id}")
    )
    statement = select(Variant.id).where(
        Variant.merchant_id == variant.merchant_id, Variant.sku == sku
    )
    if db.session.scalar(statement) is not None:
        raise Invalid({"sku": _("Another product has the SKU %(sku)s.", sku=sku)})


def _count_all(product: Product, counts: Sequence[Count], *, actor: Actor, now: datetime) -> None:
    if not counts:
        return
    ensure(actor, "stock.edit")
    _lock_stock(product.id)
    for each in counts:
        _ensure_own_place(each.location_id, product.merchant_id, actor)
        variant_id = _variant_id(product.id, each.sku)
        _ensure_seen(variant_id, each)
        more = each.counted > each.seen
        stock.count(
            variant_id, each.location_id, each.counted,
            reason=MovementReason.RECEIVED if more else MovementReason.CORRECTED,
            actor=actor, now=now,
        )  # fmt: skip


def _ensure_own_place(location_id: int, merchant_id: int, actor: Actor) -> None:
    own = {place.id for place in locations(actor) if place.merchant_id == merchant_id}
    found(location_id if location_id in own else None)


def _lock_stock(product_id: int) -> None:
    """All stock of the item in the order of ids, as everybody locks it."""
    own = select(Variant.id).where(Variant.product_id == product_id)
    statement = select(Stock.id).where(Stock.variant_id.in_(own)).order_by(Stock.id)
    db.session.execute(statement.with_for_update())


def _ensure_seen(variant_id: int, count: Count) -> None:
    """Refuse a count made on figures that are no longer true: it would undo a sale."""
    on_hand = _on_hand(variant_id, count.location_id, locked=True)
    if on_hand != count.seen:
        raise StockMoved(sku=count.sku, location_id=count.location_id, on_hand=on_hand)


def _on_hand(variant_id: int, location_id: int, *, locked: bool = False) -> int:
    statement = select(Stock.on_hand).where(
        Stock.variant_id == variant_id, Stock.location_id == location_id
    )
    return db.session.scalar(statement.with_for_update() if locked else statement) or 0


def _variant_id(product_id: int, sku: str) -> int:
    statement = select(Variant.id).where(Variant.product_id == product_id, Variant.sku == sku)
    return db.session.scalar(statement) or 0
