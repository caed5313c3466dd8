"""Collections as the counter shows them, listed or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, union

from app.catalog.collecting import Rule
from app.catalog.models import Collection, CollectionProduct, GatheredProduct, Product
from app.catalog.queries.memberships import memberships
from app.catalog.queries.pages import COLLECTION, collection_path
from app.platform.actor import Actor
from app.platform.addresses.queries import moved
from app.platform.db import db
from app.platform.i18n import pick
from app.platform.rbac import found, visible


@dataclass(frozen=True, slots=True)
class CollectionRow:
    """`members` are products of every merchant, `own` those of the reader's."""

    id: int
    slug: str
    titles: Mapping[str, str]
    descriptions: Mapping[str, str]
    listed: bool
    leading: tuple[str, ...] = ()
    rule: Rule | None = None
    members: int = 0
    own: int = 0

    @property
    def title(self) -> str:
        return pick(self.titles)


def all_collections() -> list[CollectionRow]:
    """Every collection, in the order of the shop."""
    statement = select(Collection).order_by(Collection.position, Collection.id)
    return [_row(each) for each in db.session.scalars(statement)]


def ids_by_slug() -> dict[str, int]:
    """Every collection by its slug, and by those it had before and nobody has now."""
    before = {
        path.removeprefix(collection_path("")): id_ for path, id_ in moved(COLLECTION).items()
    }
    now = db.session.execute(select(Collection.slug, Collection.id))
    return before | dict(now.all())


def counted_collections(actor: Actor) -> list[CollectionRow]:
    """Every collection with how many products are in it."""
    everybodys = dict(_counted())
    own = dict(_counted(actor))
    statement = select(Collection).order_by(Collection.position, Collection.id)
    return [
        _row(each, members=everybodys.get(each.id, 0), own=own.get(each.id, 0))
        for each in db.session.scalars(statement)
    ]


def collection(slug: str) -> CollectionRow:
    """One collection; raises NotFound."""
    row: Collection | None = db.session.scalar(select(Collection).where(Collection.slug == slug))
    return _row(found(row))


def members(collection_id: int, actor: Actor) -> Sequence[int]:
    """The reader's own products in a collection, newest № first."""
    statement = (
        select(Product.id)
        .join(CollectionProduct, CollectionProduct.product_id == Product.id)
        .where(CollectionProduct.collection_id == collection_id, visible(actor, Product))
        .order_by(Product.number.desc())
    )
    return db.session.scalars(statement).all()


def _counted(actor: Actor | None = None) -> Sequence[tuple[int, int]]:
    every = union(
        select(CollectionProduct.collection_id, CollectionProduct.product_id),
        select(GatheredProduct.collection_id, GatheredProduct.product_id),
    ).subquery()
    statement = select(every.c.collection_id, func.count()).group_by(every.c.collection_id)
    if actor is not None:
        statement = statement.join(Product, Product.id == every.c.product_id).where(
            visible(actor, Product)
        )
    return [(int(id_), int(number)) for id_, number in db.session.execute(statement)]


def _row(each: Collection, *, members: int = 0, own: int = 0) -> CollectionRow:
    return CollectionRow(
        id=each.id,
        slug=each.slug,
        titles=each.title,
        descriptions=each.description,
        listed=each.listed,
        leading=tuple(each.leading),
        rule=Rule.read(each.rule),
        members=members,
        own=own,
    )


def holding_most(product_ids: Sequence[int], *, at_least: int) -> tuple[str, str] | None:
    """Slug and title of the listed collection that has most of these products."""
    members, membership = func.count(), memberships(product_ids)
    best = (
        select(Collection.id)
        .join(membership, membership.c.collection_id == Collection.id)
        .where(Collection.listed)
        .group_by(Collection.id, Collection.position)
        .having(members >= at_least)
        .order_by(members.desc(), Collection.position)
        .limit(1)
    )
    collection = db.session.scalar(
        select(Collection).where(Collection.id == best.scalar_subquery())
    )
    return (collection.slug, pick(collection.title)) if collection else None


def members_among(product_ids: Sequence[int], slug: str) -> list[int]:
    """Those that are in the collection, in the order given."""
    membership = memberships(product_ids)
    statement = (
        select(membership.c.product_id)
        .join(Collection, Collection.id == membership.c.collection_id)
        .where(Collection.slug == slug)
    )
    inside = set(db.session.scalars(statement))
    return [product_id for product_id in product_ids if product_id in inside]
