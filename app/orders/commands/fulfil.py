"""What happens to paid goods: shipped, delivered, ready, picked up. Fulfilment calls these."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from app.orders.commands.standing import restate, tell
from app.orders.errors import NotNow, TooManyUnits
from app.orders.events import OrderChanged, ReadyForPickup
from app.orders.locks import deliveries_of, lines_of, lock_order
from app.orders.models import Attention, DeliveryMethod, LineState, OrderDelivery
from app.orders.rules import open_balance
from app.platform.actor import SYSTEM, Actor
from app.platform.audit.commands import record
from app.platform.db import db
from app.platform.facts import publish
from app.platform.rbac import ensure, found
from app.platform.transaction import command

MONEY_IN_QUESTION = (Attention.WRONG_AMOUNT, Attention.WRONG_CURRENCY)


@command
def mark_shipped(order_id: int, units: Mapping[int, int], *, actor: Actor, now: datetime) -> None:
    """Count units as shipped, by line.

    Raises NotNow for an unpaid order, one that is collected or goods that are not there yet,
    TooManyUnits beyond what is left.
    """
    order = lock_order(order_id, actor)
    if order.paid_at is None or _is_collected(order_id, actor):
        raise NotNow
    lines = {line.id: line for line in lines_of(order_id, actor)}
    if not units or any(quantity <= 0 for quantity in units.values()):
        raise TooManyUnits
    for line_id, quantity in units.items():
        line = lines.get(line_id)
        if line is None or quantity > line.open_units:
            raise TooManyUnits
        if line.state == LineState.PROMISED:
            raise NotNow
        line.shipped += quantity
    restate(order)
    publish(OrderChanged(order_id, now))


@command
def make_available(order_id: int, subject: str, *, now: datetime) -> None:
    """Say that the goods of a subject's lines are there to be sent; again changes nothing.

    Lines of which the rest of the price is still open wait for it.
    """
    order = lock_order(order_id, SYSTEM)
    lines = [line for line in lines_of(order_id, SYSTEM) if line.subject == subject]
    if open_balance(lines, subject):
        return
    for line in lines:
        line.available_at = line.available_at or now
    restate(order)
    publish(OrderChanged(order_id, now))


@command
def mark_delivered(order_id: int, units: Mapping[int, int], *, now: datetime) -> None:
    """Count shipped units as delivered, never more than were shipped; a repeat adds nothing."""
    order = lock_order(order_id, SYSTEM)
    for line in lines_of(order_id, SYSTEM):
        line.delivered = min(line.shipped, line.delivered + units.get(line.id, 0))
    restate(order)
    publish(OrderChanged(order_id, now))


@command
def make_ready(order_id: int, *, actor: Actor, now: datetime) -> None:
    """Say that the actor's merchant has the goods ready at the store; once."""
    ensure(actor, "orders.ship")
    order = lock_order(order_id, actor)
    delivery = _pickup(order_id, actor)
    if order.paid_at is None or order.closed_at is not None:
        raise NotNow
    if any(line.state == LineState.PROMISED for line in lines_of(order_id, actor)):
        raise NotNow
    if delivery.ready_at is not None:
        return
    delivery.ready_at = now
    restate(order)
    tell(order_id, "ready_for_pickup", actor=actor, now=now, merchant_id=delivery.merchant_id)
    record(actor, "orders.ready", "order", order_id, now=now)
    publish(ReadyForPickup(order_id, delivery.id, now))


@command
def hand_over(order_id: int, *, actor: Actor, now: datetime) -> None:
    """Note that the buyer has the goods; once.

    Raises NotNow when they are not ready, or were refunded.
    """
    ensure(actor, "orders.ship")
    order = lock_order(order_id, actor)
    delivery = _pickup(order_id, actor)
    if delivery.picked_up_at is not None:
        return
    mine = [line for line in lines_of(order_id, actor) if line.state == LineState.READY_FOR_PICKUP]
    if delivery.ready_at is None or not mine:
        raise NotNow
    delivery.picked_up_at = now
    for line in mine:
        line.shipped = line.delivered = line.quantity - line.cancelled
    restate(order)
    tell(order_id, "picked_up", actor=actor, now=now, merchant_id=delivery.merchant_id)
    record(actor, "orders.hand_over", "order", order_id, now=now)
    publish(OrderChanged(order_id, now))


@command
def note(order_id: int, text: str, *, actor: Actor, now: datetime) -> None:
    """Add an internal note to the timeline, seen by the actor's own team only."""
    ensure(actor, "orders.note")
    lock_order(order_id, actor)
    tell(
        order_id,
        "note",
        actor=actor,
        now=now,
        public=False,
        merchant_id=actor.merchant_id,
        text=text,
    )
    record(actor, "orders.note", "order", order_id, now=now)


@command
def tell_buyer(order_id: int, text: str, *, actor: Actor, now: datetime) -> None:
    """Write a line that the buyer reads on the order's page."""
    ensure(actor, "orders.tell")
    lock_order(order_id, actor)
    merchant_id = actor.merchant_id
    tell(order_id, "shop_note", actor=actor, now=now, merchant_id=merchant_id, text=text)
    record(actor, "orders.tell", "order", order_id, now=now)
    publish(OrderChanged(order_id, now))


@command
def clear_attention(order_id: int, *, actor: Actor, now: datetime) -> None:
    """A person has looked at it; once. Money in question is settled or sent back instead."""
    ensure(actor, "orders.note")
    order = lock_order(order_id, actor)
    if order.attention is None:
        return
    if order.attention in MONEY_IN_QUESTION:
        raise NotNow
    before, order.attention = order.attention, None
    record(
        actor, "orders.clear_attention", "order", order_id, now=now, before={"attention": before}
    )


@command
def raise_attention(order_id: int, why: str) -> None:
    """Ask for a person's eye on an order; what was asked first stays."""
    order = lock_order(order_id, SYSTEM)
    order.attention = order.attention or why


def _is_collected(order_id: int, actor: Actor) -> bool:
    return any(
        delivery.merchant_id == actor.merchant_id and delivery.method == DeliveryMethod.PICKUP
        for delivery in deliveries_of(order_id).values()
    )


def _pickup(order_id: int, actor: Actor) -> OrderDelivery:
    statement = select(OrderDelivery).where(
        OrderDelivery.order_id == order_id,
        OrderDelivery.method == DeliveryMethod.PICKUP,
        OrderDelivery.merchant_id == actor.merchant_id,
    )
    return found(db.session.scalar(statement.execution_options(populate_existing=True)))
