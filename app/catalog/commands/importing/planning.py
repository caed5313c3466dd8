"""What a file's product meets here, and what taking it in would change. Reads only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import or_, select

from app.catalog.commands import products
from app.catalog.commands.importing.incoming import (
    At,
    Incoming,
    Refusal,
    Standing,
    Target,
)
from app.catalog.commands.importing.memory import NOTHING, Said, recalled_of
from app.catalog.commands.importing.report import FIELD_NAMES, Outcome, Verb
from app.catalog.drafts import ProductDraft
from app.catalog.models import Product, ProductState, Stock, Variant
from app.catalog.queries.drafts import drafts_of
from app.platform.actor import Actor
from app.platform.db import db
from app.platform.i18n import gettext as _
from app.platform.rbac import visible

FIELDS = tuple(name for name in FIELD_NAMES if name not in {"stock", "state"})


def standings(several: Sequence[Incoming], target: Target, actor: Actor) -> list[Standing]:
    """What the merchant has under each product's key, or else under its SKUs."""
    owners = _owners(several, target)
    met = _met(several, owners, target, actor)
    there = {product.id: product for product in met if product}
    drafts, memories = drafts_of(there.values()), recalled_of(there)
    on_hand = _on_hand(there)
    found = []
    for incoming, product in zip(several, met, strict=True):
        id_ = product.id if product else 0
        taken = frozenset(sku for sku in incoming.rows if owners.get(sku, id_) != id_)
        memory = memories.get(id_, NOTHING)
        found.append(Standing(product, drafts.get(id_), memory, on_hand[id_], taken))
    return found


def foresee(incoming: Incoming, pictures: tuple[Said, ...], here: Standing) -> Outcome:
    """What loading would do."""
    refused = refusal(incoming, here)
    if refused:
        return refused
    draft = incoming.draft(here, pictures)
    changed = differences(incoming, here, draft)
    if any(said.media_id is None and not here.memory.picture(said.source) for said in pictures):
        changed.add("images")
    counts = incoming.counts(here)
    if counts.to_take:
        changed.add("stock")
    if _will_move(incoming, here, changed):
        changed.add("state")
    return outcome(incoming, here, changed, [*notes_on(incoming, here, changed), *counts.notes])


def refusal(incoming: Incoming, here: Standing) -> Outcome | None:
    """Why the whole product cannot be taken in, if it cannot."""
    found = incoming.refusal(here) or _taken_sku(incoming, here)
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


def _owners(several: Sequence[Incoming], target: Target) -> dict[str, int]:
    """Which product of the merchant has each SKU of the file."""
    skus = {sku for incoming in several for sku in incoming.rows}
    statement = select(Variant.sku, Variant.product_id).where(
        Variant.merchant_id == target.merchant_id, Variant.sku.in_(skus)
    )
    return dict(db.session.execute(statement).all())


def _met(
    several: Sequence[Incoming], owners: Mapping[str, int], target: Target, actor: Actor
) -> list[Product | None]:
    """The product that each of them is, if it is here."""
    keys = {incoming.key for incoming in several if incoming.key}
    statement = select(Product).where(
        Product.merchant_id == target.merchant_id,
        visible(actor, Product),
        or_(Product.source_key.in_(keys), Product.id.in_(set(owners.values()))),
    )
    rows = db.session.scalars(statement.execution_options(populate_existing=True)).all()
    by_key = {product.source_key: product for product in rows if product.source_key}
    by_id = {product.id: product for product in rows}

    def met(incoming: Incoming) -> Product | None:
        if incoming.key in by_key:
            return by_key[incoming.key]
        skus = incoming.rows if incoming.is_same_by_sku else ()
        ids = sorted(owners[sku] for sku in skus if sku in owners)
        return by_id.get(ids[0]) if ids else None

    return [met(incoming) for incoming in several]


def _on_hand(product_ids: Collection[int]) -> Mapping[int, dict[At, int]]:
    """By product what lies where."""
    statement = (
        select(Variant.product_id, Variant.sku, Stock.location_id, Stock.on_hand)
        .join(Stock, Stock.variant_id == Variant.id)
        .where(Variant.product_id.in_(product_ids))
    )
    found: dict[int, dict[At, int]] = defaultdict(dict)
    for product_id, sku, location_id, on_hand in db.session.execute(statement):
        found[product_id][At(sku, location_id)] = on_hand
    return found


def _will_move(incoming: Incoming, here: Standing, changed: set[str]) -> bool:
    """Whether the state will change; one that still misses something and gets nothing new stays."""
    state = next_state(incoming, here)
    if state is None or here.product is None or here.product.state == state:
        return False
    if state is not ProductState.LIVE or changed or here.draft is None:
        return True
    return not products.missing_of(here.draft, is_piece=here.is_piece)


def _taken_sku(incoming: Incoming, here: Standing) -> Refusal | None:
    """The first of its SKUs that another product of the merchant has."""
    sku = next((sku for sku in incoming.rows if sku in here.taken), None)
    if sku is None:
        return None
    message = _("Another product has the SKU %(sku)s.", sku=sku)
    return Refusal(incoming.sku_column, message, incoming.rows[sku])
