"""Send an order somewhere else, as long as nothing of it is packed (R24)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.orders.commands.standing import tell
from app.orders.errors import AddressFixed
from app.orders.events import AddressChanged
from app.orders.locks import lines_of, lock_order
from app.orders.rules import address_is_open
from app.platform.actor import SYSTEM, Actor
from app.platform.db import db
from app.platform.facts import publish
from app.platform.transaction import command


@dataclass(frozen=True, slots=True)
class Recipient:
    """`address` is in the shape of `customers.addresses.postal.stored`."""

    name: str
    phone: str
    address: Mapping[str, Any]


@command
def readdress(order_id: int, to: Recipient, *, actor: Actor, now: datetime) -> None:
    """The caller has shown that it is the buyer, and that delivery costs the same there.

    Raises AddressFixed once something is on its way, or nothing is to be sent.
    """
    order = lock_order(order_id, SYSTEM)
    if not address_is_open(order, lines_of(order_id, SYSTEM)):
        raise AddressFixed
    if (order.name, order.phone, order.address) == (to.name, to.phone, dict(to.address)):
        return
    order.name, order.phone, order.phone_tail = to.name, to.phone, to.phone[-4:]
    order.address = dict(to.address)
    db.session.flush()
    tell(order_id, "address_changed", actor=actor, now=now)
    publish(AddressChanged(order_id, now))
