"""The counter of a shop that has sold for years: each screen after 1,000 orders and after 100,000.

`make bench ARGS="admin"`, or `ARGS="admin=20000"` for fewer.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from datetime import timedelta
from statistics import median

from sqlalchemy import select

from app.orders.models import Order
from app.platform import clock
from app.platform.db import db
from tests.admin.counter import Clerk, clerk
from tests.bench import ordered, stocked
from tests.bench.surroundings import know_thyself, shop_on
from tests.bench.table import Figure
from tests.cast import house

FEW, MANY = 1_000, 100_000
PRODUCTS = 1_000
ASKED = 9
SLOWEST_BAR = 150.0
PAGES_DEEP = 50


def measure(many: int = MANY) -> list[Figure]:
    found = [figure for database in ("sqlite", "postgresql") for figure in _on(database, many)]
    return [*found, Figure("admin", "load of the machine, one minute", os.getloadavg()[0], "")]


def _on(database: str, many: int) -> Iterator[Figure]:
    part, now = f"admin, {database}", clock.now()
    with shop_on(database) as app:
        owner = house(now - timedelta(days=2_000))
        stocked.stock_up(owner, range(1, PRODUCTS + 1))
        reader = clerk(app, owner.merchant_id, "cleo")
        ordered.sell(owner, range(1, FEW + 1), products=PRODUCTS, now=now - _span(many - FEW))
        few = _times(reader, FEW)
        began = time.perf_counter()
        ordered.sell(owner, range(FEW + 1, many + 1), products=PRODUCTS, now=now)
        know_thyself()
        yield Figure(part, f"{many:,} orders written", time.perf_counter() - began, "s")
        for what, taken in _times(reader, many).items():
            yield Figure(part, f"{what}, {FEW:,} orders", few[what], "ms")
            is_met = taken <= SLOWEST_BAR
            bar = f"≤ {SLOWEST_BAR:g}"
            yield Figure(part, f"{what}, {many:,} orders", taken, "ms", bar, is_met)


def _span(orders: int) -> timedelta:
    return timedelta(minutes=orders * 15)


def _times(reader: Clerk, many: int) -> dict[str, float]:
    """Medians in milliseconds."""
    return {
        what: median(_milliseconds(reader, address) for _ in range(ASKED))
        for what, address in addresses(many).items()
    }


def addresses(many: int) -> Mapping[str, str]:
    order = db.session.get_one(Order, many // 2)
    newest = select(Order.id).order_by(Order.placed_at.desc(), Order.id.desc())
    deep = db.session.scalars(newest.offset(min(PAGES_DEEP * 50, many - 60)).limit(1)).one()
    at_first = {
        "today": "/admin/",
        "orders to ship": "/admin/orders",
        "all orders": "/admin/orders?view=all",
        f"all orders, page {PAGES_DEEP}": f"/admin/orders?view=all&after={deep}",
        "orders to pay": "/admin/orders?view=to_pay",
        "orders to hand over": "/admin/orders?view=to_hand_over",
        "orders under way": "/admin/orders?view=under_way",
        "orders to look at": "/admin/orders?view=attention",
        "orders by code": f"/admin/orders?q={order.code}",
        "orders by name": "/admin/orders?q=Okoro",
        "orders by a name nobody has": "/admin/orders?q=Zebulon",
        "orders by phone": f"/admin/orders?q={order.phone}",
        "orders by the end of a phone": f"/admin/orders?q={order.phone_tail}",
        "orders by e-mail": f"/admin/orders?q={order.email}",
        "orders by a parcel's number": f"/admin/orders?q=SF{order.id:010d}",
        "an order": f"/admin/orders/{order.id}",
        "payments": "/admin/payments",
        "pick-up": "/admin/pickup",
        "mails": "/admin/mails",
        "callbacks": "/admin/callbacks",
        "audit": "/admin/audit",
        "items": "/admin/items",
        "stock": "/admin/stock",
        "numbers for machines": "/metrics",
    }
    db.session.rollback()
    return at_first


def _milliseconds(reader: Clerk, address: str) -> float:
    began = time.perf_counter()
    answer = reader.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    return (time.perf_counter() - began) * 1000
