"""What a file's product meets here, and what taking it in would change. Reads only."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select

from app.catalog.commands import products
from app.catalog.commands.importing.incoming import (
    At,
    Incoming,
    Refusal,
    Standing,
    Target,
)
from app.catalog.commands.importing.memory import Said, recalled
from app.catalog.commands.importing.report import FIELD_NAMES, Outcome, Verb
from app.catalog.drafts import ProductDraft
from app.catalog.models import Product, ProductState, Stock, Variant
from app.catalog.queries.drafts import draft_of
from app.platform.actor import Actor
from app.platform.db import db
from app.platform.i18n import gettext as _
from app.platform.rbac import visible

FIELDS = tuple(name for name in FIELD_NAMES if name not in {"stock", "state"})


def standing(incoming: Incoming, target: Target, actor: Actor) -> Standing:
    """What the merchant has under the product's key, or else under its SKUs."""
    own = (Product.merchant_id == target.merchant_id) & visible(actor, Product)
    product = _found(own & (Product.source_key == incoming.key)) if incoming.key else None
    if product is None and incoming.is_same_by_sku:
        skus = select(Variant.product_id).where(
            Variant.merchant_id == target.merchant_id, Variant.sku.in_(list(incoming.rows))
        )
        product = _found(own & Product.id.in_(skus))
    if product is None:
        return Standing()
    return Standing(product, draft_of(product), recalled(product.id), _on_hand(product.id))


def foresee(
    incoming: Incoming, pictures: tuple[Said, ...], target: Target, actor: Actor
) -> Outcome:
    """What loading would do."""
    here = standing(incoming, target, actor)
    refused = refusal(incoming, here, target)
    if refused:
        return refused
    changed = differences(incoming, here, incoming.draft(here, pictures))
    if any(said.media_id is None and not here.memory.picture(said.source) for said in pictures):
        changed.add("images")
    counts = incoming.counts(here)
    if counts.to_take:
        changed.add("stock")
    if _will_move(incoming, here, changed):
        changed.add("state")
    return outcome(incoming, here, changed, [*notes_on(incoming, here, changed), *counts.notes])


def refusal(incoming: Incoming, here: Standing, target: Target) -> Outcome | None:
    """Why the whole product cannot be taken in, if it cannot."""
    found = incoming.refusal(here) or _taken_sku(incoming, here, target)
    return refused(incoming, found.column, found.message, row=found.row) if found else None


def refused(incoming: Incoming, column: str, message: str, *, row: int | None = None) -> Outcome:
    return Outcome(
        row=row or incoming.row,
        handle=incoming.name,
        title=incoming.title,
        verb=Verb.REFUSED,
        notes=(message,),
        column=column,
    )


def differences(incoming: Incoming, here: Standing, draft: ProductDraft) -> set[str]:
    """Names of the fields that the file changes; all of them for a new product."""
    if here.draft is None:
        return set(FIELDS)
    before, after = incoming.comparable(here.draft), incoming.comparable(draft)
    return {name for name in FIELDS if getattr(before, name) != getattr(after, name)}


def next_state(incoming: Incoming, here: Standing) -> ProductState | None:
    """The state the file newly asks for; None when it asked before and the state was reached."""
    return None if here.memory.state == incoming.state else incoming.state


def notes_on(incoming: Incoming, here: Standing, changed: set[str]) -> list[str]:
    """What somebody should know of a product that is taken in."""
    notes = []
    edited = here.product is not None and here.product.version > here.memory.version > 0
    if edited and changed & set(FIELDS):
        notes.append(_("It was edited here since the last import; the file wins."))
    notes += incoming.notes()
    wanted = incoming.state
    if wanted and here.product and here.memory.state == wanted and here.product.state != wanted:
        notes.append(_("It was put on sale or withdrawn here since; that stays."))
    return notes


def outcome(incoming: Incoming, here: Standing, changed: set[str], notes: list[str]) -> Outcome:
    verb = Verb.CHANGE if changed else Verb.UNCHANGED
    return Outcome(
        row=incoming.row,
        handle=incoming.name,
        title=incoming.title,
        verb=verb if here.product else Verb.CREATE,
        product_id=here.product.id if here.product else None,
        changed=tuple(sorted(changed)) if here.product else (),
        notes=tuple(notes),
    )


def _found(which: ColumnElement[bool]) -> Product | None:
    statement = select(Product).where(which).order_by(Product.id).limit(1)
    product: Product | None = db.session.scalar(statement.execution_options(populate_existing=True))
    return product


def _on_hand(product_id: int) -> dict[At, int]:
    statement = select(Variant.sku, Stock.location_id, Stock.on_hand).join(
        Stock, Stock.variant_id == Variant.id
    )
    rows = db.session.execute(statement.where(Variant.product_id == product_id))
    return {At(sku, location_id): on_hand for sku, location_id, on_hand in rows}


def _will_move(incoming: Incoming, here: Standing, changed: set[str]) -> bool:
    """Whether the state will change; one that still misses something and gets nothing new stays."""
    state = next_state(incoming, here)
    if state is None or here.product is None or here.product.state == state:
        return False
    return bool(state is not ProductState.LIVE or changed) or not products.what_is_missing(
        here.product
    )


def _taken_sku(incoming: Incoming, here: Standing, target: Target) -> Refusal | None:
    """The first of its SKUs that another product of the merchant has."""
    statement = select(Variant.sku).where(
        Variant.merchant_id == target.merchant_id,
        Variant.sku.in_(list(incoming.rows)),
        Variant.product_id != (here.product.id if here.product else 0),
    )
    sku = db.session.scalar(statement.limit(1))
    if sku is None:
        return None
    message = _("Another product has the SKU %(sku)s.", sku=sku)
    return Refusal(incoming.sku_column, message, incoming.rows[sku])
