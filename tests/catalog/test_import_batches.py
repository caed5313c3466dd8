"""Many products of a file in one transaction: as few statements as one takes, and nothing lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import event, func, select

from app.catalog.commands.importing import Verb
from app.catalog.models import Product, StockMovement, Variant
from app.catalog.queries.drafts import draft_of
from app.platform.audit.models import AuditRow
from app.platform.db import db
from app.platform.outbox.models import OutboxFact
from tests import cast
from tests.catalog.goods import bring, file_of, jacket
from tests.catalog.test_own_file_edits import file_of as own_file_of

MORE = 12


@pytest.fixture
def house(app, clock):
    return cast.house(clock.now)


@pytest.fixture
def statements(app):
    """Every statement sent to the database so far."""
    sent = []

    def note(_connection, _cursor, statement, *_rest):
        sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield sent
    event.remove(db.engine, "before_cursor_execute", note)


def rows(many, name="J", **changes):
    return [
        jacket(Handle=f"{name}-{n}", Title=f"{name} {n}", Variant_SKU=f"{name}-{n}", **changes)
        for n in range(many)
    ]


def test_many_new_products_take_as_many_statements_as_two(house, clock, statements):
    work = bring(house.merchant_id, clock.now)

    work.load(file_of(*rows(2, "few")))
    of_few = len(statements)
    report = work.load(file_of(*rows(MORE, "many")))

    assert report.counts == {Verb.CREATE: MORE}
    assert len(statements) <= 2 * of_few


def test_many_changed_products_take_as_many_statements_as_two(house, clock, statements):
    work = bring(house.merchant_id, clock.now)
    work.load(file_of(*rows(MORE)))

    del statements[:]
    work.load(file_of(*rows(2, Variant_Price="99.00", Variant_Inventory_Qty="4")))
    of_few = len(statements)
    report = work.load(file_of(*rows(MORE, Variant_Price="89.00", Variant_Inventory_Qty="5")))

    assert report.counts == {Verb.CHANGE: MORE}
    assert len(statements) <= 2 * of_few


def test_each_product_has_its_own_record_and_all_of_them_one_fact(house, clock):
    bring(house.merchant_id, clock.now).load(file_of(*rows(3)))

    created = set(
        db.session.scalars(select(AuditRow.object_id).where(AuditRow.verb == "product.create"))
    )
    told = db.session.scalars(
        select(OutboxFact.payload).where(OutboxFact.name == "catalog.products_changed.v1")
    ).all()
    moved = db.session.scalars(select(StockMovement.change)).all()
    assert created == set(db.session.scalars(select(Product.id)))
    assert [set(each["product_ids"]) for each in told] == [created]
    assert moved == [1, 1, 1]


def test_two_rows_that_turn_out_to_be_one_product_are_taken_one_after_the_other(house, clock):
    work = bring(house.merchant_id, clock.now)
    work.load(own_file_of({"key": "a", "title:en": "Shirt", "sku": "S-1", "price": "10"}))

    report = work.load(
        own_file_of(
            {"key": "a", "title:en": "Shirt", "sku": "S-2", "price": "20"},
            {"key": "b", "title:en": "Shirt", "sku": "S-1", "price": "30"},
        )
    )

    assert report.counts == {Verb.CHANGE: 2}
    shirt = db.session.scalars(select(Product)).one()
    prices = {variant.sku: variant.price for variant in draft_of(shirt).variants}
    assert prices == {"S-1": 3000, "S-2": 2000}


def test_one_that_is_refused_leaves_the_others_of_its_batch_whole(house, clock):
    """What is on sale cannot lose its price."""
    cast.piece(house, clock.now)
    sku = db.session.scalars(select(Variant.sku)).one()
    good = [
        {"key": f"k{n}", "title:en": f"K {n}", "sku": f"K-{n}", "price": "10"} for n in range(5)
    ]
    bad = {"key": "", "title:en": "Coat", "sku": sku, "price": "0"}

    report = bring(house.merchant_id, clock.now).load(own_file_of(*good[:3], bad, *good[3:]))

    assert report.counts == {Verb.CREATE: 5, Verb.REFUSED: 1}
    assert [error.row for error in report.errors] == [5]


@pytest.mark.parametrize("at_once", [1, 2, 100])
def test_numbers_are_dealt_alike_however_many_go_together(house, clock, at_once):
    wished = ["7", "", "7", "3"]
    shop_file = own_file_of(
        *(
            {"key": f"k{n}", "no": number, "title:en": f"K {n}", "sku": f"K-{n}", "price": "10"}
            for n, number in enumerate(wished)
        )
    )

    replace(bring(house.merchant_id, clock.now), at_once=at_once).load(shop_file)

    numbers = dict(db.session.execute(select(Product.source_key, Product.number)).all())
    assert (numbers["k0"], numbers["k3"]) == (7, 3)
    assert sorted(numbers.values()) == [3, 7, 8, 9]
    assert db.session.scalar(select(func.count()).select_from(Product)) == len(wished)
