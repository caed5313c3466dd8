"""Set what is on hand to what was counted, and take in what is new."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from app.catalog.commands.stock.rows import Place, lock_rows, made, move_all, release_expired
from app.catalog.errors import StockTooLow
from app.catalog.models import MovementReason, Stock
from app.platform.actor import Actor
from app.platform.audit.commands import record
from app.platform.db import db, insert_rows
from app.platform.transaction import command


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
    if count_all({(variant_id, location_id): on_hand}, reason=reason, actor=actor, now=now):
        raise StockTooLow


@command
def count_all(
    counted: Mapping[Place, int], *, reason: MovementReason, actor: Actor, now: datetime
) -> list[Place]:
    """The same at many places; returns those where more is promised to orders, which stay as they
    are.
    """
    ids = [stock.id for stock in made(counted).values()]
    lock_rows(Stock.id.in_(ids))
    release_expired(ids, sparing="", now=now)
    stocks = {(each.variant_id, each.location_id): each for each in _read_anew(ids)}
    too_low: list[Place] = []
    changes: dict[int, int] = {}
    for at, units in counted.items():
        stock = stocks[at]
        if stock.held > units:
            too_low.append(at)
        elif stock.on_hand != units:
            changes[stock.id] = units - stock.on_hand
            _tell(at, stock.on_hand, units, actor, now)
            stock.on_hand = units
    db.session.flush()
    move_all(changes, reason, "", actor, now)
    return too_low


@command
def receive_first(units: Mapping[Place, int], *, actor: Actor, now: datetime) -> None:
    """What is on hand of variants that were made a moment ago.

    Nobody else knows of them yet, so that there is nothing to lock and no hold to spare.
    """
    rows = [
        {"variant_id": at[0], "location_id": at[1], "on_hand": on_hand, "held": 0}
        for at, on_hand in units.items()
    ]
    insert_rows(Stock, rows)
    variants = {variant_id for variant_id, _location_id in units}
    made = select(Stock.id, Stock.on_hand).where(Stock.variant_id.in_(variants), Stock.on_hand > 0)
    received = dict(db.session.execute(made).all()) if units else {}
    move_all(received, MovementReason.RECEIVED, "", actor, now)
    for at, on_hand in units.items():
        if on_hand:
            _tell(at, 0, on_hand, actor, now)


def _read_anew(ids: list[int]) -> list[Stock]:
    statement = select(Stock).where(Stock.id.in_(ids))
    return list(db.session.scalars(statement.execution_options(populate_existing=True)))


def _tell(at: Place, before: int, after: int, actor: Actor, now: datetime) -> None:
    variant_id, location_id = at
    record(
        actor, "stock.count", "variant", variant_id, now=now,
        before={"on_hand": before}, after={"on_hand": after, "location": location_id},
    )  # fmt: skip
