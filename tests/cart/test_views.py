"""The bag over HTTP: as a page, as a sheet, and as a badge."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import update

from app.catalog.models import Product, Stock, Variant
from app.platform.db import db
from app.platform.transaction import transaction
from tests.cast import house, piece, placed, product_of
from tests.conftest import MONDAY

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def owner(app, clock):
    return house(MONDAY)


@pytest.fixture
def jacket(owner):
    return piece(owner, MONDAY)


def change(model, variant_id, **values):
    key = model.id if model is Variant else model.variant_id
    with transaction():
        db.session.execute(update(model).where(key == variant_id).values(**values))


def change_to_stocked(variant_id):
    with transaction():
        own = update(Product).where(Product.id == product_of(variant_id))
        db.session.execute(own.values(kind="stocked"))


def test_adding_leads_to_the_bag(client, jacket):
    answer = client.post("/bag", data={"variant": jacket, "quantity": "1"})

    assert (answer.status_code, answer.location) == (303, "/bag")
    assert "Check out, ¥1,280" in client.get("/bag").text


def test_adding_with_htmx_answers_the_sheet_and_tells_the_badge(client, jacket):
    answer = client.post("/bag", data={"variant": jacket}, headers=HTMX)

    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert 'id="sheet-title"' in answer.text
    assert "Put into the bag" in answer.text
    assert "bag:changed" in json.loads(answer.headers["HX-Trigger"])
    assert ">1<" in client.get("/bag/badge").text


def test_a_piece_is_in_the_bag_once(client, jacket):
    for _twice in range(2):
        client.post("/bag", data={"variant": jacket, "quantity": "5"})

    assert "Check out, ¥1,280" in client.get("/bag").text


@pytest.mark.parametrize("variant", ["", "0", "abc", "-1", "9" * 18, "9" * 30, "１", None])
def test_what_is_not_sold_cannot_be_added(client, jacket, variant):
    data = {} if variant is None else {"variant": variant}

    assert client.post("/bag", data=data).status_code == 404


def test_nothing_chosen_leads_back_to_the_choice(client, jacket):
    answer = client.post("/bag", data={"back": "/i/0001-test"})
    elsewhere = client.post("/bag", data={"back": "//evil.example/x"})

    assert answer.location == "/i/0001-test?unchosen=1#variants"
    assert elsewhere.location == "/?unchosen=1#variants"


@pytest.mark.parametrize("quantity", ["0", "-3", "x", "", "99999999999999999999"])
def test_any_quantity_becomes_a_sensible_one(client, owner, quantity):
    goods = piece(owner, MONDAY, units=3)

    answer = client.post("/bag", data={"variant": goods, "quantity": quantity})

    assert answer.status_code == 303
    assert "Check out, ¥1,280" in client.get("/bag").text


def test_a_sold_piece_says_so_where_it_was_pressed(client, owner, jacket):
    placed(owner, [jacket], MONDAY)

    answer = client.post("/bag", data={"variant": jacket}, headers=HTMX)

    assert answer.status_code == 409
    assert "This was just taken by somebody else." in answer.text


def test_taking_out_can_be_taken_back(client, jacket):
    client.post("/bag", data={"variant": jacket})

    taken = client.post(f"/bag/lines/{jacket}", data={"remove": "1", "quantity": "1"})
    offered = client.get(taken.location).text
    client.post(f"/bag/lines/{jacket}/restoration", data={"units": "1"})

    assert f'action="/bag/lines/{jacket}/restoration"' in offered
    assert "Still empty" in offered
    assert "Check out, ¥1,280" in client.get("/bag").text


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("sold", "Just bought by somebody else"),
        ("reserved", "Someone is paying for it"),
        ("withdrawn", "Not sold any more"),
    ],
)
def test_a_row_says_why_it_cannot_be_bought(client, owner, jacket, state, words):
    client.post("/bag", data={"variant": jacket})
    if state == "sold":
        change(Stock, jacket, on_hand=0)
    elif state == "reserved":
        placed(owner, [jacket], MONDAY)
    else:
        with transaction():
            db.session.execute(
                update(Product).where(Product.id == product_of(jacket)).values(state="archived")
            )

    text = client.get("/bag").text

    assert words in text
    assert "Check out" not in text


def test_what_ones_own_checkout_holds_is_in_nobodys_way(client, visit, owner):
    jacket = piece(owner, MONDAY)
    client.post("/bag", data={"variant": jacket})
    client.post("/checkout")
    other = visit()

    mine = client.get("/bag").text
    again = client.post("/bag", data={"variant": jacket})

    assert "Someone is paying for it" not in mine
    assert "Check out, ¥1,280" in mine
    assert again.status_code == 303
    assert other.post("/bag", data={"variant": jacket}).status_code == 409


def test_another_quantity_counts_what_ones_own_checkout_holds(client, owner):
    shirts = piece(owner, MONDAY, units=3)
    change_to_stocked(shirts)
    client.post("/bag", data={"variant": shirts, "quantity": "2"})
    client.post("/checkout")

    client.post(f"/bag/lines/{shirts}", data={"quantity": "3"})

    assert "Check out, ¥3,840" in client.get("/bag").text


def test_another_price_is_pointed_out_until_it_was_seen(client, jacket):
    client.post("/bag", data={"variant": jacket})
    change(Variant, jacket, price=99900)

    before = client.get("/bag").text
    client.post("/bag/prices")

    assert "Before: ¥1,280" in before
    assert "Check out, ¥999" in before
    assert "Before:" not in client.get("/bag").text


def test_the_delivery_fact_follows_what_is_in_the_bag(client, owner):
    client.post("/bag", data={"variant": piece(owner, MONDAY, price=30000)})
    cheap = client.get("/bag").text
    client.post("/bag", data={"variant": piece(owner, MONDAY, price=30000)})

    assert "Delivery ¥12 in mainland China, free with ¥299 more." in cheap
    assert "Delivery is free in mainland China." in client.get("/bag").text


def test_a_bag_belongs_to_its_browser(visit, jacket):
    ada, ben = visit(), visit()
    ada.post("/bag", data={"variant": jacket})

    assert "Still empty" in ben.get("/bag").text
    assert ben.post(f"/bag/lines/{jacket}", data={"remove": "1"}).status_code == 404
    assert "Check out, ¥1,280" in ada.get("/bag").text


@pytest.mark.parametrize("cookie", ["", "x", "A" * 32, "%00" * 5, "'" * 32])
def test_an_invented_cookie_opens_an_empty_bag(client, jacket, cookie):
    client.set_cookie("bag", cookie, domain="127.0.0.1")

    assert "Still empty" in client.get("/bag").text
    assert client.post("/bag", data={"variant": jacket}).status_code == 303


def test_the_bag_is_kept_by_nobody_on_the_way(client, jacket):
    client.post("/bag", data={"variant": jacket})

    for address in ("/bag", "/bag/badge"):
        assert client.get(address).headers["Cache-Control"] == "private, no-store"
