"""Reserve, extend, release, sell and count.

Every change of `held` and `on_hand` in the shop is made here.

Order of locks (docs/locking.md): stock rows by id, then their holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, insert, select, update

from app.catalog.errors import OutOfStock, StockTooLow
from app.catalog.models import Hold, HoldState, MovementReason, Stock, StockMovement
from app.platform.actor import SYSTEM, Actor
from app.platform.audit.commands import record
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
    stocks = _lock([line.variant_id for line in ordered])
    _release_expired([stock.id for stock in stocks], sparing=owner, now=now)
    kept = _held_by(owner)
    return [_reserve_one(owner, line, stocks, kept, until=until, now=now) for line in ordered]


@command
def hand_over(owner: str, new_owner: str, *, until: datetime) -> None:
    """Give an owner's live holds to another, as a checkout does to the order that comes of it."""
    db.session.execute(update(Hold).where(_live(owner)).values(owner=new_owner, expires_at=until))


@command
def extend(owner: str, *, until: datetime) -> None:
    """Keep an owner's live holds until then."""
    db.session.execute(update(Hold).where(_live(owner)).values(expires_at=until))


@command
def release(owner: str) -> None:
    """Let an owner's live holds go; releasing twice releases nothing more."""
    stock_ids = db.session.scalars(select(Hold.stock_id).where(_live(owner))).all()
    if not stock_ids:
        return
    _lock_rows(Stock.id.in_(stock_ids))
    _end_holds(_live(owner), HoldState.RELEASED)


@command
def sell(owner: str, *, reference: str, now: datetime) -> int:
    """Turn an owner's live holds into sales: both counters fall.

    Returns how many units; 0 when done before.
    """
    held = _held_by(owner)
    if not held:
        return 0
    _lock_rows(Stock.id.in_([hold.stock_id for hold in held]))
    ended = _end_holds(_live(owner), HoldState.TAKEN)
    for stock_id, quantity in ended:
        db.session.execute(
            update(Stock).where(Stock.id == stock_id).values(on_hand=Stock.on_hand - quantity)
        )
        _move(stock_id, -quantity, MovementReason.SOLD, reference, SYSTEM, now)
    return sum(quantity for _stock_id, quantity in ended)


@command
def put_back(
    variant_id: int, location_id: int, quantity: int, *, reference: str, actor: Actor, now: datetime
) -> None:
    """Return sold units to the shelf after a cancellation or a return."""
    stock = _row(variant_id, location_id)
    db.session.execute(
        update(Stock).where(Stock.id == stock.id).values(on_hand=Stock.on_hand + quantity)
    )
    _move(stock.id, quantity, MovementReason.RETURNED, reference, actor, now)


@command
def count(
    variant_id: int,
    location_id: int,
    on_hand: int,
    *,
    reason: MovementReason,
    actor: Actor,
    now: datetime,
) -> None:
    """Set what is on hand to what was counted.

    Raises StockTooLow below what is promised to orders.
    """
    stock = _row(variant_id, location_id)
    _lock_rows(Stock.id == stock.id)
    _release_expired([stock.id], sparing="", now=now)
    before = db.session.scalar(select(Stock.on_hand).where(Stock.id == stock.id)) or 0
    changed = changed_rows(
        update(Stock).where(Stock.id == stock.id, Stock.held <= on_hand).values(on_hand=on_hand)
    )
    if changed == 0:
        raise StockTooLow
    if on_hand != before:
        _move(stock.id, on_hand - before, reason, "", actor, now)
        record(
            actor, "stock.count", "variant", variant_id, now=now,
            before={"on_hand": before}, after={"on_hand": on_hand, "location": location_id},
        )  # fmt: skip


@command
def receive_first(units: Mapping[tuple[int, int], int], *, actor: Actor, now: datetime) -> None:
    """What is on hand of variants that were made a moment ago, by variant and location.

    Nobody else knows of them yet, so that there is nothing to lock and no hold to spare.
    """
    if not units:
        return
    stocks = [
        Stock(variant_id=variant_id, location_id=location_id, on_hand=on_hand, held=0)
        for (variant_id, location_id), on_hand in units.items()
    ]
    db.session.add_all(stocks)
    db.session.flush()
    for stock in stocks:
        if stock.on_hand:
            _move(stock.id, stock.on_hand, MovementReason.RECEIVED, "", actor, now)
            record(
                actor, "stock.count", "variant", stock.variant_id, now=now, before={"on_hand": 0},
                after={"on_hand": stock.on_hand, "location": stock.location_id},
            )  # fmt: skip


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
        _end_holds(Hold.id.in_(stale), HoldState.RELEASED)
    for stock in places:
        if _take(stock.id, line.quantity):
            db.session.execute(
                insert(Hold).values(
                    stock_id=stock.id, owner=owner, quantity=line.quantity, state=HoldState.LIVE,
                    created_at=now, expires_at=until,
                )
            )  # fmt: skip
            return Reserved(line.variant_id, line.quantity, stock.location_id)
    free = max((stock.on_hand - stock.held for stock in _fresh(line.variant_id)), default=0)
    raise OutOfStock(variant_id=line.variant_id, free=free)


def _take(stock_id: int, quantity: int) -> bool:
    """The one guard against overselling: a conditional UPDATE, decided by the database."""
    taken = changed_rows(
        update(Stock)
        .where(Stock.id == stock_id, Stock.on_hand - Stock.held >= quantity)
        .values(held=Stock.held + quantity)
    )
    return taken == 1


def _release_expired(stock_ids: list[int], *, sparing: str, now: datetime) -> None:
    _end_holds(
        Hold.stock_id.in_(stock_ids)
        & (Hold.state == HoldState.LIVE)
        & (Hold.expires_at <= now)
        & (Hold.owner != sparing),
        HoldState.RELEASED,
    )


def _end_holds(which: ColumnElement[bool], state: HoldState) -> list[tuple[int, int]]:
    """End live holds and lower `held` by what they held; returns (stock id, quantity) per hold."""
    ended = db.session.execute(
        update(Hold)
        .where(which, Hold.state == HoldState.LIVE)
        .values(state=state)
        .returning(Hold.stock_id, Hold.quantity)
        .execution_options(synchronize_session=False)
    ).all()
    pairs = sorted((row.stock_id, row.quantity) for row in ended)
    for stock_id, quantity in pairs:
        db.session.execute(
            update(Stock).where(Stock.id == stock_id).values(held=Stock.held - quantity)
        )
    return pairs


def _lock(variant_ids: list[int]) -> list[Stock]:
    return _lock_rows(Stock.variant_id.in_(variant_ids))


def _lock_rows(which: ColumnElement[bool]) -> list[Stock]:
    """Stock rows locked in id order (a no-op on SQLite, where the whole database is)."""
    statement = select(Stock).where(which).order_by(Stock.id).with_for_update()
    return list(db.session.scalars(statement.execution_options(populate_existing=True)))


def _fresh(variant_id: int) -> list[Stock]:
    statement = select(Stock).where(Stock.variant_id == variant_id)
    return list(db.session.scalars(statement.execution_options(populate_existing=True)))


def _held_by(owner: str) -> list[Hold]:
    statement = select(Hold).where(_live(owner)).order_by(Hold.stock_id)
    return list(db.session.scalars(statement.execution_options(populate_existing=True)))


def _live(owner: str) -> ColumnElement[bool]:
    return (Hold.owner == owner) & (Hold.state == HoldState.LIVE)


def _row(variant_id: int, location_id: int) -> Stock:
    stock = db.session.scalar(
        select(Stock).where(Stock.variant_id == variant_id, Stock.location_id == location_id)
    )
    if stock is None:
        stock = Stock(variant_id=variant_id, location_id=location_id, on_hand=0, held=0)
        db.session.add(stock)
        db.session.flush()
    return stock


def _move(
    stock_id: int, change: int, reason: MovementReason, reference: str, actor: Actor, now: datetime
) -> None:
    db.session.execute(
        insert(StockMovement).values(
            stock_id=stock_id,
            change=change,
            reason=reason,
            reference=reference,
            actor_kind=actor.kind,
            actor_id=actor.id,
            moved_at=now,
        )
    )


__all__ = [
    "MovementReason",
    "Reserved",
    "Wanted",
    "count",
    "extend",
    "hand_over",
    "put_back",
    "release",
    "reserve",
    "sell",
]
