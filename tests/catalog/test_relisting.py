"""What lists know of a product is what is so, at every commit."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update

from app.catalog.commands import products, relisting, stock
from app.catalog.models import (
    IN_STOCK,
    ListedMaterial,
    ListedProduct,
    ListingStamp,
    MovementReason,
    Product,
    ProductState,
)
from app.platform.actor import SYSTEM
from app.platform.db import db
from app.platform.transaction import transaction
from tests.cast import house, piece, product_of
from tests.conftest import MONDAY

LATER = MONDAY + timedelta(hours=1)


@pytest.fixture
def owner(app, clock):
    return house(MONDAY)


def listed(variant_id):
    statement = select(ListedProduct).where(ListedProduct.product_id == product_of(variant_id))
    return db.session.scalar(statement.execution_options(populate_existing=True))


def stamps():
    return set(db.session.scalars(select(ListingStamp.stamp)))


def test_a_piece_is_listed_with_its_facts_once_it_is_live(owner):
    row = listed(piece(owner, MONDAY))

    assert (row.gone_at, row.price, row.first_live_at) == (IN_STOCK, 128000, MONDAY)
    assert (row.era, row.grade, row.size, row.brand) == ("1970s", "B", "chest-104-112", "Testmade")


def test_what_was_sold_is_gone_since_then_and_back_when_it_comes_back(owner):
    variant_id = piece(owner, MONDAY)
    before = stamps()
    stock.reserve("ada", [stock.Wanted(variant_id, 1)], until=LATER, now=MONDAY)
    assert listed(variant_id).gone_at == IN_STOCK
    assert stamps() == before

    stock.sell("ada", reference="o", now=LATER)
    assert listed(variant_id).gone_at == LATER
    assert stamps() != before
    stock.put_back(variant_id, owner.store_id, 1, reference="o", actor=SYSTEM, now=LATER)

    assert listed(variant_id).gone_at == IN_STOCK


def test_the_second_last_unit_changes_nothing_that_was_counted(owner):
    variant_id = piece(owner, MONDAY, units=2)
    before = stamps()

    stock.count(variant_id, owner.store_id, 1, reason=MovementReason.LOST, actor=SYSTEM, now=LATER)

    assert stamps() == before


def test_what_is_withdrawn_is_listed_no_longer(owner):
    variant_id = piece(owner, MONDAY)

    products.withdraw(product_of(variant_id), ProductState.DRAFT, actor=SYSTEM, now=LATER)

    assert listed(variant_id) is None


def test_what_is_missing_or_too_much_is_mended_once(owner):
    kept, hidden = piece(owner, MONDAY), piece(owner, MONDAY)
    with transaction():
        db.session.execute(delete(ListedMaterial))
        db.session.execute(
            delete(ListedProduct).where(ListedProduct.product_id == product_of(kept))
        )
        db.session.execute(
            update(Product).where(Product.id == product_of(hidden)).values(state="draft")
        )

    assert (relisting.mend(), relisting.mend()) == (2, 0)
    assert listed(kept).gone_at == IN_STOCK
    assert listed(hidden) is None
