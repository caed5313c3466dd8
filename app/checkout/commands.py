"""Verbs of checkout: begin (goods are held from here on), keep what was typed, order."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.cart import commands as cart
from app.cart.queries import BagItem, BagView, bag
from app.catalog.commands import stock
from app.catalog.errors import OutOfStock
from app.checkout.composing import Submitted, joining_of, new_order, taken_of
from app.checkout.errors import NothingToBuy, PriceChanged, SomethingGone
from app.checkout.models import Checkout
from app.checkout.queries import Way, holder_of, open_checkout, price, to_lock
from app.checkout.queries import person as person_of
from app.checkout.rules import PICKUP, hold_for
from app.marketing.commands import redeeming
from app.orders.commands import pay
from app.orders.commands.place import NewOrder, place
from app.orders.commands.settle import settle_nothing
from app.orders.queries import token_by_id
from app.platform.actor import Actor
from app.platform.db import db
from app.platform.rbac import found
from app.platform.transaction import command
from app.presale.commands import holding
from app.presale.commands.holding import Wanted
from app.presale.commands.joining import join


@dataclass(frozen=True, slots=True)
class Ordered:
    """The order that came of a checkout, and the word that opens it; no `payment_id` when it was
    made before, or costs nothing.
    """

    order_id: int
    payment_id: int | None
    token: str


@command
def begin(bag_key: str, *, now: datetime, name: str = "") -> Checkout:
    """Hold what is in the bag and return its checkout; beginning again extends the hold.

    `name` stands in the form until its owner has written something there. Raises SomethingGone,
    with nothing held, or NothingToBuy.
    """
    own_bag = cart.lock(bag_key)
    if own_bag is None:
        raise NothingToBuy
    checkout = _open(own_bag.id)
    sparing = holder_of(checkout.id) if checkout is not None else ""
    items = _all_of(bag(bag_key, now=now, sparing=sparing))
    until = now + hold_for(
        any_piece=any(item.item.is_piece for item in items),
        campaign_minutes=(item.offer.hold_minutes for item in items if item.offer),
    )
    if checkout is None:
        checkout = _begun(own_bag.id, name, until=until, now=now)
    _hold(holder_of(checkout.id), items, until=until, now=now)
    checkout.held_until = until
    return checkout


@command
def keep_typed(bag_key: str | None, typed: dict[str, str]) -> Checkout | None:
    """Keep the form as it was left, for this browser; returns its checkout, if one was begun."""
    checkout = open_checkout(bag_key)
    if checkout is not None:
        checkout.typed = dict(typed)
    return checkout


@command
def order(submitted: Submitted, *, actor: Actor, now: datetime) -> Ordered:
    """Turn a checkout into its one order. A second submit returns the same order.

    Raises SomethingGone, PriceChanged (when the fingerprint is not that of today's price),
    NothingToBuy, NotOpen, LimitReached or PromotionGone.
    """
    checkout = _locked(submitted.checkout_key, submitted.bag_key)
    if checkout.order_id is not None:
        return Ordered(checkout.order_id, None, token_by_id(checkout.order_id))
    details = submitted.details
    view = bag(submitted.bag_key, now=now, sparing=holder_of(checkout.id))
    items = _all_of(view)
    person = person_of(details.email, details.phone)
    way = Way(details.region_code, details.method == PICKUP, details.as_ready)
    priced = price(items, way, code=view.code, person=person, now=now)
    quoted = priced.quote
    if quoted.fingerprint != submitted.fingerprint or not quoted.can_be_paid:
        raise PriceChanged(quoted)
    new = new_order(checkout, items, priced, submitted, actor=actor, now=now)
    try:
        order_id = place(new, actor=actor, now=now)
    except OutOfStock as error:
        raise SomethingGone(frozenset({int(str(error.facts["variant_id"]))})) from error
    if any(item.offer is not None for item in items):
        join(order_id, joining_of(items, details), now=now)
    redeeming.take(order_id, taken_of(priced), person, now=now)
    checkout.order_id = order_id
    checkout.typed = {}
    cart.empty(checkout.bag_id, [item.item.variant_id for item in items], now=now)
    return Ordered(
        order_id, _paying(order_id, new, details.gateway, actor, now), token_by_id(order_id)
    )


def _paying(order_id: int, new: NewOrder, gateway: str, actor: Actor, now: datetime) -> int | None:
    """The attempt to be paid; None where nothing is asked for, since all of it was given."""
    if new.due_now:
        return pay.open_attempt(order_id, gateway, actor=actor, now=now)
    settle_nothing(order_id, actor=actor, now=now)
    return None


def _begun(bag_id: int, name: str, *, until: datetime, now: datetime) -> Checkout:
    checkout = Checkout(
        key=secrets.token_urlsafe(24),
        bag_id=bag_id,
        typed={"name": name} if name else {},
        started_at=now,
        held_until=until,
    )
    db.session.add(checkout)
    db.session.flush()
    return checkout


def _all_of(view: BagView) -> tuple[BagItem, ...]:
    """Everything in the bag; raises NothingToBuy, or SomethingGone when not all can be had."""
    if not view.items:
        raise NothingToBuy
    gone = gone_of(view)
    if gone:
        raise SomethingGone(gone)
    return view.items


def gone_of(view: BagView) -> frozenset[int]:
    """The variants in a bag that cannot be had as they are wanted."""
    return frozenset(item.item.variant_id for item in view.items if not item.can_be_bought)


def _hold(holder: str, items: tuple[BagItem, ...], *, until: datetime, now: datetime) -> None:
    wanted = [
        stock.Wanted(item.item.variant_id, item.quantity) for item in items if item.offer is None
    ]
    joined = [
        Wanted(item.offer.sku_id, item.units, item.link_id, item.waiting_id)
        for item in items
        if item.offer is not None
    ]
    try:
        if wanted:
            stock.reserve(holder, wanted, until=until, now=now)
        if joined:
            holding.reserve(holder, joined, until=until, now=now)
    except OutOfStock as error:
        raise SomethingGone(frozenset({int(str(error.facts["variant_id"]))})) from error


def _open(bag_id: int) -> Checkout | None:
    return db.session.scalar(
        select(Checkout)
        .where(Checkout.bag_id == bag_id, Checkout.order_id.is_(None))
        .order_by(Checkout.id.desc())
        .limit(1)
        .execution_options(populate_existing=True)
    )


def _locked(checkout_key: str, bag_key: str) -> Checkout:
    """The checkout behind its bag, both locked: two submits queue up, and so does who takes
    something out meanwhile.
    """
    statement = to_lock(checkout_key, bag_key)
    return found(db.session.scalar(statement.execution_options(populate_existing=True)))
