"""Members of a collection are the same however the database is made to find them."""

from __future__ import annotations

from sqlalchemy import insert, select

from app.catalog.commands import products
from app.catalog.models import Collection, GatheredProduct
from app.catalog.queries.listing.asking import EVERYTHING, Moment, Scope
from app.catalog.queries.listing.membership import is_small
from app.catalog.queries.listing.paging import Key, window
from app.platform.actor import SYSTEM
from app.platform.db import db
from app.platform.transaction import transaction
from tests.cast import house, piece, product_of
from tests.conftest import MONDAY


def test_a_list_shows_those_put_in_by_hand_and_by_rule_once_each(app, clock):
    owner = house(MONDAY)
    products.save_collection(
        "some", title={"en": "Some"}, description={}, position=0, actor=SYSTEM, now=MONDAY
    )
    by_hand, both = (product_of(piece(owner, MONDAY, collections=("some",))) for _ in range(2))
    by_rule, _outside = (product_of(piece(owner, MONDAY)) for _ in range(2))
    (collection_id,) = db.session.scalars(select(Collection.id)).all()
    with transaction():
        db.session.execute(
            insert(GatheredProduct),
            [{"collection_id": collection_id, "product_id": one} for one in (both, by_rule)],
        )

    after = Key(by_rule, round(MONDAY.timestamp() * 1_000_000))
    large, small = (
        window(
            Scope(collection_id=collection_id, is_small=is_small),
            EVERYTHING,
            "new",
            after,
            alone=False,
            moment=Moment.of(MONDAY),
        )
        for is_small in (False, True)
    )
    told = db.session.execute(select(is_small(2), is_small(1)).select_from(Collection)).one()

    assert large == small
    assert (large.ids, large.seen) == ((by_rule, both, by_hand), 3)
    assert tuple(told) == (True, False)
