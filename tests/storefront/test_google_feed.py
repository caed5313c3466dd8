"""The product feed keeps to what Google Merchant asks for, in both languages and any length."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from sqlalchemy import event, update

from app.catalog.commands import stock
from app.catalog.commands.stock import Wanted
from app.catalog.models import MovementReason, Product
from app.catalog.queries import feed
from app.platform.actor import SYSTEM
from app.platform.db import db
from app.platform.money import Money
from app.platform.transaction import transaction
from app.shop import taxation
from app.shop.taxes import UNTAXED, Tax, TaxClass, Taxes, TaxRate, TaxTable
from app.storefront.feeds import Market
from tests.cast import house, piece, product_of
from tests.conftest import MONDAY
from tests.presale.cast import shirt

G = "{http://base.google.com/ns/1.0}"
ADDRESS = "/feeds/google.xml"
REQUIRED = {
    "id": r".{1,50}",
    "title": r".{1,150}",
    "description": r"(?s).{1,5000}",
    "link": r"http://\S+",
    "image_link": r"http://\S+\.jpg",
    "availability": r"in_stock|out_of_stock|preorder|backorder",
    "price": r"\d+\.\d\d [A-Z]{3}",
    "condition": r"new|used|refurbished",
    "identifier_exists": r"no|yes",
}
"""Attributes that must be there, and their form (support.google.com/merchants/answer/7052112)."""
OPTIONAL = {
    "sale_price": r"\d+\.\d\d [A-Z]{3}",
    "brand": r".{1,70}",
    "item_group_id": r".{1,50}",
    "color": r".{1,100}",
    "size": r".{1,100}",
    "gender": r"male|female|unisex",
    "age_group": r"newborn|infant|toddler|kids|adult",
    "material": r".{1,200}",
    "shipping_weight": r"\d+ g",
    "product_type": r".{1,750}",
    "additional_image_link": r"http://\S+\.jpg",
}
WORN = ("color", "size", "gender", "age_group")


@pytest.fixture
def owner(app, clock):
    return house(MONDAY)


def items_in(response):
    """Each item as a dict; every attribute is known and of the right form."""
    assert response.status_code == 200
    channel = ET.fromstring(response.data)[0]  # noqa: S314  (our own file)
    assert all(channel.findtext(name) for name in ("title", "link", "description"))
    found = []
    for item in channel.findall("item"):
        values = {each.tag.removeprefix(G): each.text or "" for each in item}
        for name, form in REQUIRED.items():
            assert re.fullmatch(form, values.get(name, "")), (name, values.get(name))
        for name in values.keys() - REQUIRED.keys():
            assert re.fullmatch(OPTIONAL[name], values[name]), (name, values[name])
        found.append(values)
    assert len({each["id"] for each in found}) == len(found)
    return found


def sell(variant_id):
    until = MONDAY + timedelta(days=1)
    stock.reserve(f"order:{variant_id}", [Wanted(variant_id, 1)], until=until, now=MONDAY)
    stock.sell(f"order:{variant_id}", reference="S", now=MONDAY)


def test_a_piece_has_every_attribute_that_is_asked_of_worn_things(client, owner):
    variant_id = piece(owner, MONDAY, title={"en": "Jacket <A> & B\x08", "zh-Hans": "夹克"})
    with transaction():
        db.session.execute(update(Product).values(colour="indigo"))

    (english,) = items_in(client.get(f"{ADDRESS}?lang=en"))
    (chinese,) = items_in(client.get(f"{ADDRESS}?lang=zh-Hans"))

    assert english["title"] == "Jacket <A> & B"
    assert english["price"] == "1280.00 CNY"
    assert english["condition"] == "used"
    assert english["size"] == "Chest 104 cm"
    assert english["shipping_weight"] == "700 g"
    assert english["link"].endswith("?lang=en")
    assert "Grade B" in english["description"]
    assert "item_group_id" not in english
    assert not [name for name in WORN if name not in english]
    assert chinese["title"] == "夹克"
    assert chinese["id"] == english["id"] == str(variant_id)
    path = urlsplit(english["link"])
    assert client.get(f"{path.path}?{path.query}").status_code == 200


def test_sizes_are_a_group_and_a_size_that_is_gone_says_so(client, owner):
    medium, large = shirt(owner, MONDAY)
    stock.count(large, owner.store_id, 3, reason=MovementReason.RECEIVED, actor=SYSTEM, now=MONDAY)

    first, second = items_in(client.get(f"{ADDRESS}?lang=en"))

    assert first["item_group_id"] == second["item_group_id"] == str(product_of(medium))
    assert (first["size"], first["availability"]) == ("M", "out_of_stock")
    assert (second["size"], second["availability"]) == ("L", "in_stock")
    assert first["condition"] == "new"


def test_a_piece_that_is_sold_is_gone_and_one_being_paid_is_out_of_stock(client, owner):
    sold, held = piece(owner, MONDAY), piece(owner, MONDAY)
    sell(sold)
    until = MONDAY + timedelta(minutes=9)
    stock.reserve("checkout:1", [Wanted(held, 1)], until=until, now=MONDAY)

    (item,) = items_in(client.get(ADDRESS))

    assert (item["id"], item["availability"]) == (str(held), "out_of_stock")


def test_the_same_feed_is_sent_once_and_any_change_is_noticed(client, owner):
    first, second = piece(owner, MONDAY), piece(owner, MONDAY)
    answer = client.get(f"{ADDRESS}?lang=en")
    mark = {"If-None-Match": answer.headers["ETag"]}

    assert client.get(f"{ADDRESS}?lang=en", headers=mark).status_code == 304
    assert client.get(f"{ADDRESS}?lang=zh-Hans", headers=mark).status_code == 200
    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert "Set-Cookie" not in answer.headers

    stock.reserve(
        "checkout:1", [Wanted(second, 1)], until=MONDAY + timedelta(minutes=9), now=MONDAY
    )
    held = client.get(f"{ADDRESS}?lang=en", headers=mark)
    assert held.status_code == 200
    sell(first)
    sold = client.get(f"{ADDRESS}?lang=en", headers={"If-None-Match": held.headers["ETag"]})
    assert len(items_in(sold)) == 1


def test_what_leaves_no_date_is_noticed_by_who_asks_by_dates_alone(client, owner, clock):
    variant_id = piece(owner, MONDAY)
    clock.advance(hours=1)
    since = {"If-Modified-Since": "Mon, 23 Nov 2026 03:00:00 GMT"}
    until = clock.now + timedelta(minutes=9)
    stock.reserve("checkout:1", [Wanted(variant_id, 1)], until=until, now=clock.now)

    held = client.get(ADDRESS, headers=since)
    clock.advance(minutes=10)
    free = client.get(ADDRESS, headers=since)

    assert [items_in(each)[0]["availability"] for each in (held, free)] == [
        "out_of_stock", "in_stock",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("country", "is_included", "told"),
    [
        ("CN", False, "113.00"),
        ("CN", True, "100.00"),
        ("US", False, "100.00"),
        ("CA", True, "88.50"),
    ],
)
def test_prices_are_without_tax_in_north_america_and_with_it_elsewhere(country, is_included, told):
    taxes = Taxes({"usual": Tax(13000, is_included)}, usual="usual", known=frozenset({"usual"}))

    price = Market(country, taxes).told(Money(10000, "CNY"), "")

    assert f"{price.decimal()}" == told
    assert Market(country, UNTAXED).told(Money(10000, "CNY"), "") == Money(10000, "CNY")


def test_added_tax_is_in_the_price_of_the_feed_and_a_new_rate_is_noticed(client, owner):
    piece(owner, MONDAY, price=10000)
    before = client.get(ADDRESS)
    rates = (TaxRate("usual", "CN", Tax(13000, False)), TaxRate("usual", "US", Tax(8000, False)))
    table = TaxTable((TaxClass("usual", {"en": "Usual"}),), rates)
    taxation.replace_taxes(table, actor=SYSTEM, now=MONDAY)

    after = client.get(ADDRESS, headers={"If-None-Match": before.headers["ETag"]})

    assert [item["price"] for item in items_in(before)] == ["100.00 CNY"]
    assert [item["price"] for item in items_in(after)] == ["113.00 CNY"]
    for address in ("?country=US", "?country=us"):
        assert items_in(client.get(ADDRESS + address))[0]["price"] == "100.00 CNY"
    assert items_in(client.get(f"{ADDRESS}?country=%3C!--"))[0]["price"] == "113.00 CNY"


def test_a_long_feed_is_read_in_batches_that_are_forgotten(app, owner):
    for _each in range(5):
        piece(owner, MONDAY)
    statements: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        sizes: list[int] = []
        last: int | None = 0
        while last is not None:
            batch, last = feed.offers(after=last, now=MONDAY, batch=2)
            sizes.append(len(batch))
            assert not db.session.identity_map.keys()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)

    assert sizes == [2, 2, 1, 0]
    assert len([one for one in statements if one.startswith("SELECT")]) <= 6 * 3 + 1


def test_nothing_on_sale_is_an_empty_feed(client, owner):
    assert items_in(client.get(ADDRESS)) == []
