"""Which rows an order waits for first: who waits for a bag keeps nothing that others wait for."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select, text

from app.cart.models import Bag
from app.catalog.models import Stock
from app.checkout.retention import forget_old
from app.platform.db import db
from tests.checkout.buying import begun, filled, orders
from tests.servers.process import wait_until

WAITING = text(
    "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
    "AND datname = current_database()"
)


@pytest.mark.parametrize("stage", ["postgresql"], indirect=True)
def test_an_order_waits_for_its_bag_before_it_locks_goods(app, client, jacket):
    begun(client, jacket)
    typed = filled(client)

    def order():
        with app.app_context():
            return client.post("/checkout/order", data=typed)

    def somebody_waits():
        with db.engine.connect() as watching:
            return watching.scalar(WAITING) == 1

    with ThreadPoolExecutor(1) as pool, db.engine.connect() as other:
        with other.begin():
            other.execute(select(Bag.id).with_for_update())
            ordered = pool.submit(order)
            wait_until(somebody_waits, seconds=10, what="the order")
            other.execute(select(Stock.id).with_for_update(nowait=True))
        assert ordered.result(timeout=10).status_code == 303

    assert len(orders()) == 1


@pytest.mark.parametrize("stage", ["postgresql"], indirect=True)
def test_an_old_bag_that_somebody_changes_at_this_moment_is_not_forgotten(
    app, client, clock, jacket
):
    begun(client, jacket)
    clock.advance(days=91)

    with db.engine.connect() as other, other.begin():
        other.execute(select(Bag.id).with_for_update())
        assert forget_old() == 0

    assert forget_old() == 1
