"""Which products are in a collection, put so that no more of it is read than is needed."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from sqlalchemy import ColumnElement, Select, and_, literal, not_, or_, select, union_all

from app.catalog.models import Collection, CollectionProduct, GatheredProduct, ListedProduct

SMALL: Final = 1_000
"""In a collection of more, a page of members is sooner come across than all are looked up."""

_WAYS_IN: Final = (CollectionProduct, GatheredProduct)
"""By hand and by rule."""


@lru_cache(maxsize=64)
def members(collection_id: int) -> Select[int]:
    """The ids of a collection's products, of some twice.

    It is kept, because putting it together takes 0.2 ms.
    """
    ways = (select(way.product_id).where(way.collection_id == collection_id) for way in _WAYS_IN)
    either = union_all(*ways).subquery()
    return select(either.c.product_id)


def is_member(
    of: type[ListedProduct], collection_id: int, *, is_small: bool, to_the_end: bool
) -> ColumnElement[bool]:
    """Whether a product is in it. `to_the_end` says that all products are gone through, not only
    until a page is full.
    """
    if is_small:
        return of.product_id.in_(members(collection_id))
    if to_the_end:
        # PostgreSQL reads all members first, and then has an answer for each product at hand.
        return or_(*(_is_in(way, of, collection_id).exists() for way in _WAYS_IN))
    # One union is asked of each product in turn; two conditions would be read as above.
    return union_all(*(_is_in(way, of, collection_id) for way in _WAYS_IN)).exists()


def is_small(most: int = SMALL) -> ColumnElement[bool]:
    """Whether the Collection of a statement has few members; no more than so many are read."""
    further = (
        select(way.product_id).where(way.collection_id == Collection.id).limit(1).offset(most)
        for way in _WAYS_IN
    )
    return and_(*(not_(more.exists()) for more in further))


def _is_in(
    way: type[CollectionProduct | GatheredProduct], of: type[ListedProduct], collection_id: int
) -> Select[int]:
    return select(literal(1)).where(
        way.product_id == of.product_id, way.collection_id == collection_id
    )
