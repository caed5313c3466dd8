"""Reserve, extend, release, sell and put back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, insert, select, update

from app.catalog.commands.stock.rows import (
    end_holds,
    live,
    lock,
    lock_rows,
    move,
    move_all,
    release_expired,
    row,
    tell_pages,
)
from app.catalog.errors import OutOfStock
from app.catalog.models import Hold, HoldState, MovementReason, Stock
from app.platform.actor import SYSTEM, Actor
from app.platform.db import changed_rows, db
from app.platform.transaction import command


@dataclass(frozen=True, slots=True)
class Wanted:
    """Units of a variant somebody wants, at one location if given, else wherever they are."""

    variant_id: int
    quantity: int
    location_id: int | None = None


@dataclass(frozen=True, slots=True)
class Reserved:
    """Units held at one location."""

    variant_id: int
    quantity: int
    location_id: int


@command
def reserve(owner: str, wanted: list[Wanted], *, until: datetime, now: datetime) -> list[Reserved]:
    """Hold all that is wanted for `owner` until then, each line at one location.

    What the owner already holds is kept and moved to `until`. Raises OutOfStock with the
    `variant_id` that cannot be had; nothing is held then.
    """
    ordered = sorted(wanted, key=lambda line: line.variant_id)
    stocks = lock([line.variant_id for line in ordered])
    tell_pages(stock.id for stock in stocks)
    holds = _own_and_expired([stock.id for stock in stocks], owner, now)
    kept = [hold for hold in holds if hold.owner == owner]
    if len(holds) > len(kept):
        release_expired([stock.id for stock in stocks], sparing=owner, now=now)
    return [_reserve_one(owner, line, stocks, kept, until=until, now=now) for line in ordered]


@command
def holds(owner: str, wanted: list[Wanted]) -> bool:
    """Whether live holds of `owner` are just what is wanted; their rows are locked from then on.

    As long as nobody has ended a hold its units are counted as held, even after its time.
    """
    stocks = {stock.id: stock for stock in lock([line.variant_id for line in wanted])}
    held = {
        (stocks[hold.stock_id].variant_id, hold.quantity, stocks[hold.stock_id].location_id)
        for hold in _held_by(owner)
        if hold.stock_id in stocks
    }
    return all((line.variant_id, line.quantity, line.location_id) in held for line in wanted)


@command
def hand_over(owner: str, new_owner: str, variant_ids: list[int], *, until: datetime) -> None:
    """Give an owner's live holds of these to another, as a checkout does to the order that comes of
    it. What was taken out of the bag meanwhile is no part of the order.
    """
    of_these = select(Stock.id).where(Stock.variant_id.in_(variant_ids))
    _change(live(owner) & Hold.stock_id.in_(of_these), owner=new_owner, expires_at=until)


@command
def extend(owner: str, *, until: datetime) -> None:
    """Keep an owner's live holds until then."""
    _change(live(owner), expires_at=until)


@command
def release(owner: str, variant_ids: Sequence[int] | None = None) -> None:
    """Let an owner's live holds go, all or those of these variants; releasing twice releases
    nothing more.
    """
    which = live(owner)
    if variant_ids is not None:
        which &= Hold.stock_id.in_(select(Stock.id).where(Stock.variant_id.in_(variant_ids)))
    if not _lock_held(which):
        return
    end_holds(which, HoldState.RELEASED)


@command
def sell(owner: str, *, reference: str, now: datetime) -> int:
    """Turn an owner's live holds into sales: both counters fall.

    Returns how many units; 0 when done before.
    """
    if not _lock_held(live(owner)):
        return 0
    sold = end_holds(live(owner), HoldState.TAKEN)
    changes = Counter[int]()
    for stock_id, quantity in sold:
        changes[stock_id] -= quantity
    move_all(changes, MovementReason.SOLD, reference, SYSTEM, now)
    return sum(quantity for _stock_id, quantity in sold)


@command
def put_back(
    variant_id: int, location_id: int, quantity: int, *, reference: str, actor: Actor, now: datetime
) -> None:
    """Return sold units to the shelf after a cancellation or a return."""
    stock = row(variant_id, location_id)
    db.session.execute(
        update(Stock).where(Stock.id == stock.id).values(on_hand=Stock.on_hand + quantity)
    )
    move(stock.id, quantity, MovementReason.RETURNED, reference, actor, now)


def _reserve_one(
    owner: str,
    line: Wanted,
    stocks: list[Stock],
    kept: list[Hold],
    *,
    until: datetime,
    now: datetime,
) -> Reserved:
    """Adjust what the owner holds of one variant to what is wanted now."""
    places = [
        s
        for s in stocks
        if s.variant_id == line.variant_id and line.location_id in (None, s.location_id)
    ]
    by_id = {stock.id: stock for stock in places}
    mine = [hold for hold in kept if hold.stock_id in by_id]
    for hold in mine:
        if hold.quantity == line.quantity and hold.expires_at is not None:
            db.session.execute(update(Hold).where(Hold.id == hold.id).values(expires_at=until))
            return Reserved(line.variant_id, line.quantity, by_id[hold.stock_id].location_id)
    variants_stock = [stock.id for stock in stocks if stock.variant_id == line.variant_id]
    stale = [hold.id for hold in kept if hold.stock_id in variants_stock]
    if stale:
        end_holds(Hold.id.in_(stale), HoldState.RELEASED)
    for stock in places:
        if _take(stock.id, line.quantity):
            db.session.execute(
                insert(Hold).values(
                    stock_id=stock.id, owner=owner, quantity=line.quantity, state=HoldState.LIVE,
                    created_at=now, expires_at=until,
                )
            )  # fmt: skip
            return Reserved(line.variant_id, line.quantity, stock.location_id)
    there = (stock for stock in stocks if stock.variant_id == line.variant_id)
    free = max((stock.on_hand - stock.held for stock in there), default=0)
    raise OutOfStock(variant_id=line.variant_id, free=free)


def _take(stock_id: int, quantity: int) -> bool:
    """The one guard against overselling: a conditional UPDATE, decided by the database."""
    taken = changed_rows(
        update(Stock)
        .where(Stock.id == stock_id, Stock.on_hand - Stock.held >= quantity)
        .values(held=Stock.held + quantity)
    )
    return taken == 1


def _change(which: ColumnElement[bool], **values: object) -> None:
    statement = update(Hold).where(which).values(**values).returning(Hold.stock_id)
    unsynchronized = statement.execution_options(synchronize_session=False)
    tell_pages(db.session.scalars(unsynchronized).all())


def _lock_held(which: ColumnElement[bool]) -> list[Stock]:
    return lock_rows(Stock.id.in_(select(Hold.stock_id).where(which)))


def _own_and_expired(stock_ids: list[int], owner: str, now: datetime) -> list[Hold]:
    """Live holds on these rows that are the owner's, or anybody's whose time is over."""
    statement = select(Hold).where(
        Hold.stock_id.in_(stock_ids),
        Hold.state == HoldState.LIVE,
        (Hold.owner == owner) | (Hold.expires_at <= now),
    )
    ordered = statement.order_by(Hold.stock_id).execution_options(populate_existing=True)
    return list(db.session.scalars(ordered))


def _held_by(owner: str) -> list[Hold]:
    statement = select(Hold).where(live(owner)).order_by(Hold.stock_id)
    return list(db.session.scalars(statement.execution_options(populate_existing=True)))
