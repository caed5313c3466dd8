"""What a file's product meets here, and what taking it in would change. Reads only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from app.catalog.commands import products
from app.catalog.commands.importing import mapping
from app.catalog.commands.importing.memory import NOTHING, Memory, Said, recalled
from app.catalog.commands.importing.report import Outcome, Verb
from app.catalog.drafts import ProductDraft
from app.catalog.importing.records import ImportedProduct, ImportedVariant
from app.catalog.models import Product, ProductKind, ProductState, Variant
from app.catalog.queries.drafts import draft_of
from app.platform.actor import Actor
from app.platform.db import db
from app.platform.i18n import gettext as _
from app.platform.rbac import visible

FIELDS = ("title", "story", "brand", "option_names", "variants", "images")


@dataclass(frozen=True, slots=True)
class Target:
    """Whose shop a file goes into, and the place where what it counts lies."""

    merchant_id: int
    location_id: int


@dataclass(frozen=True, slots=True)
class Incoming:
    """A product of the file; `is_whole` is False when rows of it had to be left out."""

    product: ImportedProduct
    is_whole: bool = True

    @property
    def key(self) -> str:
        return mapping.SOURCE + self.product.handle


@dataclass(frozen=True, slots=True)
class Standing:
    """A product as it is here already; empty when it is not."""

    product: Product | None = None
    draft: ProductDraft | None = None
    memory: Memory = NOTHING

    @property
    def is_piece(self) -> bool:
        return self.product is not None and self.product.kind == ProductKind.PIECE


def standing(key: str, target: Target, actor: Actor) -> Standing:
    """What the merchant has under a file's key."""
    product: Product | None = db.session.scalar(
        select(Product)
        .where(
            Product.merchant_id == target.merchant_id,
            Product.source_key == key,
            visible(actor, Product),
        )
        .execution_options(populate_existing=True)
    )
    if product is None:
        return Standing()
    return Standing(product, draft_of(product), recalled(product.id))


def foresee(
    incoming: Incoming, pictures: tuple[Said, ...], target: Target, actor: Actor
) -> Outcome:
    """What loading would do."""
    here = standing(incoming.key, target, actor)
    refused = refusal(incoming, here, target)
    if refused:
        return refused
    changed = differences(here, draft_for(incoming, here, pictures))
    if any(said.media_id is None and not here.memory.picture(said.source) for said in pictures):
        changed.add("images")
    if counts_of(incoming, here, target):
        changed.add("stock")
    if _will_move(incoming, here, changed):
        changed.add("state")
    return outcome(incoming, here, changed, notes_on(incoming, here, changed))


def refusal(incoming: Incoming, here: Standing, target: Target) -> Outcome | None:
    """Why the whole product cannot be taken in, if it cannot."""
    product = incoming.product
    if product.is_gift_card:
        return refused(incoming, "Gift Card", _("Gift cards cannot be sold here."))
    if here.is_piece and len(product.variants) > 1:
        message = _("This is a one-of-a-kind piece here and cannot have several variants.")
        return refused(incoming, "Option1 Value", message)
    taken = _taken_sku(product.variants, here, target)
    if taken is not None:
        message = _("Another product has the SKU %(sku)s.", sku=taken.sku)
        return refused(incoming, "Variant SKU", message, row=taken.row)
    return None


def refused(incoming: Incoming, column: str, message: str, *, row: int | None = None) -> Outcome:
    return Outcome(
        row=row or incoming.product.row,
        handle=incoming.product.handle,
        title=incoming.product.title,
        verb=Verb.REFUSED,
        notes=(message,),
        column=column,
    )


def draft_for(incoming: Incoming, here: Standing, pictures: tuple[Said, ...]) -> ProductDraft:
    if here.draft is None:
        return mapping.new_draft(incoming.product, pictures)
    return mapping.changed_draft(
        incoming.product, here.draft, pictures, here.memory, is_whole=incoming.is_whole
    )


def differences(here: Standing, draft: ProductDraft) -> set[str]:
    """Names of the fields that the file changes; all of them for a new product."""
    if here.draft is None:
        return set(FIELDS)
    return {name for name in FIELDS if getattr(here.draft, name) != getattr(draft, name)}


def counts_of(incoming: Incoming, here: Standing, target: Target) -> dict[str, int]:
    """Units by SKU where the file says something else than last time.

    What it said before was taken in before: saying it again would put back on the shelf what has
    been sold here since.
    """
    place = str(target.location_id)
    said = {
        variant.sku: min(variant.quantity, 1) if here.is_piece else variant.quantity
        for variant in incoming.product.variants
        if variant.quantity is not None
    }
    return {
        sku: units
        for sku, units in said.items()
        if here.memory.stock.get(sku, {}).get(place) != units
    }


def next_state(incoming: Incoming, here: Standing) -> ProductState | None:
    """The state the file newly asks for; None when it asked before and the state was reached."""
    wanted = mapping.wanted_state(incoming.product)
    return None if here.memory.state == wanted else wanted


def notes_on(incoming: Incoming, here: Standing, changed: set[str]) -> list[str]:
    """What somebody should know of a product that is taken in."""
    notes = []
    edited = here.product is not None and here.product.version > here.memory.version
    if edited and changed & set(FIELDS):
        notes.append(_("It was edited here since the last import; the file wins."))
    if any(variant.quantity is None for variant in incoming.product.variants):
        notes.append(_("The file does not say how many there are; the stock stays as it is."))
    wanted = mapping.wanted_state(incoming.product)
    if here.product and here.memory.state == wanted and here.product.state != wanted:
        notes.append(_("It was put on sale or withdrawn here since; that stays."))
    return notes


def outcome(incoming: Incoming, here: Standing, changed: set[str], notes: list[str]) -> Outcome:
    verb = Verb.CHANGE if changed else Verb.UNCHANGED
    return Outcome(
        row=incoming.product.row,
        handle=incoming.product.handle,
        title=incoming.product.title,
        verb=verb if here.product else Verb.CREATE,
        product_id=here.product.id if here.product else None,
        changed=tuple(sorted(changed)) if here.product else (),
        notes=tuple(notes),
    )


def _will_move(incoming: Incoming, here: Standing, changed: set[str]) -> bool:
    """Whether the state will change; one that still misses something and gets nothing new stays."""
    state = next_state(incoming, here)
    if state is None or here.product is None or here.product.state == state:
        return False
    return bool(state is not ProductState.LIVE or changed) or not products.what_is_missing(
        here.product
    )


def _taken_sku(
    variants: Iterable[ImportedVariant], here: Standing, target: Target
) -> ImportedVariant | None:
    """The first variant whose SKU another product of the merchant has."""
    by_sku = {variant.sku: variant for variant in variants}
    own = here.product.id if here.product else 0
    statement = select(Variant.sku).where(
        Variant.merchant_id == target.merchant_id,
        Variant.sku.in_(list(by_sku)),
        Variant.product_id != own,
    )
    taken = db.session.scalar(statement.limit(1))
    return by_sku[taken] if taken is not None else None
