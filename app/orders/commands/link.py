"""Let the buyer have the signed link of an order again."""

from __future__ import annotations

from datetime import datetime

from app.orders.commands.standing import tell
from app.orders.events import LinkAsked
from app.orders.locks import lock_order
from app.platform.actor import Actor
from app.platform.audit.commands import record
from app.platform.facts import publish
from app.platform.rbac import ensure
from app.platform.transaction import command


@command
def send(order_id: int, *, actor: Actor, now: datetime) -> None:
    """Mail the link to the address the order was placed with; it goes to no other."""
    ensure(actor, "orders.tell")
    lock_order(order_id, actor)
    tell(order_id, "link_sent", actor=actor, now=now, public=False)
    record(actor, "orders.send_link", "order", order_id, now=now)
    publish(LinkAsked(order_id, now))
