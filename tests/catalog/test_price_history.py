"""A price is struck out only where it was really asked; what was asked is kept for good."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.catalog.commands import editing, products
from app.catalog.models import PriceChange, Product, ProductKind, ProductState, Variant
from app.catalog.price_history import Asked, lowest_before, periods, struck
from app.catalog.queries.cards import cards, product_path
from app.catalog.queries.drafts import draft_of
from app.platform.db import db
from tests import cast
from tests.admin.counter import clerk
from tests.conftest import MONDAY
from tests.orders.test_pricing_document import examples, yuan


def told(text):
    """`45: 1480.00, 20: off` as a history that ends today."""
    parts = [part.strip().split(": ") for part in text.split(",")]
    return [
        Asked(None if price == "off" else yuan(price).minor, MONDAY - timedelta(days=int(days)))
        for days, price in parts
    ]


@examples("Worked: which price before is shown")
def test_worked_prices_before(row):
    history = told(row["sold at"])

    lowest = lowest_before(history)
    shown = struck(
        price=history[-1].price or 0, compare_at=yuan(row["price before"]).minor, lowest=lowest
    )

    wanted = [row["expected shown"], row["expected lowest"]]
    assert [shown, lowest] == [None if each == "none" else yuan(each).minor for each in wanted]


@given(
    steps=st.lists(
        st.tuples(st.none() | st.integers(1, 5), st.integers(0, 40)), min_size=1, max_size=8
    ),
    before=st.integers(1, 6),
)
def test_nothing_is_struck_that_was_not_asked_for_or_was_undercut(steps, before):
    history, at = [], MONDAY
    for price, days in steps:
        at += timedelta(days=days)
        history.append(Asked(price, at))

    shown = struck(price=history[-1].price or 0, compare_at=before, lowest=lowest_before(history))

    earlier = [period for period in periods(history) if period.end is not None]
    assert shown is None or any(period.price >= shown for period in earlier)
    assert shown is None or history[-1].price is not None


@pytest.fixture
def house(app, clock):
    return cast.house(clock.now)


def asked(variant_id):
    rows = select(PriceChange.price, PriceChange.at).where(PriceChange.variant_id == variant_id)
    return [tuple(row) for row in db.session.execute(rows.order_by(PriceChange.id))]


def reduced(product_id, house, clock, *, price, before):
    product = db.session.get_one(Product, product_id, populate_existing=True)
    draft = draft_of(product)
    variant = replace(draft.variants[0], price=price, compare_at=before)
    products.change(
        product_id, replace(draft, variants=(variant,)), actor=house.staff(), now=clock.now
    )


def path_of(product_id):
    product = db.session.get_one(Product, product_id)
    return product_path(product.number, product.slug)


def test_what_it_was_sold_at_is_kept_from_when_to_when(house, clock):
    variant_id = cast.piece(house, clock.now, price=148000)
    product_id, start = cast.product_of(variant_id), clock.now
    clock.advance(days=2)
    reduced(product_id, house, clock, price=128000, before=None)
    reduced(product_id, house, clock, price=128000, before=148000)
    sold = clock.now
    clock.advance(days=1)
    products.withdraw(product_id, ProductState.DRAFT, actor=house.staff(), now=clock.now)
    reduced(product_id, house, clock, price=99000, before=None)

    history = asked(variant_id)

    assert history == [(148000, start), (128000, sold), (None, clock.now)]


def test_a_draft_was_never_sold_at_its_price(house, clock):
    begun = editing.begin(
        editing.Beginning(ProductKind.STOCKED, {"en": "Cap"}, [cast.picture(clock.now)], "k" * 20),
        actor=house.staff(),
        now=clock.now,
    )

    variant_id = db.session.scalars(select(Variant.id).where(Variant.product_id == begun)).one()

    assert asked(variant_id) == []


def test_shop_and_counter_say_the_same_of_a_price_before(app, house, clock, client):
    product_id = cast.product_of(cast.piece(house, clock.now, price=148000))
    clock.advance(days=20)
    reduced(product_id, house, clock, price=128000, before=148000)

    page = client.get(f"{path_of(product_id)}?lang=en").text
    (card,) = cards([product_id], now=clock.now)
    counter = clerk(app, house.merchant_id, "cleo").read(f"/admin/items/{product_id}")

    assert card.was == yuan("1480.00")
    assert '<s class="was">¥1,480</s>' in page
    assert "Lowest price in the 30 days before: ¥1,480" in page
    assert "Shown struck out in the shop." in counter
    assert "What it was sold at" in counter


def test_a_price_that_was_not_asked_is_not_struck_and_the_counter_says_why(
    app, house, clock, client
):
    product_id = cast.product_of(cast.piece(house, clock.now, price=138000))
    clock.advance(days=20)
    reduced(product_id, house, clock, price=128000, before=148000)

    page = client.get(f"{path_of(product_id)}?lang=en").text
    (card,) = cards([product_id], now=clock.now)
    counter = clerk(app, house.merchant_id, "cleo").read(f"/admin/items/{product_id}")

    assert card.was is None
    assert 'class="was"' not in page
    assert "Lowest price" not in page
    assert "¥1,480 is not shown in the shop" in counter
    assert "was ¥1,380" in counter
