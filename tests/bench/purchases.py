"""Whole purchases by sixteen shoppers at once, of a different piece each: product, bag, checkout,
paid at the provider, the order's page. Everything `make run` starts is running, mails included.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from statistics import quantiles

from sqlalchemy import func, select

from app.catalog.models import Stock
from app.orders.models import Order
from app.platform import clock
from app.platform.db import db
from tests.bench import stocked
from tests.bench.serving import everything
from tests.bench.shopper import Shopper
from tests.bench.surroundings import know_thyself, shop_on
from tests.bench.table import Figure, at_least, exactly
from tests.cast import house

PURCHASES, SHOPPERS = 480, 16
BARS = {"sqlite": 25, "postgresql": 40}


def measure(purchases: int = PURCHASES) -> list[Figure]:
    return [figure for name in BARS for figure in _on(name, purchases)]


def _on(database: str, purchases: int) -> Iterator[Figure]:
    part = f"purchases, {database}"
    with shop_on(database):
        owner = house(clock.now())
        stocked.stock_up(owner, range(1, max(purchases, 100) * 5 // 4 + SHOPPERS * 4))
        know_thyself()
        pieces = db.session.scalars(select(Stock.variant_id).where(Stock.on_hand == 1)).all()
        db.session.rollback()
        with everything() as served:
            _all_buy(served.port, pieces[purchases:][: SHOPPERS * 2])  # so that all is warm
            before, computed, began = _paid(), served.computed(), time.perf_counter()
            taken = _all_buy(served.port, pieces[:purchases])
            seconds = time.perf_counter() - began
            paid, computed = _paid() - before, served.computed() - computed
        yield at_least(
            part, f"{SHOPPERS} shoppers, each another piece", paid / seconds, "/s", BARS[database]
        )
        yield Figure(part, "… what one of them has the shop compute", computed / paid * 1000, "ms")
        yield exactly(part, "orders paid", paid, "orders", purchases)
        yield Figure(part, "one purchase, all its requests, p95", quantiles(taken, n=20)[-1], "s")


def _all_buy(port: int, pieces: Sequence[int]) -> list[float]:
    shares = [pieces[start::SHOPPERS] for start in range(SHOPPERS)]
    with ThreadPoolExecutor(SHOPPERS) as shoppers:
        return [each for one in shoppers.map(_buy, [port] * SHOPPERS, shares) for each in one]


def _buy(port: int, pieces: Sequence[int]) -> list[float]:
    """Seconds each of them took one shopper after another."""
    taken = []
    for piece in pieces:
        shopper, began = Shopper(port, piece), time.perf_counter()
        shopper.buy(f"/i/{piece:04d}-p-{piece}", piece)
        taken.append(time.perf_counter() - began)
        shopper.close()
    return taken


def _paid() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).where(Order.paid_at.is_not(None))) or 0
