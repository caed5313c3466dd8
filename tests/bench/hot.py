"""One hot item: 400 shoppers have it in their bags, 100 are there, all press checkout at once."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from threading import Barrier

from sqlalchemy import func, select

from app.catalog.models import Stock
from app.orders.models import Order, OrderLine
from app.platform import clock
from app.platform.db import db
from tests import cast
from tests.bench.serving import everything
from tests.bench.shopper import Shopper
from tests.bench.surroundings import shop_on
from tests.bench.table import Figure, at_most, exactly
from tests.faults import books

SHOPPERS, FOR_ONE_UNIT = 400, 4
FIRST_HOME, WARMING = 1_000, 32
TOLD_WITHIN = 2.0
FILLING = 16


@dataclass(frozen=True)
class Try:
    """Whether one shopper got it, and after how many seconds checkout said so."""

    order: str
    told_after: float


def measure(shoppers: int = SHOPPERS) -> list[Figure]:
    return [figure for name in ("sqlite", "postgresql") for figure in _on(name, shoppers)]


def _on(database: str, shoppers: int) -> Iterator[Figure]:
    part, units = f"hot item, {database}", shoppers // FOR_ONE_UNIT
    with shop_on(database):
        owner = cast.house(clock.now())
        variant = cast.piece(owner, clock.now(), units=units)
        other = cast.piece(owner, clock.now(), units=WARMING)
        with everything() as served:
            _all_try(served.port, other, WARMING)
            began = time.perf_counter()
            tries = _all_try(served.port, variant, shoppers)
            seconds = time.perf_counter() - began
        told = max((each.told_after for each in tries if not each.order), default=0.0)
        yield exactly(part, f"orders paid, {shoppers} shoppers", _sold(variant), "orders", units)
        yield exactly(part, "left on the shelf", _left(variant), "units", 0)
        yield exactly(part, "sentences of the books that do not hold", len(books.faults()), "", 0)
        yield at_most(part, "the last loser was told after", told, "s", TOLD_WITHIN)
        yield Figure(part, "the last buyer had paid after", seconds, "s")


def _all_try(port: int, variant: int, count: int) -> list[Try]:
    shoppers = [Shopper(port, FIRST_HOME + number) for number in range(count)]
    with ThreadPoolExecutor(FILLING) as few:
        list(few.map(lambda shopper: shopper.post("/bag", variant=variant), shoppers))
    gate = Barrier(count)
    with ExitStack() as lines, ThreadPoolExecutor(count) as crowd:
        for shopper in shoppers:
            lines.callback(shopper.close)
        return list(crowd.map(lambda shopper: _try(shopper, gate), shoppers))


def _try(shopper: Shopper, gate: Barrier) -> Try:
    gate.wait()
    pressed = time.perf_counter()
    held = shopper.begin()
    told_after = time.perf_counter() - pressed
    return Try(shopper.pay(shopper.fill_in()) if held else "", told_after)


def _sold(variant: int) -> int:
    """Paid orders with it."""
    db.session.rollback()
    paid = select(func.count()).select_from(Order).join(OrderLine)
    statement = paid.where(Order.paid_at.is_not(None), OrderLine.variant_id == variant)
    return db.session.scalar(statement) or 0


def _left(variant: int) -> int:
    """Units on hand; sold more often than they were there they would be fewer than none."""
    db.session.rollback()
    on_hand = db.session.scalar(select(Stock.on_hand).where(Stock.variant_id == variant))
    db.session.rollback()
    return on_hand or 0
