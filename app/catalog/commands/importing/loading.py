"""Load one product of a file, whole or not at all; loading it again changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from app.catalog.commands import collections, products, stock
from app.catalog.commands.importing import mapping, planning
from app.catalog.commands.importing.incoming import At, Counts, Incoming, Standing, Target
from app.catalog.commands.importing.memory import NOTHING, Memory, Said, recalled, remember
from app.catalog.commands.importing.report import Outcome
from app.catalog.drafts import ProductDraft, with_images
from app.catalog.errors import StockTooLow
from app.catalog.events import PicturesWanted
from app.catalog.models import MovementReason, Product, ProductState, Variant
from app.catalog.queries.drafts import draft_of
from app.platform.actor import SYSTEM, Actor
from app.platform.db import db
from app.platform.facts import publish
from app.platform.i18n import gettext as _
from app.platform.transaction import command


@command
def load(
    incoming: Incoming, pictures: tuple[Said, ...], target: Target, *, actor: Actor, now: datetime
) -> Outcome:
    """Create or change the product, set its stock and state, and remember what the file said.

    Raises NotPublishable, Invalid or Forbidden, and has then done nothing.
    """
    here = planning.standing(incoming, target, actor)
    refused = planning.refusal(incoming, here, target)
    if refused:
        return refused
    collections.create_missing(incoming.new_collections(), actor=actor, now=now)
    draft = incoming.draft(here, pictures)
    changed = planning.differences(incoming, here, draft)
    if not changed and _is_known(incoming, here, pictures):
        return planning.outcome(incoming, here, changed, planning.notes_on(incoming, here, changed))
    was = here.product.state if here.product else None
    notes = planning.notes_on(incoming, here, changed)
    if here.product is not None and not changed:
        id_ = here.product.id
    else:
        id_ = _saved(incoming, here, draft, target, actor=actor, now=now)
    notes += _renumbered(id_, incoming) if here.product is None else []
    counts = incoming.counts(here)
    too_low = _count(id_, counts.to_take, is_new=here.product is None, actor=actor, now=now)
    notes += [
        *counts.notes,
        *(
            _("%(sku)s: more units are promised to orders than the file has.", sku=at.sku)
            for at in too_low
        ),
    ]
    reached, missing = _move(id_, planning.next_state(incoming, here), actor=actor, now=now)
    notes += missing
    changed |= ({"stock"} if counts.to_take else set()) | (
        {"state"} if reached != was and reached else set()
    )
    memory = _memory(incoming, here, pictures, reached)
    said = _stock_said(here, counts, too_low)
    remember(db.session.get_one(Product, id_), replace(memory, stock=said), now=now)
    return replace(planning.outcome(incoming, here, changed, notes), product_id=id_)


@command
def complete(product_id: int, pictures: tuple[Said, ...], *, now: datetime) -> None:
    """Hang up pictures that came after all, and sell the product if only they were missing."""
    product = products.lock(product_id, SYSTEM)
    memory, draft = recalled(product_id), draft_of(product)
    images = mapping.merged_images(draft.images or (), pictures, memory, draft.piece)
    if images != draft.images:
        hung = mapping.with_fault_pictures(with_images(draft, images), pictures, memory.faults)
        products.change(product_id, hung, actor=SYSTEM, now=now)
    wanted = ProductState(memory.wanted) if memory.wanted not in {"", memory.state} else None
    reached, _missing = _move(product_id, wanted, actor=SYSTEM, now=now)
    state = reached.value if reached else memory.state
    remember(product, replace(memory, pictures=pictures, state=state), now=now)


@command
def want_pictures(product_id: int, *, now: datetime) -> None:
    """Have a worker fetch what a product's addresses lead to."""
    publish(PicturesWanted(product_id, now))


def _saved(
    incoming: Incoming, here: Standing, draft: ProductDraft, target: Target, *, actor: Actor,
    now: datetime,
) -> int:  # fmt: skip
    """Write the product; returns its id."""
    if here.product is None:
        return products.create(
            draft, merchant_id=target.merchant_id, number=incoming.number, actor=actor, now=now
        )
    products.change(here.product.id, draft, actor=actor, now=now)
    return here.product.id


def _is_known(incoming: Incoming, here: Standing, pictures: tuple[Said, ...]) -> bool:
    """Whether nothing of a product that does not differ is worth remembering either."""
    counts = incoming.counts(here)
    if here.product is None or counts.said or counts.notes:
        return False
    if here.memory is NOTHING:
        is_kept = all(said.media_id is not None for said in pictures)
        return is_kept and incoming.state in {None, here.product.state}
    return here.memory.pictures == pictures and planning.next_state(incoming, here) is None


def _renumbered(product_id: int, incoming: Incoming) -> list[str]:
    number = db.session.get_one(Product, product_id).number
    if incoming.number in {None, number}:
        return []
    return [
        _("№ %(wished)s is taken; it became № %(number)s.", wished=incoming.number, number=number)
    ]


def _count(
    product_id: int, counted: Mapping[At, int], *, is_new: bool, actor: Actor, now: datetime
) -> list[At]:
    """Set what is on hand; returns where more is promised to orders than the file has."""
    ids = _variant_ids(product_id) if counted else {}
    if is_new:
        first = {(ids[at.sku.casefold()], at.location_id): units for at, units in counted.items()}
        stock.receive_first(first, actor=actor, now=now)
        return []
    too_low: list[At] = []
    for at, units in counted.items():
        try:
            stock.count(
                ids[at.sku.casefold()], at.location_id, units,
                reason=MovementReason.CORRECTED, actor=actor, now=now,
            )  # fmt: skip
        except StockTooLow:
            too_low.append(at)
    return too_low


def _variant_ids(product_id: int) -> dict[str, int]:
    rows = db.session.execute(
        select(Variant.sku, Variant.id).where(
            Variant.product_id == product_id, Variant.retired.is_(False)
        )
    )
    return {sku.casefold(): variant_id for sku, variant_id in rows}


def _move(
    product_id: int, state: ProductState | None, *, actor: Actor, now: datetime
) -> tuple[ProductState | None, list[str]]:
    """The state that was reached; a product that cannot go on sale yet stays, and says why."""
    if state is None:
        return None, []
    if state is not ProductState.LIVE:
        products.withdraw(product_id, state, actor=actor, now=now)
        return state, []
    missing = products.what_is_missing(db.session.get_one(Product, product_id))
    if missing:
        return None, [_("Not on sale yet: %(what)s", what=" ".join(missing.values()))]
    products.publish_product(product_id, actor=actor, now=now)
    return state, []


def _memory(
    incoming: Incoming, here: Standing, pictures: tuple[Said, ...], reached: ProductState | None
) -> Memory:
    return Memory(
        pictures=pictures,
        skus=tuple(incoming.rows),
        faults=incoming.fault_pictures,
        state=reached.value if reached else here.memory.state,
        wanted=incoming.state.value if incoming.state else here.memory.wanted,
        language=incoming.language,
    )


def _stock_said(here: Standing, counts: Counts, too_low: list[At]) -> dict[str, dict[str, int]]:
    """What was said before with what was taken in now; what could not be is to be tried again."""
    said = {sku: dict(places) for sku, places in here.memory.stock.items()}
    for at, units in counts.said.items():
        if at not in too_low:
            said.setdefault(at.sku, {})[str(at.location_id)] = units
    return said
