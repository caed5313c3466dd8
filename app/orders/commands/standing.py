"""What every change of an order ends with: its states computed anew, a line on the timeline."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, select

from app.orders.ledger import sums
from app.orders.locks import deliveries_of, lines_of
from app.orders.models import (
    DeliveryMethod,
    DuePurpose,
    LineState,
    Order,
    OrderDue,
    OrderEvent,
    OrderLine,
)
from app.orders.rules import LineFacts, headline, line_state, moved
from app.platform.actor import SYSTEM, Actor
from app.platform.db import JsonObject, db, insert_rows
from app.platform.transaction import gather


def restate(order: Order) -> Sequence[OrderLine]:
    """Compute every line's state and the headline; AssertionError on a forbidden move.

    Returns all lines of the order, fresh.
    """
    deliveries = deliveries_of(order.id)
    lines = lines_of(order.id, SYSTEM)
    waits = order.ship_together and any(
        line.available_at is None for line in lines if line.quantity > line.cancelled
    )
    for line in lines:
        delivery = deliveries[line.merchant_id]
        state = line_state(
            LineFacts(
                quantity=line.quantity,
                cancelled=line.cancelled,
                shipped=line.shipped,
                delivered=line.delivered,
                paid=order.paid_at is not None,
                available=line.available_at is not None and not waits,
                pickup=delivery.method == DeliveryMethod.PICKUP,
                ready=delivery.ready_at is not None,
            )
        )
        line.state = moved(LineState(line.state), state)
    db.session.flush()
    captured, refunded = sums(order.id)
    order.headline = headline(
        [LineState(line.state) for line in lines],
        captured=captured,
        refunded=refunded,
        balance_due=any(line.subject for line in lines) and _has_open_balance(order.id),
    )
    return lines


def _has_open_balance(order_id: int) -> bool:
    waiting = exists().where(
        OrderDue.order_id == order_id,
        OrderDue.purpose == DuePurpose.BALANCE,
        OrderDue.settled_at.is_(None),
        OrderDue.ended_at.is_(None),
    )
    return bool(db.session.scalar(select(waiting)))


def tell(
    order_id: int, kind: str, *, actor: Actor, now: datetime, public: bool = True,
    merchant_id: int | None = None, **facts: object,
) -> None:  # fmt: skip
    """Append a line to the timeline."""
    row = {
        "order_id": order_id, "merchant_id": merchant_id, "kind": kind, "facts": facts,
        "public": public, "actor_kind": actor.kind, "actor_id": actor.id,
        "actor_name": actor.name, "at": now,
    }  # fmt: skip
    gather(_write, row)


def _write(rows: list[JsonObject]) -> None:
    insert_rows(OrderEvent, rows)
