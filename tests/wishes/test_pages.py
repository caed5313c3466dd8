"""The wish list: of a browser, of an account, merged once, and nobody else's."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from app.catalog.commands import stock
from app.catalog.commands.stock import Wanted
from app.catalog.models import Product, ProductState, Variant
from app.customers import queries as customers
from app.customers.commands import erase
from app.platform import privacy
from app.platform.actor import Actor
from app.platform.db import db
from app.platform.transaction import transaction
from app.wishes.commands import lists as commands
from app.wishes.errors import ListFull
from app.wishes.kept import MOST, Kept, read
from app.wishes.models import Wish
from app.wishes.queries import lists as queries
from tests.cast import house, piece, product_of
from tests.conftest import MONDAY
from tests.customers.people import ADA, enter, open_account
from tests.presale.cast import shirt
from tests.storefront.counting import counted

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def owner(app, clock):
    return house(MONDAY)


def number_of(variant_id):
    return db.session.get_one(Product, product_of(variant_id)).number


def keep(client, number, wanted=1, **options):
    return client.post(f"/wishes/{number}", data={"wanted": wanted}, **options)


def cookie(client):
    kept = client.get_cookie("wishes", domain="127.0.0.1")
    return kept.value if kept else ""


def numbers(client):
    return [one.number for one in read(cookie(client))]


def test_a_browser_keeps_a_list_without_an_account(client, owner):
    first, second = number_of(piece(owner, MONDAY)), number_of(piece(owner, MONDAY))

    answer = keep(client, first)
    keep(client, second)
    keep(client, second)
    page = client.get("/wishes?lang=en")

    assert (answer.status_code, answer.location) == (303, "/wishes")
    assert page.text.index(f"/wishes/{second:04d}") < page.text.index(f"/wishes/{first:04d}")
    assert page.text.count(f"/wishes/{second:04d}/bag") == 1
    assert page.headers["Cache-Control"] == "private, no-store"
    assert "noindex" in page.text
    assert "It is kept on this device." in page.text
    assert db.session.scalars(select(Wish)).all() == []

    keep(client, first, wanted=0)
    keep(client, second, wanted=0)
    assert "Nothing on your wish list yet" in client.get("/wishes?lang=en").text


def test_a_heart_answers_without_a_page_and_shared_pages_say_nothing(client, owner):
    variant = piece(owner, MONDAY)
    number = number_of(variant)
    before = client.get("/").text

    answer = keep(client, number, headers=HTMX)

    assert (answer.status_code, answer.data) == (204, b"")
    assert "HttpOnly" not in answer.headers["Set-Cookie"]
    after = client.get("/").text
    assert after == before
    assert 'aria-label="Wish list: Test jacket' in client.get("/?lang=en").text


def test_the_list_says_what_became_of_each_piece(client, owner, clock):
    kept = [piece(owner, MONDAY) for _each in range(5)]
    sold, held, cheaper, dearer, withdrawn = kept
    for variant in kept:
        keep(client, number_of(variant))
    stock.reserve("order:1", [Wanted(sold, 1)], until=MONDAY + timedelta(hours=1), now=MONDAY)
    stock.sell("order:1", reference="S", now=MONDAY)
    stock.reserve("order:2", [Wanted(held, 1)], until=MONDAY + timedelta(hours=1), now=MONDAY)
    with transaction():
        for variant, price in ((cheaper, 100000), (dearer, 130000)):
            db.session.execute(update(Variant).where(Variant.id == variant).values(price=price))
        db.session.execute(
            update(Product)
            .where(Product.id == product_of(withdrawn))
            .values(state=ProductState.ARCHIVED)
        )

    page = client.get("/wishes?lang=en").text

    assert "¥280 less than when you kept it" in page
    assert "¥20 more than when you kept it" in page
    assert "Someone is paying" in page
    assert f"{number_of(sold):04d}-" in page
    assert "#similar" in page
    assert "1 piece of your list is not shown in the shop any more." in page


def test_a_piece_moves_into_the_bag_once(client, owner):
    variant = piece(owner, MONDAY)
    number = number_of(variant)
    keep(client, number)

    answer = client.post(f"/wishes/{number}/bag")

    assert (answer.status_code, answer.location) == (303, "/bag")
    assert f"/bag/lines/{variant}" in client.get("/bag").text
    assert cookie(client) == ""


def test_what_was_sold_meanwhile_stays_on_the_list_and_says_so(client, owner):
    variant = piece(owner, MONDAY)
    number = number_of(variant)
    keep(client, number)
    stock.reserve("order:1", [Wanted(variant, 1)], until=MONDAY + timedelta(hours=1), now=MONDAY)

    answer = client.post(f"/wishes/{number}/bag")

    assert answer.status_code == 409
    assert "banner-bad" in answer.text
    assert numbers(client) == [number]


def test_of_several_sizes_one_is_chosen_on_the_page_of_the_product(client, owner):
    number = number_of(shirt(owner, MONDAY)[0])
    keep(client, number)

    answer = client.post(f"/wishes/{number}/bag")

    assert answer.location.endswith("?unchosen=1#variants")
    assert cookie(client) != ""


@pytest.mark.parametrize("number", [999_999, 0, 10**9])
def test_what_is_not_shown_cannot_be_wished_for(client, owner, number):
    assert keep(client, number).status_code == 404
    assert client.post(f"/wishes/{number}/bag").status_code == 404


def test_whoever_signs_in_finds_both_lists_and_again_changes_nothing(visit, owner, clock):
    here, there = visit(), visit()
    ada = open_account(ADA, MONDAY)
    own, browsers = number_of(piece(owner, MONDAY)), number_of(piece(owner, MONDAY))
    commands.keep(ada, own, now=MONDAY)
    clock.advance(minutes=1)
    keep(here, browsers)
    keep(here, own)

    enter(here, ADA)
    enter(there, ADA)

    assert [one.number for one in queries.of_customer(ada)] == [browsers, own]
    for browser in (here, there):
        assert numbers(browser) == [browsers, own]
    keep(there, browsers, wanted=0)
    enter(here, ADA)
    assert [one.number for one in queries.of_customer(ada)] == [own]


def test_what_one_device_keeps_is_asked_for_by_the_pages_of_another(visit, owner):
    here, there = visit(), visit()
    open_account(ADA, MONDAY)
    number = number_of(piece(owner, MONDAY))
    enter(here, ADA)
    enter(there, ADA)
    assert cookie(there) == "~"

    keep(here, number)
    answer = there.get("/wishes/hearts")

    assert (answer.status_code, answer.text) == (204, "")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert numbers(there) == [number]
    assert "Set-Cookie" not in there.get("/wishes/hearts").headers
    assert "Set-Cookie" not in visit().get("/wishes/hearts").headers


def test_whoever_signs_out_leaves_nothing_on_the_device(client, owner):
    ada = open_account(ADA, MONDAY)
    enter(client, ADA)
    keep(client, number_of(piece(owner, MONDAY)))
    assert cookie(client).startswith("~")

    client.post("/logout")

    assert cookie(client) == ""
    assert "Nothing on your wish list yet" in client.get("/wishes?lang=en").text
    assert len(queries.of_customer(ada)) == 1


def test_a_list_that_is_full_says_so(client, owner):
    ada, number = open_account(ADA, MONDAY), number_of(piece(owner, MONDAY))
    full = ".".join(f"{each}-1" for each in range(200_000, 200_000 + MOST))
    client.set_cookie("wishes", full, domain="127.0.0.1")

    answer = keep(client, number)
    toast = keep(client, number, headers=HTMX)

    assert answer.status_code == toast.status_code == 409
    assert "一百件" in answer.text
    assert "toast" in toast.headers["HX-Trigger"]
    commands.merge(ada, [Kept(number, 1)] * 3, now=MONDAY)
    assert len(queries.of_customer(ada)) == 1


def test_an_account_that_goes_takes_its_list_along(app, owner):
    ada, number = open_account(ADA, MONDAY), number_of(piece(owner, MONDAY))
    commands.keep(ada, number, now=MONDAY)
    actor = Actor("customer", ada)

    kept: Any = customers.everything_about(actor, now=MONDAY)["kept"]
    erase(actor=actor, now=MONDAY)

    assert [row["wishes_for"] for row in kept["wishes"]] == [number]
    assert db.session.scalars(select(Wish)).all() == []
    assert "wish" in privacy.covered_tables()


def test_a_long_list_asks_no_more_often_than_a_short_one(client, owner):
    keep(client, number_of(piece(owner, MONDAY)))
    few = counted(client, "/wishes")
    for _each in range(4):
        keep(client, number_of(piece(owner, MONDAY)))

    assert counted(client, "/wishes") == few <= 8


def test_a_list_of_an_account_has_an_end(app, owner, monkeypatch):
    monkeypatch.setattr(commands, "MOST", 1)
    ada = open_account(ADA, MONDAY)
    first, second = number_of(piece(owner, MONDAY)), number_of(piece(owner, MONDAY))
    commands.keep(ada, first, now=MONDAY)
    commands.keep(ada, first, now=MONDAY)

    with pytest.raises(ListFull):
        commands.keep(ada, second, now=MONDAY)
