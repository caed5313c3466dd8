"""The first lock of every command that changes an order (docs/locking.md)."""

from __future__ import annotations

from sqlalchemy import select

from app.orders.models import Order, OrderDelivery, OrderLine
from app.platform.actor import Actor
from app.platform.db import db
from app.platform.rbac import found, visible


def lock_order(order_id: int, actor: Actor) -> Order:
    """The order, locked and fresh, if the actor may see it; raises NotFound."""
    statement = select(Order).where(Order.id == order_id, visible(actor, Order)).with_for_update()
    return found(db.session.scalar(statement.execution_options(populate_existing=True)))


def lines_of(order_id: int, actor: Actor) -> list[OrderLine]:
    """The order's lines that the actor may see, by id, fresh."""
    statement = (
        select(OrderLine)
        .where(OrderLine.order_id == order_id, visible(actor, OrderLine))
        .order_by(OrderLine.id)
    )
    return list(db.session.scalars(statement.execution_options(populate_existing=True)))


def deliveries_of(order_id: int) -> dict[int, OrderDelivery]:
    """How each merchant's lines travel, by merchant."""
    statement = select(OrderDelivery).where(OrderDelivery.order_id == order_id)
    rows = db.session.scalars(statement.execution_options(populate_existing=True))
    return {delivery.merchant_id: delivery for delivery in rows}
