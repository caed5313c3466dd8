"""Load products of a file, whole or not at all; loading them again changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from app.catalog.commands import collections, products, stock
from app.catalog.commands.importing import mapping, planning
from app.catalog.commands.importing.incoming import At, Target
from app.catalog.commands.importing.memory import Said, recalled, remember, remember_all
from app.catalog.commands.importing.plan import Found, Plan, apart
from app.catalog.commands.importing.report import Outcome
from app.catalog.drafts import with_images
from app.catalog.events import PicturesWanted
from app.catalog.models import MovementReason, ProductKind, ProductState, Variant
from app.catalog.queries.drafts import draft_of
from app.platform.actor import SYSTEM, Actor
from app.platform.db import db
from app.platform.facts import publish
from app.platform.i18n import gettext as _
from app.platform.transaction import command


@command
def load(
    several: Sequence[Found],
    target: Target,
    *,
    fetches_later: bool = False,
    actor: Actor,
    now: datetime,
) -> list[Outcome]:
    """Create or change products, set their stock and state, and remember what the file said: all of
    them in as many statements as one takes.

    Ends before the first that must see another of them written; what was done is told of those
    from the front. Raises NotPublishable, Invalid or Forbidden, and has then done nothing.
    """
    heres = planning.standings([each.incoming for each in several], target, actor)
    plans = list(apart(map(Plan, several, heres)))
    work = [plan for plan in plans if not plan.is_settled]
    slugs = dict.fromkeys(slug for plan in work for slug in plan.incoming.new_collections())
    if slugs:
        collections.create_missing(list(slugs), actor=actor, now=now)
    _save(work, target, actor=actor, now=now)
    _count(work, actor=actor, now=now)
    _move(work, actor=actor, now=now)
    remember_all(((plan.written(), plan.memory()) for plan in work), now=now)
    outcomes = [plan.outcome() for plan in plans]
    for outcome in outcomes if fetches_later else ():
        if outcome.product_id is not None and outcome.to_fetch:
            publish(PicturesWanted(outcome.product_id, now))
    return outcomes


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
    state = memory.state
    if wanted is ProductState.LIVE and not products.what_is_missing(product):
        products.publish_product(product_id, actor=SYSTEM, now=now)
        state = wanted.value
    elif wanted not in {None, ProductState.LIVE}:
        products.withdraw(product_id, wanted, actor=SYSTEM, now=now)
        state = wanted.value
    remember(product, replace(memory, pictures=pictures, state=state), now=now)


@command
def want_pictures(product_id: int, *, now: datetime) -> None:
    """Have a worker fetch what a product's addresses lead to."""
    publish(PicturesWanted(product_id, now))


def _save(work: Sequence[Plan], target: Target, *, actor: Actor, now: datetime) -> None:
    """Write the products that are new or differ."""
    new = [plan for plan in work if plan.is_new]
    wanted = [products.NewProduct(plan.draft, plan.incoming.number) for plan in new]
    if new:
        made = products.create_all(wanted, merchant_id=target.merchant_id, actor=actor, now=now)
        for plan, product in zip(new, made, strict=True):
            plan.product = product
    changed = {plan.written().id: plan.draft for plan in work if plan.changed and not plan.is_new}
    if changed:
        products.change_all(changed, actor=actor, now=now)


def _count(work: Sequence[Plan], *, actor: Actor, now: datetime) -> None:
    """Set what is on hand, and note where more is promised to orders than the file has."""
    counted = [plan for plan in work if plan.counts.to_take]
    if not counted:
        return
    ids = _variant_ids([plan.written().id for plan in counted])
    first: dict[tuple[int, int], int] = {}
    again: dict[tuple[int, int], int] = {}
    said: dict[tuple[int, int], tuple[Plan, At]] = {}
    for plan in counted:
        for at, units in plan.counts.to_take.items():
            place = ids[plan.written().id, at.sku.casefold()], at.location_id
            (first if plan.is_new else again)[place] = units
            said[place] = plan, at
    stock.receive_first(first, actor=actor, now=now)
    reason = MovementReason.CORRECTED
    for place in stock.count_all(again, reason=reason, actor=actor, now=now):
        plan, at = said[place]
        plan.too_low.append(at)


def _variant_ids(product_ids: Sequence[int]) -> dict[tuple[int, str], int]:
    statement = select(Variant.product_id, Variant.sku, Variant.id)
    rows = db.session.execute(
        statement.where(Variant.product_id.in_(product_ids), Variant.retired.is_(False))
    )
    return {(product_id, sku.casefold()): variant_id for product_id, sku, variant_id in rows}


def _move(work: Sequence[Plan], *, actor: Actor, now: datetime) -> None:
    """Bring each to the state the file newly asks for; what cannot go on sale yet stays, and says
    why.
    """
    to: dict[ProductState, list[int]] = {state: [] for state in ProductState}
    for plan in work:
        if plan.wanted_state is None:
            continue
        product = plan.written()
        if plan.wanted_state is ProductState.LIVE:
            is_piece = product.kind == ProductKind.PIECE
            missing = products.missing_of(plan.draft, is_piece=is_piece)
            if missing:
                plan.missing = _("Not on sale yet: %(what)s", what=" ".join(missing.values()))
                continue
        to[plan.wanted_state].append(product.id)
        plan.reached = plan.wanted_state
    for state, ids in to.items():
        if ids and state is ProductState.LIVE:
            products.publish_all(ids, actor=actor, now=now)
        elif ids:
            products.withdraw_all(ids, state, actor=actor, now=now)
