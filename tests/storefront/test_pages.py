"""The pages everybody shares: in both languages, without anything personal, in few queries."""

from __future__ import annotations

import gzip
import json
import re
from xml.etree import ElementTree as ET

import pytest

from app.catalog.commands import products
from app.catalog.models import Product, ProductState, Variant
from app.platform.actor import SYSTEM
from app.platform.db import db
from app.platform.transaction import transaction
from app.storefront.views import machine
from tests.cast import autumn, house, piece, placed, product_of
from tests.conftest import MONDAY
from tests.storefront.counting import counted

HEAVIEST_PAGE = 20_000
"""Bytes, compressed (ux guide, budgets)."""
LANGUAGES = {"en": "Add to bag", "zh-Hans": "加入购物袋"}


@pytest.fixture
def owner(app, clock):
    return house(MONDAY)


@pytest.fixture
def shown(owner):
    """The address of a piece in a collection."""
    autumn(MONDAY, "Warm things")
    variant_id = piece(owner, MONDAY)
    return address_of(variant_id)


def address_of(variant_id: int) -> str:
    product = db.session.get_one(Product, product_of(variant_id))
    return f"/i/{product.number:04d}-{product.slug}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "address",
    ["/", "/c/autumn", "/search", "/search?q=jacket", "/c/all?size=chest-104-112", "/help",
     "/orders", "/bag", "/checkout"],
)  # fmt: skip
def test_a_page_speaks_the_language_asked_for(client, shown, address, language):
    joint = "&" if "?" in address else "?"

    answer = client.get(f"{address}{joint}lang={language}")

    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.text
    assert ("购物袋" in answer.text) == (language == "zh-Hans")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_piece_shows_what_an_archive_knows_of_it(client, shown, language):
    text = client.get(f"{shown}?lang={language}").text

    assert LANGUAGES[language] in text
    for fact in ("¥1,280", "1970s", "104", "№ 0001"):
        assert fact in text
    assert ("a small hole" in text) or ("袖" in text)


def test_inches_are_kept_once_chosen(client, shown):
    first = client.get(f"{shown}?unit=in").text
    later = client.get(shown).text

    assert "40.9" in first
    assert "40.9" in later


@pytest.mark.parametrize(
    "address", ["/i/9999", "/i/abc", "/c/none", "/i/99999999999999999999", "/nowhere", "/o/x"]
)
def test_what_is_not_there_is_a_page_of_its_own(client, shown, address):
    answer = client.get(f"{address}?lang=zh-Hans")

    assert answer.status_code == 404
    assert "/search" in answer.text


def test_an_old_address_leads_to_the_present_one(client, shown):
    answer = client.get("/i/1-some-older-title")

    assert (answer.status_code, answer.location) == (301, shown)


@pytest.mark.parametrize("page", ["0", "-1", "2", "99999999999", "x", "１"])
def test_any_page_number_gives_a_page(client, shown, page):
    assert client.get(f"/c/autumn?page={page}").status_code == 200


def test_drafts_are_nowhere(client, owner, shown):
    hidden = piece(owner, MONDAY, title={"en": "Hidden anorak"})
    products.withdraw(product_of(hidden), ProductState.DRAFT, actor=SYSTEM, now=MONDAY)

    assert client.get(address_of(hidden)).status_code == 404
    for address in ("/", "/search?q=Hidden", "/search/suggest?q=Hidden", "/sitemap.xml"):
        text = client.get(address).text
        assert "Hidden anorak" not in text
        assert address_of(hidden) not in text


def test_a_sold_piece_stays_and_says_so(client, owner, shown, clock):
    variant_id = piece(owner, MONDAY, units=0)

    text = client.get(address_of(variant_id)).text

    assert "There was only one." in text
    assert 'action="/bag"' not in text
    assert "schema.org/SoldOut" in text


def test_a_piece_somebody_pays_for_says_until_when(client, owner, shown):
    variant_id = piece(owner, MONDAY)
    placed(owner, [variant_id], MONDAY)

    text = client.get(address_of(variant_id)).text

    assert "If they do not, it is free again at 10:35." in text
    assert 'action="/bag"' not in text


def test_shared_pages_are_the_same_for_everybody(visit, shown):
    ada, ben = visit(), visit()
    ada.post("/bag", data={"variant": "1"})
    ada.get("/checkout")

    for address in ("/", shown, "/c/autumn", "/help"):
        of_ada, of_ben = ada.get(address), ben.get(address)
        assert of_ada.text == of_ben.text
        assert "Set-Cookie" not in of_ada.headers
        assert "csrf" not in of_ada.text.lower()


def test_queries_do_not_grow_with_the_goods(client, owner, shown):
    piece(owner, MONDAY)
    before = {address: counted(client, address) for address in ("/", "/c/autumn", shown)}

    for _each in range(6):
        piece(owner, MONDAY)

    assert {address: counted(client, address) for address in before} == before
    assert before["/"] <= 8
    assert before["/c/autumn"] <= 8
    assert before[shown] <= 8


@pytest.mark.parametrize("address", ["/", "/c/autumn", "/help", "/bag"])
def test_a_page_weighs_little(client, owner, shown, address):
    for _each in range(24):
        piece(owner, MONDAY)

    assert len(gzip.compress(client.get(address).data)) <= HEAVIEST_PAGE


def test_machines_find_every_piece(client, shown):
    tree = ET.fromstring(client.get("/sitemap.xml").data)  # noqa: S314  (our own file)
    robots = client.get("/robots.txt").text

    places = tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
    found = [place.text or "" for place in places]
    assert any(address.endswith(shown) for address in found)
    assert any(address.endswith("/c/autumn") for address in found)
    assert any(address.endswith("/help") for address in found)
    assert "Disallow: /checkout" in robots


def test_of_more_pieces_than_a_sitemap_holds_the_newest_are_in_it(client, owner, monkeypatch):
    monkeypatch.setattr(machine, "MOST_ADDRESSES", 6)
    pieces = [address_of(piece(owner, MONDAY)) for _each in range(4)]

    text = client.get("/sitemap.xml").text

    assert text.count("<loc>") == 6
    assert f"{pieces[-1]}</loc>" in text
    assert f"{pieces[0]}</loc>" not in text


def test_search_engines_read_the_offer(client, shown):
    text = client.get(shown).text

    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    entries = [json.loads(entry) for entry in found]
    product = next(entry for entry in entries if entry["@type"] == "Product")
    assert product["offers"]["price"] == "1280.00"
    assert product["offers"]["availability"] == "https://schema.org/InStock"
    assert product["offers"]["itemCondition"] == "https://schema.org/UsedCondition"
    assert product["offers"]["shippingDetails"]["shippingRate"]["value"] == "0.00"
    assert product["offers"]["hasMerchantReturnPolicy"]["merchantReturnDays"] == 7
    assert 'hreflang="zh-Hans"' in text


def test_a_product_with_sizes_lets_one_choose(client, owner, shown):
    variant_id = piece(owner, MONDAY)
    with transaction():
        db.session.add(
            Variant(
                product_id=product_of(variant_id),
                merchant_id=owner.merchant_id,
                sku="other",
                options={"values": ["L"]},
                price=128000,
                weight_g=1,
                position=1,
            )
        )

    text = client.get(f"{address_of(variant_id)}?unchosen=1").text

    assert text.count('name="variant"') == 2
    assert "Please choose one first." in text


def test_the_living_page_is_absent_in_production(client, make_app, settings):
    live = make_app(environment="production", payment_methods=("bank_transfer",))

    assert client.get("/dev/ui").status_code == 200
    assert live.test_client().get("/dev/ui", base_url=settings.public_url).status_code == 404


def test_sizes_by_chest_count_what_can_be_bought(client, owner, shown):
    piece(owner, MONDAY, units=0, chest=1000)

    text = client.get("/?lang=en").text

    assert "/c/all?size=chest-104-112" in text
    assert "/c/all?size=chest-96-104" not in text
