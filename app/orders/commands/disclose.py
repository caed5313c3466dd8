"""Personal data of an order is shown whole only on demand, and that somebody looked is recorded."""

from __future__ import annotations

from datetime import datetime

from app.orders.locks import lock_order
from app.platform.actor import Actor
from app.platform.audit.commands import record
from app.platform.rbac import ensure
from app.platform.transaction import command


@command
def record_look(order_id: int, *, actor: Actor, now: datetime) -> None:
    """Record that the actor is shown name, phone, e-mail and address of an order."""
    ensure(actor, "pii.view")
    lock_order(order_id, actor)
    record(actor, "orders.disclose", "order", order_id, now=now)
