"""Whoever does not learn whether it happened asks again under the same key, and it happened once.

The ordinary run cuts a few times; `SOAK=1` five hundred times each way.
"""

from __future__ import annotations

import httpx
import pytest
from sqlalchemy import func, select

from app.orders.models import Order
from app.payments.models import Payment
from app.platform import clock as system_clock
from app.platform.db import db
from tests.cast import house, piece
from tests.conftest import visitor
from tests.faults import books
from tests.faults.town import ADDRESS, hidden
from tests.servers.fault_proxy import fault_proxy
from tests.soaking import SOAK

pytestmark = pytest.mark.slow
RUNS = 500 if SOAK else 2
TRANSFER = ADDRESS | {"gateway": "bank_transfer"}


@pytest.mark.parametrize("stage", ["postgresql"], indirect=True)
@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_commit_whose_answer_was_lost_is_resolved_by_the_key(line, moment):
    proxy, shop = line
    variant = piece(house(system_clock.now()), system_clock.now(), units=RUNS)

    for _ in range(RUNS):
        buyer = visitor(shop)
        buyer.post("/checkout", data={"variant": variant, "back": "/i/1"})
        form = TRANSFER | hidden(buyer.post("/checkout/fields", data=TRANSFER).text)
        proxy.cut_once(b"COMMIT", moment)
        lost = buyer.post("/checkout/order", data=form)
        proxy.heal()
        again = buyer.post("/checkout/order", data=form)
        once_more = buyer.post("/checkout/order", data=form)
        assert lost.status_code == 503
        assert again.location == once_more.location
        assert again.location.startswith("/o/")

    assert proxy.cuts == RUNS
    assert_each_order_is_there_once(RUNS)


@pytest.mark.parametrize("stage", ["postgresql"], indirect=True)
def test_an_answer_stands_when_the_connection_is_lost_in_tidying_up(line):
    proxy, shop = line
    visitor(shop).get("/login")
    proxy.cut_once(b"ROLLBACK", "before")

    answers = [visitor(shop).get("/login").status_code for _ in range(2)]

    assert proxy.cuts == 1
    assert answers == [200, 200]


@pytest.mark.parametrize("stage", ["sqlite"], indirect=True)
def test_a_checkout_whose_answer_was_lost_is_one_order(app, live_server):
    variant = piece(house(system_clock.now()), system_clock.now(), units=RUNS)
    upstream = ("127.0.0.1", int(live_server.rpartition(":")[2]))

    for _ in range(RUNS):
        with (
            fault_proxy(upstream) as proxy,
            httpx.Client(
                base_url=proxy.url, headers={"Sec-Fetch-Site": "same-origin"}, timeout=20
            ) as buyer,
        ):
            buyer.post("/checkout", data={"variant": variant, "back": "/i/1"})
            form = TRANSFER | hidden(buyer.post("/checkout/fields", data=TRANSFER).text)
            proxy.faults.swallows_replies = True
            with pytest.raises(httpx.TransportError):
                buyer.post("/checkout/order", data=form)
            proxy.heal()
            again = buyer.post("/checkout/order", data=form)
            assert again.headers["Location"].startswith("/o/")

    assert_each_order_is_there_once(RUNS)


def assert_each_order_is_there_once(number: int) -> None:
    db.session.rollback()
    counted = [
        db.session.scalar(select(func.count()).select_from(table)) for table in (Order, Payment)
    ]
    assert counted == [number, number]
    assert books.faults() == []
