"""Put another variant in the place of a line's goods; what was agreed to pay stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.orders.commands.standing import tell
from app.orders.locks import lock_order
from app.orders.models import OrderLine
from app.platform.actor import SYSTEM
from app.platform.db import db
from app.platform.transaction import command


@dataclass(frozen=True, slots=True)
class Replacement:
    """What a line is about from now on; `product` is the snapshot of `OrderLine`."""

    product_id: int
    variant_id: int
    location_id: int
    source_id: int
    number: int
    title: Mapping[str, str]
    options: Mapping[str, Any]
    sku: str
    product: Mapping[str, Any]
    weight_g: int


@command
def exchange(line_id: int, goods: Replacement, *, now: datetime) -> None:
    """The caller has the buyer's consent, and counts the goods where they come from."""
    line = db.session.get_one(OrderLine, line_id)
    lock_order(line.order_id, SYSTEM)
    db.session.refresh(line)
    before = line.sku
    line.product_id, line.variant_id = goods.product_id, goods.variant_id
    line.location_id, line.source_id = goods.location_id, goods.source_id
    line.number, line.sku, line.weight_g = goods.number, goods.sku, goods.weight_g
    line.title, line.options, line.product = (
        dict(goods.title), dict(goods.options), dict(goods.product),
    )  # fmt: skip
    db.session.flush()
    tell(line.order_id, "exchanged", actor=SYSTEM, now=now, before=before, after=goods.sku)
