"""How much each value of each facet would show of a collection, however much of the shop it is."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app.catalog.commands import products
from app.catalog.models import Collection
from app.catalog.queries.listing import counting
from app.catalog.queries.listing.asking import EVERYTHING, Asked, Moment, Scope
from app.platform.actor import SYSTEM
from app.platform.db import db
from tests.cast import house, piece, product_of
from tests.conftest import MONDAY

KINDS: tuple[dict[str, Any], ...] = (
    {"era": "1970s", "grade": "A", "colour": "blue", "brand": "Alder", "price": 30000},
    {"era": "1970s", "grade": "B", "colour": "green", "brand": "Brook", "chest": 900},
    {"era": "1960s", "grade": "B", "colour": "green", "brand": "Alder", "price": 120000},
    {"era": "1960s", "grade": "C", "colour": "blue", "brand": "Corrie", "units": 0},
)
ASKED = (
    EVERYTHING,
    Asked(era=("1970s",), colour=("green",)),
    Asked(brand=("Brook",), stock=("in", "sold"), low=20000),
)


SHELVES = {"one": (1,), "most": (0, 1, 2), "every": (0, 1, 2, 3)}


def test_a_collection_is_counted_like_its_products_one_by_one(app, clock):
    owner = house(MONDAY)
    for slug in SHELVES:
        products.save_collection(
            slug, title={"en": slug}, description={}, position=0, actor=SYSTEM, now=MONDAY
        )
    ids = []
    for at, kind in enumerate(KINDS):
        shelves = tuple(slug for slug, inside in SHELVES.items() if at in inside)
        ids.append(product_of(piece(owner, MONDAY, collections=shelves, **kind)))
    collection_ids = dict(db.session.execute(select(Collection.slug, Collection.id)).all())
    moment = Moment.of(MONDAY)

    for slug, inside in SHELVES.items():
        found = counting.counted(Scope(collection_ids[slug]), *ASKED, moment=moment)
        of_these = Scope(ids=tuple(ids[at] for at in inside))
        assert found == counting.counted(of_these, *ASKED, moment=moment), slug
