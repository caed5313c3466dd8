"""Search as shoppers meet it."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select, text, update

from app.catalog.commands import collections, products
from app.catalog.models import Product, ProductState, Stock, Variant
from app.platform.actor import SYSTEM
from app.platform.configuration import settings
from app.platform.db import db
from app.platform.transaction import transaction
from app.search import index, queries
from app.search.commands import indexing, words
from app.search.errors import Trouble
from tests.cast import autumn, house, piece, product_of
from tests.conftest import MONDAY
from tests.storefront.conftest import english

FOUND = "What was found"


@pytest.fixture
def jacket(app, clock):
    owner = house(MONDAY)
    piece(owner, MONDAY, title={"en": "Waxed field jacket", "zh-Hans": "油蜡野战夹克"})
    indexing.rebuild_all()


@pytest.fixture
def rail(app, clock):
    """Nine jackets, the first four of them in the collection “autumn”."""
    owner = house(MONDAY)
    jackets = [
        piece(owner, MONDAY, title={"en": f"Waxed jacket {key}", "zh-Hans": "油蜡夹克"})
        for key in range(700, 709)
    ]
    autumn(MONDAY)
    for variant_id in jackets[:4]:
        number = db.session.get_one(Product, product_of(variant_id)).number
        collections.add("autumn", number, actor=SYSTEM, now=MONDAY)
    indexing.rebuild_all()


def rows(client, text):
    """Id and address of each suggestion."""
    answer = client.get("/search/suggest", query_string={"q": text}).text
    return dict(re.findall(r'role="option" id="([^"]+)" href="([^"]+)"', answer))


def missed():
    return {row.text: row.count for row in queries.misses().rows}


def test_a_synonym_counts_at_once(client, jacket):
    assert FOUND not in client.get("/search?q=blouson").text
    words.add_synonyms(["blouson", "夹克"], actor=SYSTEM, now=MONDAY)

    assert FOUND in client.get("/search?q=blouson").text


def test_only_what_was_neither_found_nor_guessed_is_noted(client, jacket):
    for typed in ("jacket", "jakcet", "", "anorak", "Anorak", "ada@example.org"):
        client.get("/search", query_string={"q": typed})
    client.get("/search/suggest?q=poncho")

    assert missed() == {"anorak": 2}


def test_while_the_index_is_away_the_database_answers(client, app, jacket):
    (settings().search_dir / "pointer.json").unlink()

    assert FOUND in client.get("/search?q=field").text
    assert missed() == {}


def test_eight_rows_at_most_words_a_scope_pieces_and_all_of_it(client, rail):
    offered = rows(client, "jack")

    assert offered["suggest-word-1"] == "/search?q=jacket"
    assert offered["suggest-scope"] == "/search?q=jacket&amp;in=autumn"
    assert [name for name in offered if "piece" in name] == [
        "suggest-piece-1", "suggest-piece-2", "suggest-piece-3",
    ]  # fmt: skip
    assert offered["suggest-all"] == "/search?q=jacket"
    assert len(offered) <= 8
    assert "See all 9 results for “jacket”" in client.get("/search/suggest?q=jack").text


@pytest.mark.parametrize(
    ("text", "is_offered"),
    [("j", False), ("*", False), ("zzzz", False), ("夹", True), ("wa", True)],
)
def test_one_chinese_or_two_latin_characters_suggest_something(client, rail, text, is_offered):
    assert bool(rows(client, text)) is is_offered


def test_before_anybody_types_the_shop_offers_its_words(client, rail):
    words.offer_words(["70s", "胸围 104"], actor=SYSTEM, now=MONDAY)

    offered = rows(client, "")

    assert offered["suggest-hot-1"] == "/search?q=70s"
    assert offered["suggest-hot-2"] == "/search?q=%E8%83%B8%E5%9B%B4+104"
    assert offered["suggest-sizes"] == "/search"


@pytest.mark.parametrize("is_away", [False, True])
def test_a_search_is_narrowed_to_a_collection(client, rail, is_away):
    if is_away:
        (settings().search_dir / "pointer.json").unlink()

    narrowed = client.get("/search?q=jacket&in=autumn").text

    assert narrowed.count('class="piece') == 4
    assert 'href="/search?q=jacket"' in narrowed
    assert client.get("/search?q=jacket&in=nowhere").text.count('class="piece') == 9


def test_without_the_index_suggestions_still_show_pieces(client, rail):
    (settings().search_dir / "pointer.json").unlink()

    assert "suggest-piece-1" in rows(client, "jacket")


def test_what_was_probably_meant_is_named_with_how_many_there_are(client, rail):
    text = re.sub(r"<[^>]+>", "", client.get("/search?q=jakcet").text)

    assert "Did you mean jacket (9)" in text
    assert "Look through a collection" in text


def test_price_stock_and_visibility_are_the_databases_whatever_the_index_says(client, jacket):
    product_id = db.session.scalars(select(Variant.product_id)).one()
    with transaction():
        db.session.execute(update(Variant).values(price=4567_00))
        db.session.execute(update(Stock).values(on_hand=0))

    text = client.get("/search?q=jacket").text
    assert "¥4,567" in text
    assert "Sold" in text

    products.withdraw(product_id, ProductState.DRAFT, actor=SYSTEM, now=MONDAY)
    for address in ("/search?q=jacket", "/search/suggest?q=jacket"):
        assert "Waxed field jacket" not in client.get(address).text
    assert index.backend().indexed_ids() == {product_id}


@pytest.mark.parametrize("stage", ["postgresql"], indirect=True)
def test_the_setting_moves_the_index_into_the_database_and_it_mends_itself(make_app, jacket):
    shop = make_app(search="postgresql")
    with shop.app_context():
        indexing.rebuild_all()
        client = english(shop)
        assert FOUND in client.get("/search?q=jackets").text

        with db.engine.begin() as connection:
            connection.execute(text("DROP SCHEMA search CASCADE"))
        assert index.backend().health().trouble is Trouble.MISSING
        assert FOUND in client.get("/search?q=jacket").text

        assert indexing.ensure() is True
        assert FOUND in client.get("/search?q=jackets").text
        with db.engine.begin() as connection:
            connection.execute(text("DROP SCHEMA search CASCADE"))
