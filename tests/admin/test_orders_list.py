"""The list of orders: its views, what searching finds, and what it costs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.shop.models import Role
from tests import cast
from tests.admin.counter import (
    HTMX,
    clerk,
    counted_queries,
    lines_of,
    paid_order,
)
from tests.admin.every_order import code_of, one_of_each

pytestmark = pytest.mark.usefixtures("app")
NAME, PHONE, STREET = "Ada Test", "13800000012", "测试路1号"


@pytest.fixture
def now(clock):
    return clock.now


@pytest.fixture
def every_kind(now):
    return one_of_each(now)


def codes_in(text: str, orders: dict[str, int]) -> set[str]:
    return {name for name, order_id in orders.items() if code_of(order_id) in text}


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        ("to_pay", {"to_pay", "wrong"}),
        ("to_ship", {"to_ship"}),
        ("to_hand_over", {"lay_out", "ready"}),
        ("under_way", {"under_way"}),
        ("attention", {"wrong"}),
        ("all", {"to_pay", "to_ship", "lay_out", "ready", "under_way", "wrong"}),
    ],
)
def test_a_view_shows_what_it_says_and_counts_it(app, every_kind, view, expected):
    owner, orders = every_kind
    who = clerk(app, owner.merchant_id, "cleo")

    text = who.read(f"/admin/orders?view={view}")

    assert codes_in(text, orders) == expected
    assert view == "all" or f'<span class="count">{len(expected)}</span>' in text


def test_without_a_view_the_list_shows_what_is_to_be_shipped(app, every_kind):
    owner, orders = every_kind

    assert codes_in(clerk(app, owner.merchant_id, "cleo").read("/admin/orders"), orders) == {
        "to_ship"
    }


def test_search_finds_by_code_tracking_number_piece_and_phone(app, every_kind):
    owner, orders = every_kind
    who = clerk(app, owner.merchant_id, "cleo")
    code = code_of(orders["to_ship"])
    number = lines_of(orders["to_ship"])[0].number

    for text in (code, code.lower(), code[:5], f"{code[:4]}-{code[4:]}", f"№{number}", str(number)):
        assert "to_ship" in codes_in(who.read(f"/admin/orders?q={text}"), orders), text
    for text in ("SF100200", "sf 100 200"):
        assert codes_in(who.read(f"/admin/orders?q={text}"), orders) == {"under_way"}
    assert codes_in(who.read("/admin/orders?q=0012"), orders) == set(orders)
    assert codes_in(who.read("/admin/orders?q=nothing-like-it"), orders) == set()


def test_names_and_addresses_are_found_only_by_those_who_may_see_them(app, every_kind):
    owner, orders = every_kind
    packer = clerk(app, owner.merchant_id, "dora", Role.FULFILMENT)
    reader = clerk(app, owner.merchant_id, "rui", Role.READONLY)

    for text in ("ada test", "ADA", "ada@example.org", PHONE):
        assert codes_in(packer.read(f"/admin/orders?q={text}"), orders) == set(orders), text
        assert codes_in(reader.read(f"/admin/orders?q={text}"), orders) == set(), text


def test_searching_by_piece_shows_the_whole_amount(app, now):
    owner = cast.house(now)
    first, second = cast.piece(owner, now), cast.piece(owner, now)
    order_id = cast.placed(owner, [first, second], now, price=10000)
    number = lines_of(order_id)[0].number

    text = clerk(app, owner.merchant_id, "cleo").read(f"/admin/orders?q=№{number}")

    assert "¥200" in text
    assert "2 pieces" in text


def test_the_pages_of_a_list_show_every_order_once(app, now):
    owner = cast.house(now)
    variant = cast.piece(owner, now, units=130)
    ids = [cast.placed(owner, [variant], now + timedelta(seconds=n % 3)) for n in range(120)]
    who = clerk(app, owner.merchant_id, "cleo")
    address, seen = "/admin/orders?view=all", []

    for _ in range(3):
        text = who.read(address)
        seen += [order_id for order_id in ids if f'/admin/orders/{order_id}"' in text]
        more = text.partition('rel="next" href="')[2].partition('"')[0]
        address = more.replace("&amp;", "&")

    assert sorted(seen) == sorted(ids)
    assert address == ""


def test_a_list_costs_the_same_however_long_it_is(app, now):
    owner = cast.house(now)
    who = clerk(app, owner.merchant_id, "cleo")
    counts = []
    for _ in range(2):
        for _ in range(5):
            paid_order(owner, now)
        with counted_queries() as statements:
            who.read("/admin/orders?view=all")
        counts.append(len(statements))

    assert counts[0] == counts[1] <= 9


def test_htmx_gets_the_table_alone(app, every_kind):
    owner, _orders = every_kind
    who = clerk(app, owner.merchant_id, "cleo")

    text = who.get("/admin/orders", headers=HTMX).get_data(as_text=True)

    assert text.lstrip().startswith('<div class="grid gap-4" id="orders"')
    assert "<html" not in text
