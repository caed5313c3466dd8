"""Rows of products for a page that shows several of them, asked for together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, literal, select, union_all

from app.catalog.models import IN_STOCK, Collection, ListedProduct, Product
from app.catalog.queries.listing.asking import Scope
from app.catalog.queries.listing.conditions import within
from app.catalog.queries.listing.counting import current_stamp
from app.catalog.queries.listing.membership import is_small
from app.platform.db import db

_NEW = "new"


@dataclass(frozen=True, slots=True)
class Rows:
    """Product ids: the newest, those of each collection by its slug, and by №; titles by slug.

    `stamp` is that of `counting.current_stamp`, empty when nothing was asked.
    """

    newest: Sequence[int]
    members: Mapping[str, list[int]]
    numbered: Mapping[int, int]
    titles: Mapping[str, Mapping[str, str]]
    stamp: str = ""


def rows(newest: int, collections: Mapping[str, int], numbers: Sequence[int]) -> Rows:
    """So many of what can be bought, newest first; one query, and one each for collections and
    numbers where there are any.
    """
    named = _named(collections)
    parts = [_part(_NEW, Scope(), newest)] if newest else []
    parts += [_part(_of(slug), one.scope, collections[slug]) for slug, one in named.items()]
    asked = select(union_all(*parts).subquery(), current_stamp()) if parts else None
    found = db.session.execute(asked).all() if asked is not None else []
    gathered: dict[str, list[int]] = {}
    for part, product_id, *_rest in sorted(found, key=lambda row: (row[2], row[1]), reverse=True):
        gathered.setdefault(part, []).append(product_id)
    return Rows(
        newest=gathered.get(_NEW, []),
        members={slug: gathered.get(_of(slug), []) for slug in named},
        numbered=_numbered(numbers),
        titles={slug: one.title for slug, one in named.items()},
        stamp=found[0][3] if found else "",
    )


@dataclass(frozen=True, slots=True)
class _Named:
    scope: Scope
    title: Mapping[str, str]


def _named(slugs: Mapping[str, int]) -> dict[str, _Named]:
    if not slugs:
        return {}
    found = select(Collection.slug, Collection.id, is_small(), Collection.title)
    of_these = db.session.execute(found.where(Collection.slug.in_(slugs)))
    return {
        slug: _Named(Scope(collection_id=id_, is_small=small), title)
        for slug, id_, small, title in of_these
    }


def _numbered(numbers: Sequence[int]) -> dict[int, int]:
    if not numbers:
        return {}
    live = select(Product.number, ListedProduct.product_id)
    live = live.join(Product, Product.id == ListedProduct.product_id)
    return dict(db.session.execute(live.where(Product.number.in_(numbers))).all())


def _of(slug: str) -> str:
    return f"c:{slug}"


def _part(name: str, scope: Scope, most: int) -> Select[str, int, datetime]:
    """The newest of a scope that can be bought."""
    newest = (
        select(ListedProduct.product_id, ListedProduct.first_live_at)
        .where(ListedProduct.gone_at == IN_STOCK, *within(scope))
        .order_by(ListedProduct.first_live_at.desc(), ListedProduct.product_id.desc())
        .limit(most)
        .subquery()
    )
    return select(literal(name), newest.c.product_id, newest.c.first_live_at)
