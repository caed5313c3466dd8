"""Collections by rule hold at every commit what meets the rule, and what was put in by hand."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.catalog.collecting import Rule
from app.catalog.commands import collections, gathering, products, stock
from app.catalog.commands.collections import Words
from app.catalog.models import GatheredProduct, MovementReason, Product, ProductState
from app.marketing.queries import collections_of
from app.platform.actor import SYSTEM
from app.platform.db import db
from app.platform.errors import Forbidden, Invalid
from tests.cast import house, piece, product_of
from tests.conftest import MONDAY

SEVENTIES = Rule(era=("1970s",))


@pytest.fixture
def owner(app, clock):
    owner = house(MONDAY)
    collections.create(Words({"en": "Ruled"}, {}), "ruled", actor=SYSTEM, now=MONDAY)
    return owner


def rule(asked, now=MONDAY):
    collections.set_rule("ruled", asked, actor=SYSTEM, now=now)


def gathered():
    return set(db.session.scalars(select(GatheredProduct.product_id)))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (SEVENTIES, {1, 2}),
        (Rule(era=("1970s",), grade=("A",)), {1}),
        (Rule(era=("1960s",), grade=("A",), any_of=True), {1, 3}),
        (Rule(brand=("Alder", "Brook")), {2}),
        (Rule(garment=("top",), low=90_000), {3}),
        (Rule(low=20_000, high=30_000), {1}),
        (Rule(in_stock=True), {1, 2}),
        (Rule(new_days=3), {1, 2, 3}),
        (Rule(tag=("undyed",)), set()),
    ],
)
def test_a_rule_gathers_what_is_there_and_what_comes(owner, asked, found):
    piece(owner, MONDAY, grade="A", price=30_000)
    piece(owner, MONDAY, brand="Alder", price=80_000)
    rule(asked)
    piece(owner, MONDAY, era="1960s", price=90_000, units=0)

    assert gathered() == found


def test_what_no_longer_meets_the_rule_leaves(owner):
    rule(Rule(in_stock=True))
    sold, hidden = piece(owner, MONDAY), piece(owner, MONDAY)
    assert gathered() == {1, 2}

    stock.count(sold, owner.store_id, 0, reason=MovementReason.LOST, actor=SYSTEM, now=MONDAY)
    products.withdraw(product_of(hidden), ProductState.ARCHIVED, actor=SYSTEM, now=MONDAY)

    assert gathered() == set()


def test_time_alone_takes_what_is_no_longer_new(owner, clock):
    rule(Rule(new_days=3))
    piece(owner, MONDAY)
    clock.advance(days=2)
    gathering.refresh()
    assert gathered() == {1}

    clock.advance(days=1, minutes=1)
    gathering.refresh()

    assert gathered() == set()


def test_promotions_and_pages_know_what_a_rule_gathered(owner, client):
    rule(SEVENTIES)
    product_id = product_of(piece(owner, MONDAY))

    assert collections_of([product_id]) == {product_id: frozenset({1})}
    number = db.session.get_one(Product, product_id).number
    path = client.get(f"/i/{number}").location
    assert "/c/ruled" in client.get(path).text


def test_what_is_put_in_by_hand_stands_first_and_stays_without_the_rule(owner, client):
    numbers = [
        db.session.get_one(
            Product, product_of(piece(owner, MONDAY + timedelta(minutes=at), era=era))
        ).number
        for at, era in enumerate(("1960s", "1970s", "1970s"))
    ]
    rule(SEVENTIES)
    collections.add("ruled", numbers[0], actor=SYSTEM, now=MONDAY)
    collections.add("ruled", numbers[1], actor=SYSTEM, now=MONDAY)

    text = client.get("/c/ruled").text
    assert [text.index(f"/i/{one:04d}-") for one in (2, 1, 3)] == sorted(
        text.index(f"/i/{one:04d}-") for one in (1, 2, 3)
    )
    narrowed = client.get("/c/ruled?era=1970s").text
    assert narrowed.index("/i/0003-") < narrowed.index("/i/0002-")

    rule(None)
    assert "/i/0003-" not in client.get("/c/ruled").text


def test_a_rule_is_the_houses_and_asks_something(owner):
    neighbour = house(MONDAY, "neighbour", is_house=False)

    with pytest.raises(Forbidden):
        collections.set_rule("ruled", SEVENTIES, actor=neighbour.staff(), now=MONDAY)
    with pytest.raises(Invalid):
        rule(Rule(any_of=True))
