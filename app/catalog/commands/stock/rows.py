"""Rows of stock, their holds and movements. Locks are taken in the order of docs/locking.md."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, select, update

from app.catalog.commands.relisting import know_product, products_of, relist_stock
from app.catalog.models import (
    STOCK_PART,
    Hold,
    HoldState,
    MovementReason,
    Stock,
    StockMovement,
    Variant,
)
from app.platform.actor import Actor
from app.platform.content.raising import changed
from app.platform.db import db, insert_rows
from app.platform.transaction import gather

Place = tuple[int, int]
"""A variant at a location, by their ids."""


def release_expired(stock_ids: list[int], *, sparing: str, now: datetime) -> None:
    end_holds(
        Hold.stock_id.in_(stock_ids)
        & (Hold.state == HoldState.LIVE)
        & (Hold.expires_at <= now)
        & (Hold.owner != sparing),
        HoldState.RELEASED,
    )


def end_holds(which: ColumnElement[bool], state: HoldState) -> list[tuple[int, int]]:
    """End live holds and lower `held` by what they held, with what is taken `on_hand` as well;
    returns (stock id, quantity) per hold.
    """
    ended = db.session.execute(
        update(Hold)
        .where(which, Hold.state == HoldState.LIVE)
        .values(state=state)
        .returning(Hold.stock_id, Hold.quantity)
        .execution_options(synchronize_session=False)
    ).all()
    pairs = sorted((row.stock_id, row.quantity) for row in ended)
    for stock_id, quantity in pairs:
        lowered = {"held": Stock.held - quantity}
        if state is HoldState.TAKEN:
            lowered["on_hand"] = Stock.on_hand - quantity
        db.session.execute(update(Stock).where(Stock.id == stock_id).values(lowered))
    tell_pages(stock_id for stock_id, _quantity in pairs)
    return pairs


def tell_pages(stock_ids: Iterable[int]) -> None:
    """Have pages made anew that show units or holds of these rows."""
    for stock_id in stock_ids:
        gather(_tell_pages, stock_id)


def lock(variant_ids: list[int]) -> list[Stock]:
    return lock_rows(Stock.variant_id.in_(variant_ids))


def lock_rows(which: ColumnElement[bool]) -> list[Stock]:
    """Stock rows locked in id order (a no-op on SQLite, where the whole database is)."""
    rows = db.session.execute(
        select(Stock, Variant.product_id)
        .join(Variant, Variant.id == Stock.variant_id)
        .where(which)
        .order_by(Stock.id)
        .with_for_update(of=Stock)
        .execution_options(populate_existing=True)
    ).all()
    for row in rows:
        know_product(row.Stock.id, row.product_id)
    return [row.Stock for row in rows]


def live(owner: str) -> ColumnElement[bool]:
    return (Hold.owner == owner) & (Hold.state == HoldState.LIVE)


def row(variant_id: int, location_id: int) -> Stock:
    return made([(variant_id, location_id)])[variant_id, location_id]


def made(places: Collection[Place]) -> dict[Place, Stock]:
    """The rows of these places; one that was not there yet has nothing on hand."""
    variants = {variant_id for variant_id, _location_id in places}
    statement = select(Stock).where(Stock.variant_id.in_(variants))
    found = {(each.variant_id, each.location_id): each for each in db.session.scalars(statement)}
    new = {
        at: Stock(variant_id=at[0], location_id=at[1], on_hand=0, held=0)
        for at in places
        if at not in found
    }
    db.session.add_all(new.values())
    db.session.flush()
    tell_pages(stock.id for stock in new.values())
    return {at: new.get(at) or found[at] for at in places}


def move(
    stock_id: int, change: int, reason: MovementReason, reference: str, actor: Actor, now: datetime
) -> None:
    move_all({stock_id: change}, reason, reference, actor, now)


def move_all(
    changes: Mapping[int, int],
    reason: MovementReason,
    reference: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Write down by how much each row's units have changed."""
    told = {"reason": reason, "reference": reference, "actor_kind": actor.kind,
            "actor_id": actor.id, "moved_at": now}  # fmt: skip
    rows = [{"stock_id": id_, "change": change, **told} for id_, change in changes.items()]
    insert_rows(StockMovement, rows)
    tell_pages(changes)
    for stock_id in changes:
        relist_stock(stock_id, now)


def _tell_pages(stock_ids: list[int]) -> None:
    changed(STOCK_PART, products_of(stock_ids))
