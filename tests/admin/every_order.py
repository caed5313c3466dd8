"""One order under each view of the counter's list."""

from __future__ import annotations

from sqlalchemy import select

from app.fulfilment.commands.parcels import NewParcel, ship
from app.orders.commands import fulfil
from app.orders.models import Order
from app.platform.db import db
from tests import cast
from tests.admin.counter import (
    lines_of,
    paid_order,
    settle_in_full,
)
from tests.servers.scenes import remembered


def code_of(order_id: int) -> str:
    return db.session.scalars(select(Order.code).where(Order.id == order_id)).one()


@remembered
def one_of_each(now):
    """One order under each view."""
    owner = cast.house(now)
    staff = owner.staff()
    orders = {
        "to_pay": cast.placed(owner, [cast.piece(owner, now)], now),
        "to_ship": paid_order(owner, now),
    }
    orders["lay_out"] = paid_order(owner, now, method="pickup", fee=0)
    orders["ready"] = paid_order(owner, now, method="pickup", fee=0)
    fulfil.make_ready(orders["ready"], actor=staff, now=now)
    orders["under_way"] = paid_order(owner, now)
    line = lines_of(orders["under_way"])[0].id
    ship(
        orders["under_way"],
        NewParcel({line: 1}, "shunfeng", "SF100200", "k" * 20),
        actor=staff,
        now=now,
    )
    orders["wrong"] = cast.placed(owner, [cast.piece(owner, now)], now)
    settle_in_full(orders["wrong"], now, amount=5)
    return owner, orders
