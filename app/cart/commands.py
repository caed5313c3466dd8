"""Verbs of the bag. Adding reserves nothing: a hold begins at checkout (presale rule R1)."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import delete, select, update

from app.cart.errors import BagFull
from app.cart.models import Bag, BagLine
from app.catalog.errors import OutOfStock
from app.catalog.queries.sellable import Sellable, sellable
from app.platform.db import db
from app.platform.errors import NotFound
from app.platform.transaction import command

MAX_LINES = 50
MAX_QUANTITY = 99


@command
def add(key: str | None, variant_id: int, quantity: int, *, now: datetime) -> str:
    """Put units into the bag with this key, or into a new one; returns the key.

    A piece is there once however often it is added. Raises NotFound for what is not sold,
    OutOfStock when it is gone.
    """
    item = _sellable(variant_id, now)
    if item.units.free == 0:
        raise OutOfStock(variant_id=variant_id, free=0)
    bag = _bag(key, now)
    line = db.session.get(BagLine, (bag.id, variant_id), populate_existing=True)
    before = line.quantity if line else 0
    total = 1 if item.is_piece else min(before + quantity, MAX_QUANTITY, item.units.free)
    if line is None:
        _refuse_too_many(bag.id)
        db.session.add(
            BagLine(
                bag_id=bag.id,
                variant_id=variant_id,
                quantity=total,
                price_seen=item.price,
                added_at=now,
            )
        )
    else:
        line.quantity = total
        line.price_seen = item.price
    bag.changed_at = now
    return bag.key


@command
def set_quantity(key: str, variant_id: int, quantity: int, *, now: datetime) -> None:
    """Change how many; zero takes the line out. More than are free becomes what is free."""
    bag = _known(key)
    if quantity <= 0:
        remove(key, variant_id, now=now)
        return
    item = _sellable(variant_id, now)
    most = 1 if item.is_piece else min(MAX_QUANTITY, max(item.units.free, 1))
    db.session.execute(
        update(BagLine)
        .where(BagLine.bag_id == bag.id, BagLine.variant_id == variant_id)
        .values(quantity=min(quantity, most))
    )
    bag.changed_at = now


@command
def remove(key: str, variant_id: int, *, now: datetime) -> None:
    """Take a line out; taking it out twice is taking it out once."""
    bag = _known(key)
    db.session.execute(
        delete(BagLine).where(BagLine.bag_id == bag.id, BagLine.variant_id == variant_id)
    )
    bag.changed_at = now


@command
def empty(bag_id: int, variant_ids: list[int]) -> None:
    """Take out what was ordered."""
    db.session.execute(
        delete(BagLine).where(BagLine.bag_id == bag_id, BagLine.variant_id.in_(variant_ids))
    )


def lock(key: str) -> Bag | None:
    """The bag with this key, locked for the caller's transaction."""
    return db.session.scalar(select(Bag).where(Bag.key == key).with_for_update())


@command
def accept_prices(key: str, *, now: datetime) -> None:
    """Note that the owner has seen the prices of today."""
    bag = _known(key)
    lines = db.session.scalars(select(BagLine).where(BagLine.bag_id == bag.id)).all()
    items = sellable([line.variant_id for line in lines], now=now)
    for line in lines:
        if line.variant_id in items:
            line.price_seen = items[line.variant_id].price


def _sellable(variant_id: int, now: datetime) -> Sellable:
    item = sellable([variant_id], now=now).get(variant_id)
    if item is None or not item.is_live:
        raise NotFound
    return item


def _bag(key: str | None, now: datetime) -> Bag:
    bag = db.session.scalar(select(Bag).where(Bag.key == key)) if key else None
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
