"""Stock at the counter: what lies where, who holds it, counting it, and every movement."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.catalog.commands import stock
from app.catalog.commands.stock import Wanted
from app.catalog.models import Stock, StockMovement, Variant
from app.orders.models import Order
from app.platform.db import db
from app.shop.models import Role
from tests import cast
from tests.admin.counter import HTMX, clerk
from tests.admin.items import sell, text_of


@pytest.fixture
def house(app, clock):
    return cast.house(clock.now)


@pytest.fixture
def cleo(app, house):
    return clerk(app, house.merchant_id, "cleo")


@pytest.fixture
def variant_id(house, clock):
    return cast.piece(house, clock.now, units=3, title={"en": "Counted coat"})


def on_hand():
    return db.session.scalar(select(Stock.on_hand))


def movements():
    return db.session.scalar(select(func.count()).select_from(StockMovement))


def count(who, variant_id, house, **typed):
    figures = {"location": house.store_id, "seen": 3, "units": 5, "reason": "received", **typed}
    return who.post(f"/admin/stock/{variant_id}/counts", figures)


def test_the_list_tells_on_hand_held_and_free(house, cleo, variant_id, clock):
    until = clock.now + timedelta(minutes=5)
    stock.reserve("checkout:4", [Wanted(variant_id, 1)], until=until, now=clock.now)

    page = " ".join(cleo.read("/admin/stock").split())

    assert "Counted coat" in page
    assert (
        '<td class="end">3</td> <td class="end">1</td> <td class="end font-semibold">2</td>' in page
    )


def test_a_hold_that_ran_out_holds_nothing(house, cleo, variant_id, clock):
    until = clock.now + timedelta(minutes=5)
    stock.reserve("checkout:4", [Wanted(variant_id, 1)], until=until, now=clock.now)
    clock.advance(minutes=6)

    page = cleo.read(f"/admin/stock/{variant_id}")

    assert "Somebody is paying" not in page


@pytest.mark.parametrize(
    ("view", "shown"), [("all", {"a", "b", "c"}), ("held", {"b"}), ("in_stock", {"a", "b"}),
                        ("gone", {"c"})],
)  # fmt: skip
def test_views_hold_what_they_say(house, cleo, clock, view, shown):
    ids = {name: cast.piece(house, clock.now, title={"en": f"Coat {name}"}) for name in "abc"}
    until = clock.now + timedelta(minutes=5)
    stock.reserve("checkout:4", [Wanted(ids["b"], 1)], until=until, now=clock.now)
    sell(ids["c"], clock)

    page = cleo.read(f"/admin/stock?view={view}")

    assert {name for name in ids if f"Coat {name}" in page} == shown


def test_it_says_which_order_holds_it_until_when(house, cleo, variant_id, clock):
    order_id = cast.placed(house, [variant_id], clock.now)
    until = clock.now + timedelta(minutes=30)
    stock.reserve(f"order:{order_id}", [Wanted(variant_id, 1)], until=until, now=clock.now)
    code = db.session.get_one(Order, order_id).code

    page = cleo.read(f"/admin/stock/{variant_id}")

    assert f'href="/admin/orders/{order_id}">Order {code}</a>' in page
    assert "10:30" in page


def test_who_may_not_see_orders_learns_no_code(app, house, variant_id, clock):
    order_id = cast.placed(house, [variant_id], clock.now)
    until = clock.now + timedelta(minutes=30)
    stock.reserve(f"order:{order_id}", [Wanted(variant_id, 1)], until=until, now=clock.now)
    code = db.session.get_one(Order, order_id).code
    editor = clerk(app, house.merchant_id, "edda", Role.EDITOR)

    page = editor.read(f"/admin/stock/{variant_id}")

    assert "An order" in page
    assert code not in page


def test_a_count_writes_a_movement_with_its_reason_and_name(house, cleo, variant_id):
    response = count(cleo, variant_id, house)

    assert response.status_code == 303
    assert on_hand() == 5
    page = cleo.read(f"/admin/stock/{variant_id}")
    assert "+2" in page
    assert "received" in page
    assert "Cleo" in page


def test_a_count_by_htmx_answers_with_the_sheet(house, cleo, variant_id):
    figures = {"location": house.store_id, "seen": 3, "units": 2, "reason": "lost"}

    response = cleo.post(f"/admin/stock/{variant_id}/counts", figures, htmx=True)

    assert response.status_code == 200
    assert response.get_data(as_text=True).lstrip().startswith("<div")
    assert "Counted." in response.headers["HX-Trigger"]
    assert HTMX


@pytest.mark.parametrize(
    ("typed", "status", "sentence"),
    [
        ({"units": ""}, 422, "A whole number, such as 3."),
        ({"units": "-1"}, 422, "A whole number, such as 3."),
        ({"units": "many"}, 422, "A whole number, such as 3."),
        ({"units": "9" * 30}, 422, "A whole number, such as 3."),
        ({"reason": "sold"}, 422, "Please choose one of these."),
        ({"seen": 4}, 409, "Units were sold or counted since you opened this."),
    ],
)
def test_a_wrong_count_is_refused_and_moves_nothing(
    house, cleo, variant_id, typed, status, sentence
):
    before = movements()

    response = count(cleo, variant_id, house, **typed)

    assert (response.status_code, on_hand(), movements()) == (status, 3, before)
    assert sentence in text_of(response)


def test_less_than_is_promised_is_refused(house, cleo, variant_id, clock):
    until = clock.now + timedelta(minutes=5)
    stock.reserve("order:4", [Wanted(variant_id, 2)], until=until, now=clock.now)

    response = count(cleo, variant_id, house, units=1, reason="lost")

    assert response.status_code == 409
    assert "some are promised to orders" in text_of(response)
    assert on_hand() == 3


def test_another_merchants_stock_and_places_are_not_there(app, house, cleo, variant_id, clock):
    neighbour = cast.house(clock.now, "neighbour", is_house=False)
    nora = clerk(app, neighbour.merchant_id, "nora")
    theirs = cast.piece(neighbour, clock.now, title={"en": "Neighbour's hat"})

    assert "Counted coat" not in nora.read("/admin/stock")
    assert nora.get(f"/admin/stock/{variant_id}").status_code == 404
    assert count(nora, variant_id, house).status_code == 404
    assert count(cleo, variant_id, neighbour, seen=0).status_code == 404
    assert "Neighbour's hat" not in cleo.read("/admin/stock")
    assert db.session.scalar(select(Stock.on_hand).where(Stock.variant_id == theirs)) == 1
    assert db.session.scalar(select(func.count()).select_from(Stock)) == 2


def test_packers_look_and_do_not_count(app, house, variant_id):
    packer = clerk(app, house.merchant_id, "paul", Role.FULFILMENT)

    page = packer.read(f"/admin/stock/{variant_id}")

    assert "Set what is on hand" not in page
    assert "Open the item" not in page
    assert count(packer, variant_id, house).status_code == 403
    assert on_hand() == 3


def test_the_ledger_and_the_figure_agree(house, cleo, variant_id, clock):
    count(cleo, variant_id, house)
    sell(variant_id, clock)

    total = db.session.scalar(select(func.sum(StockMovement.change)))

    assert (total, on_hand()) == (4, 4)
    assert db.session.get(Variant, variant_id) is not None
