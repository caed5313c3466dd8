"""What lists know of a product is what is so, at every commit."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from functools import partial
from threading import Barrier, BrokenBarrierError

import pytest
from sqlalchemy import delete, select, update

from app.catalog.commands import products, relisting, stock
from app.catalog.drafts import ImageDraft, ProductDraft, VariantDraft
from app.catalog.models import (
    IN_STOCK,
    ListedMaterial,
    ListedProduct,
    ListingStamp,
    MovementReason,
    Product,
    ProductState,
    Variant,
)
from app.platform.actor import SYSTEM
from app.platform.db import db
from app.platform.transaction import transaction
from tests.cast import house, picture, piece, product_of
from tests.conftest import MONDAY
from tests.platform.together import together

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


def sizes_of_a_jersey(owner, serial):
    """A product of two sizes with one unit of each; returns its id and its variants."""
    draft = ProductDraft(
        title={"en": f"Jersey {serial}"},
        story={},
        garment="top",
        images=(ImageDraft(picture(MONDAY), {}),),
        option_names=({"en": "Size"},),
        variants=tuple(
            VariantDraft(f"J-{serial}-{size}", 9900, options=({"en": size},)) for size in "SM"
        ),
    )
    product_id = products.create(draft, merchant_id=owner.merchant_id, actor=SYSTEM, now=MONDAY)
    products.publish_product(product_id, actor=SYSTEM, now=MONDAY)
    statement = select(Variant.id).where(Variant.product_id == product_id).order_by(Variant.id)
    variants = db.session.scalars(statement).all()
    for variant_id in variants:
        on_hand(owner, variant_id, 1)
    return product_id, variants


def on_hand(owner, variant_id, units):
    stock.count(
        variant_id, owner.store_id, units, reason=MovementReason.CORRECTED, actor=SYSTEM, now=MONDAY
    )


def test_of_two_last_units_gone_at_once_the_second_sees_the_first(app, owner):
    jerseys = [sizes_of_a_jersey(owner, serial) for serial in range(4)]
    db.session.rollback()

    for _product_id, variants in jerseys:
        together(app, [partial(on_hand, owner, variant_id, 0) for variant_id in variants])

    statement = select(ListedProduct.product_id).where(ListedProduct.gone_at == IN_STOCK)
    assert db.session.scalars(statement).all() == []


def test_who_publishes_and_who_counts_the_first_unit_see_each_other(app, owner, monkeypatch):
    variant_id = piece(owner, MONDAY, units=0)
    product_id = product_of(variant_id)
    products.withdraw(product_id, ProductState.DRAFT, actor=SYSTEM, now=MONDAY)
    db.session.rollback()
    both, worked_out = Barrier(2), relisting._worked_out

    def slowly(ids):
        found = worked_out(ids)
        with suppress(BrokenBarrierError):
            both.wait(timeout=1)  # for the other, if it gets as far
        return found

    monkeypatch.setattr(relisting, "_worked_out", slowly)
    publish = partial(products.publish_product, product_id, actor=SYSTEM, now=LATER)
    together(app, [publish, partial(on_hand, owner, variant_id, 1)])

    assert listed(variant_id).gone_at == IN_STOCK
