"""What a collection's rule gathers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, and_, exists, func, or_, select

from app.catalog.collecting import Rule
from app.catalog.models import (
    IN_STOCK,
    Collection,
    CollectionProduct,
    GatheredProduct,
    ListedProduct,
    ProductTag,
)
from app.catalog.queries.listing.conditions import Condition, column_of
from app.platform.db import db

BY_VALUE = ("garment", "era", "grade", "brand")


def matching(rule: Rule, now: datetime) -> Select[int]:
    """The ids of all listed products that the rule gathers at this moment."""
    joined = or_ if rule.any_of else and_
    return select(ListedProduct.product_id).where(joined(*_conditions(rule, now)))


def preview(rule: Rule, limit: int, *, now: datetime) -> tuple[int, Sequence[int]]:
    """How many products the rule would gather, and the newest of them."""
    found = matching(rule, now)
    count = db.session.scalar(select(func.count()).select_from(found.subquery())) or 0
    newest = found.order_by(ListedProduct.gone_at.desc(), ListedProduct.first_live_at.desc())
    return count, db.session.scalars(newest.limit(limit)).all()


def gathered_count(collection_id: int) -> int:
    """How many products are in a collection by its rule."""
    statement = select(func.count()).where(GatheredProduct.collection_id == collection_id)
    return db.session.scalar(statement) or 0


def ruled() -> Sequence[tuple[int, Rule]]:
    """Collections with a rule, by id."""
    rows = db.session.execute(select(Collection.id, Collection.rule).order_by(Collection.id))
    rules = ((id_, Rule.read(stored)) for id_, stored in rows)
    return [(id_, rule) for id_, rule in rules if rule is not None]


def pinned(collection_id: int, most: int) -> Sequence[int]:
    """What was put into a collection by hand, as it was ordered, the newest first."""
    statement = select(CollectionProduct.product_id).where(
        CollectionProduct.collection_id == collection_id
    )
    ordered = statement.order_by(
        CollectionProduct.position, CollectionProduct.product_id.desc()
    ).limit(most)
    return db.session.scalars(ordered).all()


def _conditions(rule: Rule, now: datetime) -> list[Condition]:
    found: list[Condition] = [
        column_of(name).in_(getattr(rule, name)) for name in BY_VALUE if getattr(rule, name)
    ]
    if rule.tag:
        found.append(
            exists().where(
                ProductTag.product_id == ListedProduct.product_id, ProductTag.tag.in_(rule.tag)
            )
        )
    if rule.low is not None or rule.high is not None:
        low = ListedProduct.price >= (rule.low or 0)
        found.append(and_(low, ListedProduct.price <= rule.high) if rule.high is not None else low)
    if rule.in_stock:
        found.append(ListedProduct.gone_at == IN_STOCK)
    if rule.new_days is not None:
        found.append(ListedProduct.first_live_at > now - timedelta(days=rule.new_days))
    return found
