"""Lists ask the database as often for twelve rows as for three."""

from __future__ import annotations

from typing import Final

import pytest
from flask import Flask

from app.search.commands import indexing
from tests import cast
from tests.admin.counter import Clerk, clerk, counted_queries, paid_order
from tests.conftest import StoppedClock

LISTS: Final = (
    "/admin/", "/admin/orders", "/admin/orders?view=to_ship", "/admin/orders?q=ada", "/admin/items",
    "/admin/stock", "/admin/payments", "/admin/pickup", "/admin/mails", "/admin/audit",
    "/admin/callbacks", "/", "/c/all", "/c/all?era=1970s", "/c/all?sort=price_up",
    "/search?q=jacket", "/search?q=jacket&grade=B", "/feeds/google.xml", "/sitemap.xml",
)  # fmt: skip


@pytest.mark.parametrize("stage", ["sqlite"], indirect=True)
def test_a_list_of_twelve_asks_what_a_list_of_three_asks(app: Flask, clock: StoppedClock) -> None:
    owner = cast.house(clock.now)
    reader = clerk(app, owner.merchant_id, "cleo")
    _trade(owner, clock, 1)
    few = _asked(reader)

    _trade(owner, clock, 3)

    assert _asked(reader) == few


def _trade(owner: cast.House, clock: StoppedClock, times: int) -> None:
    """Three orders each time, and a piece nobody bought."""
    for _each in range(times):
        cast.piece(owner, clock.now)
        cast.placed(owner, [cast.piece(owner, clock.now)], clock.now)
        paid_order(owner, clock.now)
        paid_order(owner, clock.now, method="pickup", fee=0)
    indexing.rebuild_all()


def _asked(reader: Clerk) -> dict[str, int]:
    found = {}
    for address in LISTS:
        reader.read(address)
        with counted_queries() as statements:
            reader.read(address)
        found[address] = len(statements)
    return found
