"""The first lock of every command that changes an order (docs/locking.md)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from sqlalchemy import select

from app.orders.models import Order, OrderDelivery, OrderLine
from app.platform.actor import Actor
from app.platform.db import db
from app.platform.locks import behind_lock, is_locked, lock_row, lock_rows
from app.platform.rbac import visible


def lock_order(order_id: int, actor: Actor) -> Order:
    """The order, locked and fresh, if the actor may see it; raises NotFound."""
    return lock_row(Order, order_id, actor)


def lock_orders(order_ids: Iterable[int]) -> list[Order]:
    """Orders by id, locked in that order, their lines and deliveries read for what follows."""
    orders = lock_rows(Order, order_ids)
    ids = [order.id for order in orders]
    lines, deliveries = _lines(ids), _deliveries(ids)
    for order_id in ids:
        behind_lock((OrderLine, order_id), partial(lines.__getitem__, order_id))
        behind_lock((OrderDelivery, order_id), partial(deliveries.__getitem__, order_id))
    return orders


def lines_of(order_id: int, actor: Actor) -> Sequence[OrderLine]:
    """The order's lines that the actor may see, by id, fresh."""
    if actor.kind == "system" and is_locked(Order, order_id):
        return behind_lock((OrderLine, order_id), lambda: _lines([order_id])[order_id])
    statement = (
        select(OrderLine)
        .where(OrderLine.order_id == order_id, visible(actor, OrderLine))
        .order_by(OrderLine.id)
    )
    return list(db.session.scalars(statement.execution_options(populate_existing=True)))


def deliveries_of(order_id: int) -> Mapping[int, OrderDelivery]:
    """How each merchant's lines travel, by merchant."""
    if is_locked(Order, order_id):
        return behind_lock((OrderDelivery, order_id), lambda: _deliveries([order_id])[order_id])
    return _deliveries([order_id])[order_id]


def _lines(order_ids: Sequence[int]) -> Mapping[int, list[OrderLine]]:
    statement = select(OrderLine).where(OrderLine.order_id.in_(order_ids)).order_by(OrderLine.id)
    by_order = defaultdict[int, list[OrderLine]](list)
    for line in db.session.scalars(statement.execution_options(populate_existing=True)):
        by_order[line.order_id].append(line)
    return by_order


def _deliveries(order_ids: Sequence[int]) -> Mapping[int, dict[int, OrderDelivery]]:
    statement = select(OrderDelivery).where(OrderDelivery.order_id.in_(order_ids))
    by_order = defaultdict[int, dict[int, OrderDelivery]](dict)
    for delivery in db.session.scalars(statement.execution_options(populate_existing=True)):
        by_order[delivery.order_id][delivery.merchant_id] = delivery
    return by_order
