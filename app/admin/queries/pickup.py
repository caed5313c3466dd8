"""Orders that are collected in a store."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from sqlalchemy import select

from app.admin.queries.order import StaffOrder
from app.orders.models import DeliveryMethod, Headline, Order, OrderDelivery
from app.platform.actor import Actor
from app.platform.db import db
from app.platform.rbac import visible


class Standing(StrEnum):
    """What the person at the counter has to know at a glance."""

    READY = "ready"
    NOT_READY = "not_ready"
    UNPAID = "unpaid"
    COLLECTED = "collected"
    HANDED_OVER = "handed_over"
    GONE = "gone"
    WRONG_STORE = "wrong_store"
    BY_POST = "by_post"


def orders_with(code: str, actor: Actor) -> Sequence[int]:
    """Orders of the actor's merchant under this code: those still to be collected come first."""
    statement = (
        select(OrderDelivery.order_id)
        .where(
            visible(actor, OrderDelivery),
            OrderDelivery.pickup_code == code,
            OrderDelivery.method == DeliveryMethod.PICKUP,
        )
        .order_by(OrderDelivery.picked_up_at.is_not(None), OrderDelivery.order_id.desc())
        .limit(5)
    )
    found = db.session.scalars(statement.where(OrderDelivery.picked_up_at.is_(None))).all()
    return found or db.session.scalars(statement).all()[:1]


def named(order_ids: Sequence[int]) -> Sequence[tuple[int, str, str]]:
    """(id, code, name) when one code stands for several orders."""
    statement = select(Order.id, Order.code, Order.name).where(Order.id.in_(order_ids))
    return [(row.id, row.code, row.name) for row in db.session.execute(statement)]


def standing_of(found: StaffOrder, store_id: int | None) -> Standing:
    """How the order stands for somebody in store `store_id`, or in any store of the merchant."""
    delivery = found.delivery
    reasons = (
        (not found.is_pickup, Standing.BY_POST),
        (delivery.picked_up_at is not None, Standing.COLLECTED),
        (found.headline in {Headline.REFUNDED, Headline.CANCELLED}, Standing.GONE),
        (found.order.paid_at is None, Standing.UNPAID),
        (store_id is not None and store_id != delivery.location_id, Standing.WRONG_STORE),
        (not found.can_be_handed_over, Standing.NOT_READY),
    )
    return next((standing for holds, standing in reasons if holds), Standing.READY)
