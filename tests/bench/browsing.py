"""Browsing a shop of 1,000, of 10,000 and of 100,000 products through its own server: pages as they
are kept and as they are made anew, narrowed down, a thousand pages deep, and after a sale.

`make bench ARGS="browsing"`, or `ARGS="browsing=10000"` for no more than that.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import delete, insert

from app.catalog.models import ListedProduct, ListingStamp
from app.platform.db import db
from app.platform.transaction import transaction
from app.search.commands import indexing
from tests.bench import machine, stocked
from tests.bench.asking import Asked, ask_each, ask_for, get
from tests.bench.processes import can_be_measured
from tests.bench.serving import Served, keeps_pages, web_only
from tests.bench.surroundings import know_thyself, shop_on
from tests.bench.table import Figure, at_least, at_most
from tests.cast import House, house

FEW, MIDDLE, MANY = 1_000, 10_000, 100_000
SECONDS = 3.0
ASKED, WARMING, VISITORS = 40, 4, 5_000
GROWTH_BAR, NARROWED_BAR, WORKER_BAR = 25.0, 300.0, 180.0
HALF, CONNECTIONS, FEWEST = 0.5, 16, 2
OSCAR = {"collection": 27.0, "product": 96.0, "search": 28.0}
"""Requests a second of django-oscar on two such cores with 16 connections, as the design has it."""
TIMES = {"sqlite": 8, "postgresql": 4}
UNFILTERED = ("home", "collection", "product")


def measure(many: int = MANY) -> list[Figure]:
    hello = machine.served_flask()
    found = [Figure("browsing", "bare Flask behind the same server", hello, "requests/s")]
    for database in ("sqlite", "postgresql"):
        found += _on(database, many, hello)
    return found


def _on(database: str, many: int, hello: float) -> Iterator[Figure]:
    part, stood = f"browsing, {database}", 0
    slow: dict[int, Mapping[str, float]] = {}
    with shop_on(database):
        owner = house(stocked.BEGAN)
        for size in sorted({min(FEW, many), min(MIDDLE, many), many}):
            yield _stocked(part, owner, range(stood + 1, size + 1))
            stood = size
            if size == min(MIDDLE, many):
                yield from _rates(part, database, size, hello)
            with web_only(is_kept=False) as served:
                slow[size] = _milliseconds(served, size)
            for what, taken in slow[size].items():
                name = f"{what}, made anew, {size:,} products"
                yield (
                    Figure(part, name, taken, "ms")
                    if what in UNFILTERED
                    else at_most(part, name, taken, "ms", NARROWED_BAR)
                )
    for what in UNFILTERED:
        grown = (slow[stood][what] / slow[min(slow)][what] - 1) * 100
        name = f"{what}, grown from {min(slow):,} to {stood:,}"
        yield at_most(part, name, grown, "%", GROWTH_BAR)


def _stocked(part: str, owner: House, numbers: range) -> Figure:
    began = time.perf_counter()
    stocked.stock_up(owner, numbers)
    know_thyself()
    rate = len(numbers) / (time.perf_counter() - began)
    return Figure(part, f"{len(numbers):,} products written and listed", rate, "/s")


def _rates(part: str, database: str, size: int, hello: float) -> Iterator[Figure]:
    """Requests a second with 16 connections, and what a web worker holds after all of that."""
    indexing.rebuild_all()
    for is_kept in (True, False) if keeps_pages() else (False,):
        how = "kept" if is_kept else "made anew"
        with web_only(is_kept=is_kept) as served:
            for what, paths in _pages(size).items():
                rate = _rate(served, paths)
                name = f"{what}, {how}, {size:,} products"
                least = OSCAR.get(what, 0) * TIMES[database]
                if is_kept and what in UNFILTERED:
                    least = hello * HALF
                yield (
                    at_least(part, name, rate, "requests/s", round(least))
                    if least
                    else Figure(part, name, rate, "requests/s")
                )
            if can_be_measured():
                name = f"fewest of {CONNECTIONS} that one process has, pages {how}"
                yield at_least(part, name, served.fewest_of(CONNECTIONS), "connections", FEWEST)
                name = f"memory of a web worker, pages {how}"
                yield at_most(part, name, served.web_worker_mb(), "MB", WORKER_BAR)


def _rate(served: Served, paths: Sequence[str]) -> float:
    """The limits are those of real visitors, so there are many of them."""
    requests = [get(paths[at % len(paths)], at) for at in range(VISITORS)]
    ask_for(served.port, requests, seconds=2)
    return _answered(ask_for(served.port, requests, seconds=SECONDS)).rate


def _pages(size: int) -> Mapping[str, Sequence[str]]:
    """A few different ones of each kind, so that not only one is warm."""
    step = max(size // 50, 1)
    return {
        "home": ["/"],
        "collection": ["/c/everything"],
        "product": [f"/i/{number:04d}-p-{number}" for number in range(1, size, step)],
        "search": [f"/search?q={word}" for word in ("tweed", "silk", "linen", "真丝", "亚麻")],
    }


def _milliseconds(served: Served, size: int) -> Mapping[str, float]:
    """Medians of one visitor alone. The era and grade that are chosen differ each time, so that
    nothing is at hand that was counted before.
    """
    addresses = {
        "home": ["/"] * ASKED,
        "collection": ["/c/everything"] * ASKED,
        "product": [f"/i/{at:04d}-p-{at}" for at in range(1, ASKED + 1)],
        "narrowed to an era and a grade": [
            f"/c/everything?era={1900 + 10 * (at % 9)}s&grade={'SABCD'[at % 5]}"
            for at in range(ASKED)
        ],
        "one of many pages": [_deep_address(size)] * ASKED,
    }
    alone = {what: _one_by_one(served, paths) for what, paths in addresses.items()}
    return {**alone, "collection, first after a sale": _after_a_sale(served)}


def _one_by_one(served: Served, paths: Sequence[str]) -> float:
    requests = [get(path) for path in paths]
    ask_each(served.port, requests[:WARMING], connections=1)
    return _answered(ask_each(served.port, requests, connections=1)).median


def _after_a_sale(served: Served) -> float:
    with transaction():
        db.session.execute(insert(ListingStamp).values(shelf=99, stamp="other"))
    taken = _answered(ask_each(served.port, [get("/c/everything")], connections=1)).median
    with transaction():
        db.session.execute(delete(ListingStamp).where(ListingStamp.shelf == 99))
    return taken


def _answered(asked: Asked) -> Asked:
    if set(asked.statuses) != {200}:
        raise RuntimeError(f"a page answered {asked.statuses}")
    return asked


def _deep_address(size: int) -> str:
    """The page that begins near the oldest of them."""
    from app.catalog.queries.listing.paging import Key

    ids = db.session.query(ListedProduct.product_id, ListedProduct.first_live_at)
    row = ids.order_by(ListedProduct.first_live_at).limit(1).offset(size // 10).one()
    db.session.rollback()
    micros = int(row.first_live_at.timestamp() * 1_000_000)
    return f"/c/everything?after={Key(row.product_id, micros)}"
