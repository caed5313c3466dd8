"""An order with goods of two merchants: each sees and moves their own part of it."""

from __future__ import annotations

import re

import pytest

from app.fulfilment.carriers.base import TrackingEvent, TrackingStatus
from app.fulfilment.commands.parcels import NewParcel, ship, take_in
from app.orders.commands.place import NewDelivery, place
from app.platform.actor import GUEST
from tests import cast
from tests.admin.counter import (
    clerk,
    lines_of,
    settle_in_full,
)

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def now(clock):
    return clock.now


def shared_order(house: cast.House, other: cast.House, now) -> int:
    """One order with a piece of each merchant: ¥1,280 of the house, ¥55 of the other."""
    new = cast.new_order(house, [cast.piece(house, now)])
    theirs = cast.new_order(other, [cast.piece(other, now)], price=5500)
    both = new.__class__(
        **{
            **{name: getattr(new, name) for name in new.__slots__},
            "lines": new.lines + theirs.lines,
            "deliveries": (*new.deliveries, NewDelivery(other.merchant_id, "ship", 300)),
        }
    )
    order_id = place(both, actor=GUEST, now=now)
    settle_in_full(order_id, now)
    return order_id


def test_in_a_shared_order_each_merchant_sees_their_own_part(app, now):
    house, other = cast.house(now), cast.house(now, "north", is_house=False)
    order_id = shared_order(house, other, now)
    own, theirs = lines_of(order_id)
    ours = clerk(app, house.merchant_id, "cleo")
    nora = clerk(app, other.merchant_id, "nora")

    house_reads, nora_reads = (who.read(f"/admin/orders/{order_id}") for who in (ours, nora))

    assert f"№ {own.number:04d}" in house_reads
    assert f"№ {theirs.number:04d}" not in house_reads
    assert f"№ {theirs.number:04d}" in nora_reads
    assert f"№ {own.number:04d}" not in nora_reads
    assert "¥1,350" in house_reads  # goods, both deliveries
    for amount in ("1,280", "1,335", "1,350", "1,347"):
        assert amount not in nora_reads
    assert "¥58" in nora_reads  # her goods and her delivery


def test_what_the_other_merchant_does_shows_neither_in_state_nor_in_time(app, now):
    house, other = cast.house(now), cast.house(now, "north", is_house=False)
    order_id = shared_order(house, other, now)
    own, _theirs = lines_of(order_id)
    nora = clerk(app, other.merchant_id, "nora")
    addresses = (f"/admin/orders/{order_id}", "/admin/orders?view=to_ship", "/admin/")
    before = [nora.read(address) for address in addresses]

    staff = house.staff()
    ship(order_id, NewParcel({own.id: 1}, "shunfeng", "SF777", "k" * 20), actor=staff, now=now)
    trouble = TrackingEvent("shunfeng", "SF777", now, TrackingStatus.EXCEPTION, text="lost")
    take_in([trouble], inbound_event_id=None, now=now)

    assert [strip(nora.read(address)) for address in addresses] == [strip(text) for text in before]
    assert "No order fits" in nora.read("/admin/orders?q=SF777")


def strip(text: str) -> str:
    """Without tokens, which differ from page to page."""
    return re.sub(r'(value="|X-CSRFToken":")[A-Za-z0-9_.-]{40,}', "", text)
