"""Verbs of the bag. Adding reserves nothing: a hold begins at checkout (presale rule R1)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update

from app.cart.errors import BagFull, UnknownCode
from app.cart.events import TakenOut
from app.cart.models import Bag, BagLine
from app.catalog.errors import OutOfStock
from app.catalog.queries.sellable import Sellable, sellable
from app.marketing.codes import meant
from app.marketing.queries import is_known
from app.platform.db import db
from app.platform.errors import NotFound
from app.platform.facts import publish
from app.platform.rbac import found
from app.platform.transaction import command
from app.presale.errors import CampaignFull, NotOpen
from app.presale.queries.offers import Asked, offers

MAX_LINES = 50
MAX_QUANTITY = 99


@dataclass(frozen=True, slots=True)
class Wish:
    """A campaign's SKU somebody wants to join: through which link, as which entry of its chat list,
    with how much more if a pack needs it, taking up which offer of the waiting list.
    """

    sku_id: int
    link_id: int | None = None
    tolerance: int = 0
    waiting_id: int | None = None
    listed_id: int | None = None


@command
def add(
    key: str | None, variant_id: int, quantity: int, *, now: datetime, sparing: str = ""
) -> str:
    """Put units into the bag with this key, or into a new one; returns the key.

    A piece is there once however often it is added. `sparing` names the owner's own checkout, whose
    holds are in nobody's way. Raises NotFound for what is not sold, OutOfStock when it is gone.
    """
    item = _sellable(variant_id, now, sparing)
    if item.units.free == 0:
        raise OutOfStock(variant_id=variant_id, free=0)
    bag = _bag(key, now)
    line = db.session.get(BagLine, (bag.id, variant_id), populate_existing=True)
    before = line.quantity if line and line.sku_id is None else 0
    total = 1 if item.is_piece else min(before + quantity, MAX_QUANTITY, item.units.free)
    _put(bag, variant_id, total, price=item.price, wish=None, now=now)
    return bag.key


@command
def join(key: str | None, wish: Wish, quantity: int, *, now: datetime, sparing: str = "") -> str:
    """Put a campaign's SKU into the bag, in the place of what was there of it; returns the key.

    Raises NotOpen outside its window, CampaignFull when nothing of it is left.
    """
    asked = Asked(wish.sku_id, wish.link_id, wish.waiting_id)
    offer = offers([asked], now=now, sparing=sparing).get(wish.sku_id)
    if offer is None:
        raise NotFound
    if not offer.is_open:
        raise NotOpen
    if offer.free == 0:
        raise CampaignFull(variant_id=offer.variant_id, free=0)
    _sellable(offer.variant_id, now)
    bag = _bag(key, now)
    total = min(max(quantity, 1), MAX_QUANTITY, offer.free)
    _put(bag, offer.variant_id, total, price=offer.terms.price, wish=wish, now=now)
    return bag.key


@command
def set_quantity(
    key: str, variant_id: int, quantity: int, *, now: datetime, sparing: str = ""
) -> None:
    """Change how many; zero takes the line out. More than are free becomes what is free."""
    bag = _known(key)
    if quantity <= 0:
        remove(key, variant_id, now=now)
        return
    item = _sellable(variant_id, now, sparing)
    line = db.session.get(BagLine, (bag.id, variant_id), populate_existing=True)
    if line is None:
        return
    most = 1 if item.is_piece else item.units.free
    if line.sku_id is not None:
        asked = Asked(line.sku_id, line.link_id, line.waiting_id)
        most = offers([asked], now=now, sparing=sparing)[line.sku_id].free - line.tolerance
    line.quantity = min(quantity, MAX_QUANTITY, max(most, 1))
    bag.changed_at = now


@command
def remove(key: str, variant_id: int, *, now: datetime) -> None:
    """Take a line out; taking it out twice is taking it out once.

    What a checkout holds of it is free for others from then on, but for what a waiting list has
    offered: its place there would be lost by a slip of the thumb.
    """
    bag = found(lock(key))  # a checkout that begins meanwhile holds it before, or does not see it
    line = db.session.execute(
        delete(BagLine)
        .where(BagLine.bag_id == bag.id, BagLine.variant_id == variant_id)
        .returning(BagLine.sku_id, BagLine.waiting_id)
        .execution_options(synchronize_session=False)
    ).first()
    bag.changed_at = now
    if line is not None and line.waiting_id is None:
        publish(TakenOut(bag.id, variant_id, line.sku_id, now))


@command
def empty(bag_id: int, variant_ids: list[int], *, now: datetime) -> None:
    """Take out what was ordered, and the code it was ordered with."""
    db.session.execute(
        delete(BagLine).where(BagLine.bag_id == bag_id, BagLine.variant_id.in_(variant_ids))
    )
    db.session.execute(update(Bag).where(Bag.id == bag_id).values(code="", changed_at=now))


@command
def enter_code(key: str, typed: str, *, now: datetime) -> None:
    """Put a promotion's code on the bag, in the place of another; raises UnknownCode."""
    bag = _known(key)
    code = meant(typed)
    if not code or not is_known(code):
        raise UnknownCode
    bag.code, bag.changed_at = code, now


@command
def forget_code(key: str, *, now: datetime) -> None:
    """Take the code off the bag; without one there is nothing to do."""
    bag = _known(key)
    bag.code, bag.changed_at = "", now


def lock(key: str) -> Bag | None:
    """The bag with this key, locked for the caller's transaction."""
    return db.session.scalar(select(Bag).where(Bag.key == key).with_for_update())


@command
def accept_prices(key: str, *, now: datetime) -> None:
    """Note that the owner has seen the prices of today."""
    bag = _known(key)
    lines = db.session.scalars(select(BagLine).where(BagLine.bag_id == bag.id)).all()
    items = sellable([line.variant_id for line in lines], now=now)
    joined = offers([Asked(line.sku_id) for line in lines if line.sku_id], now=now)
    for line in lines:
        if line.sku_id in joined:
            line.price_seen = joined[line.sku_id].terms.price
        elif line.variant_id in items:
            line.price_seen = items[line.variant_id].price


def _put(
    bag: Bag, variant_id: int, quantity: int, *, price: int, wish: Wish | None, now: datetime
) -> None:
    """Write a variant's one line in the bag. Where another kind of line takes its place, what a
    checkout holds of the former is let go.
    """
    sku_id = wish.sku_id if wish else None
    line = db.session.get(BagLine, (bag.id, variant_id), populate_existing=True)
    if line is None:
        _refuse_too_many(bag.id)
        line = BagLine(bag_id=bag.id, variant_id=variant_id, added_at=now)
        db.session.add(line)
    elif line.sku_id != sku_id and line.waiting_id is None:
        publish(TakenOut(bag.id, variant_id, line.sku_id, now))
    line.quantity = quantity
    line.price_seen = price
    line.sku_id = sku_id
    line.link_id = wish.link_id if wish else None
    line.listed_id = wish.listed_id if wish else None
    line.waiting_id = wish.waiting_id if wish else None
    line.tolerance = min(wish.tolerance, MAX_QUANTITY - quantity) if wish else 0
    bag.changed_at = now
    db.session.flush()


def _sellable(variant_id: int, now: datetime, sparing: str = "") -> Sellable:
    item = sellable([variant_id], now=now, sparing=sparing).get(variant_id)
    if item is None or not item.is_live:
        raise NotFound
    return item


def _bag(key: str | None, now: datetime) -> Bag:
    """The bag with this key, locked, or a new one."""
    bag = lock(key) if key else None
    if bag is None:
        bag = Bag(key=secrets.token_urlsafe(24), created_at=now, changed_at=now)
        db.session.add(bag)
        db.session.flush()
    return bag


def _known(key: str) -> Bag:
    bag = db.session.scalar(select(Bag).where(Bag.key == key))
    if bag is None:
        raise NotFound
    return bag


def _refuse_too_many(bag_id: int) -> None:
    lines = db.session.scalars(select(BagLine.variant_id).where(BagLine.bag_id == bag_id)).all()
    if len(lines) >= MAX_LINES:
        raise BagFull
