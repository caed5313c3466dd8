"""How many products each value of each facet would show: one query, whatever is asked.

The counts of a facet leave its own choice aside, so that its other values say what they would add.
A search is counted out of what it has found, a small collection out of its own products. One that
holds most of the shop is the whole shop, which indexes count, less what is not in it.

What was counted is kept in the process until something that is listed changes (ListingStamp); of
many thousands, where counting takes a while and one more or less tells nobody anything, a few
seconds longer.
"""

from __future__ import annotations

import time
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from threading import Lock
from typing import Final

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    String,
    case,
    cast,
    func,
    literal,
    not_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from app.catalog.models import ListedMaterial, ListedProduct, ListingStamp
from app.catalog.queries.listing.asking import FACETS, STOCK, Asked, Moment, Scope
from app.catalog.queries.listing.conditions import (
    Condition,
    Listed,
    column_of,
    conditions,
    stock_condition,
)
from app.catalog.queries.listing.membership import is_member, members
from app.platform import clock
from app.platform.configuration import settings
from app.platform.content.reading import holds_until
from app.platform.db import db
from app.platform.money import unit_of

PRICE_EDGES: Final = (100, 200, 300, 400, 600, 800, 1000, 1500, 2000, 3000, 5000)
"""Where the columns of the picture of prices end, in major units; the last one is open."""
MOST_BRANDS: Final = 40
MANY: Final = 5_000
FRESH_FOR: Final = 10.0
"""Seconds that counts of more than so many products may be old."""
_MOST_KEPT: Final = 256


@dataclass(frozen=True, slots=True)
class Counts:
    """`total` meets all that is asked; `facets` are numbers by value; `prices` by column."""

    total: int = 0
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict, hash=False)
    prices: tuple[int, ...] = (0,) * (len(PRICE_EDGES) + 1)

    def of(self, facet: str) -> Mapping[str, int]:
        return self.facets.get(facet, {})


@dataclass(frozen=True, slots=True)
class _Kept:
    counts: Counts
    stamp: str
    since: float
    is_most: bool

    @property
    def fresh_for(self) -> float:
        """Seconds that they still count for whatever happens."""
        return max(self.since + FRESH_FOR - time.monotonic(), 0) if self.counts.total > MANY else 0

    def holds(self, stamp: str) -> bool:
        return stamp == self.stamp or self.fresh_for > 0


_kept: OrderedDict[tuple[object, ...], _Kept] = OrderedDict()
_lock = Lock()


_STAMP: Final = select(func.aggregate_strings(ListingStamp.stamp, ",")).scalar_subquery()


def current_stamp() -> ScalarSelect[str]:
    """What is listed at this moment, in one word: for a query that has to ask something anyway."""
    return _STAMP


def counted(
    scope: Scope, *askings: Asked, moment: Moment, stamp: str | None = None
) -> list[Counts]:
    """The counts of each asking; a query to see whether those at hand still hold, unless the stamp
    is known, and one for each that does not.
    """
    is_most = None
    if stamp is None:
        is_new = any(_recalled(scope, asked, moment) is None for asked in askings)
        stamp, is_most = _surveyed(scope.collection_id if is_new else None)
    return [_at_hand(scope, asked, moment, stamp, is_most=is_most) for asked in askings]


def _surveyed(collection_id: int | None) -> tuple[str, bool | None]:
    """The stamp, and whether the collection holds most of what is listed; a new one is asked."""
    if collection_id is None:
        return db.session.scalar(select(_STAMP)) or "", None
    inside = select(func.count()).select_from(members(collection_id).subquery())
    listed = select(func.count()).select_from(ListedProduct)
    told = db.session.execute(select(_STAMP, inside.scalar_subquery(), listed.scalar_subquery()))
    stamp, many, of_all = told.one()
    return stamp or "", many * 2 > of_all


def _recalled(scope: Scope, asked: Asked, moment: Moment) -> _Kept | None:
    """What was counted of it before; nobody's measurements are kept."""
    with _lock:
        return None if asked.body else _kept.get(_key(scope, asked, moment))


def _key(scope: Scope, asked: Asked, moment: Moment) -> tuple[object, ...]:
    return (str(db.engine.url), scope, asked, moment)


def _at_hand(
    scope: Scope, asked: Asked, moment: Moment, stamp: str, *, is_most: bool | None
) -> Counts:
    kept = _recalled(scope, asked, moment)
    if is_most is None:
        is_most = kept.is_most if kept else False
    if asked.body is not None:
        return _count(_sides(scope, is_most=is_most), asked, moment)
    if kept is None or not kept.holds(stamp):
        counts = _count(_sides(scope, is_most=is_most), asked, moment)
        kept, key = _Kept(counts, stamp, time.monotonic(), is_most), _key(scope, asked, moment)
        with _lock:
            _kept[key] = kept
            _kept.move_to_end(key)
            while len(_kept) > _MOST_KEPT:
                _kept.popitem(last=False)
    if kept.stamp != stamp:
        now = clock.now()
        holds_until(now + timedelta(seconds=max(kept.fresh_for, 0.001)), now=now)
    return kept.counts


@dataclass(frozen=True, slots=True)
class _Side:
    """Listed products that are counted; with a `sign` of -1 they are taken off again."""

    of: Listed
    scope: Scope
    sign: int = 1

    def where(self, asked: Asked, moment: Moment, sparing: str = "") -> list[Condition]:
        return conditions(self.scope, asked, moment, sparing=sparing, of=self.of)

    @property
    def number(self) -> ColumnElement[int]:
        return func.count() * self.sign


def _sides(scope: Scope, *, is_most: bool) -> list[_Side]:
    """Asking of each product, once for each facet, whether it is in the collection would cost as
    much for ten of a hundred thousand as for all of them; and a thousand that a search has found
    are named once.
    """
    if scope.ids is not None:
        found = _those("found", ListedProduct.product_id.in_(scope.ids))
        return [_Side(found, replace(scope, ids=None))]
    if scope.collection_id is None:
        return [_Side(ListedProduct, scope)]
    anywhere = replace(scope, collection_id=None)
    if not is_most:
        inside = ListedProduct.product_id.in_(members(scope.collection_id))
        return [_Side(_those("inside", inside), anywhere)]
    is_inside = is_member(ListedProduct, scope.collection_id, is_small=False, to_the_end=True)
    return [
        _Side(ListedProduct, anywhere),
        _Side(_those("outside", not_(is_inside)), anywhere, sign=-1),
    ]


def _those(name: str, condition: Condition) -> Listed:
    """Looked up once, however many facets are counted out of them."""
    return aliased(ListedProduct, select(ListedProduct).where(condition).cte(name))


def _count(sides: Sequence[_Side], asked: Asked, moment: Moment) -> Counts:
    parts = [_of_brands(sides, asked, moment)]
    for side in sides:
        parts += [_of_facet(facet, side, asked, moment) for facet in FACETS if facet != "brand"]
        parts += [_of_stock(name, side, asked, moment) for name in STOCK]
        parts += [_of_prices(side, asked, moment), _total(side, asked, moment)]
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for facet, value, number in db.session.execute(union_all(*parts)):
        found[facet][value] += int(number)
    total, columns = found.pop("total", Counter()), found.pop("price", Counter())
    return Counts(
        total=total[""],
        facets={facet: dict(+counter) for facet, counter in found.items()},
        prices=tuple(columns[str(place)] for place in range(len(PRICE_EDGES) + 1)),
    )


def _of_facet(facet: str, side: _Side, asked: Asked, moment: Moment) -> Select[str, str, int]:
    where = side.where(asked, moment, facet)
    if facet == "material":
        return (
            select(literal(facet), ListedMaterial.material, side.number)
            .join(side.of, side.of.product_id == ListedMaterial.product_id)
            .where(*where)
            .group_by(ListedMaterial.material)
        )
    column = column_of(facet, side.of)
    counts = select(literal(facet), column, side.number)
    return counts.where(*where, column != "").group_by(column)


def _of_brands(sides: Sequence[_Side], asked: Asked, moment: Moment) -> Select[str, str, int]:
    """A shop has any number of brands: the chosen ones, and those there are most of."""
    each = union_all(*(_each_brand(side, asked, moment) for side in sides)).subquery()
    number = func.sum(each.c.number)
    is_chosen = case((each.c.brand.in_(asked.brand), 0), else_=1)
    most = select(literal("brand"), each.c.brand, number).group_by(each.c.brand).having(number > 0)
    most = most.order_by(is_chosen, number.desc(), each.c.brand).limit(MOST_BRANDS)
    return select(most.subquery())


def _each_brand(side: _Side, asked: Asked, moment: Moment) -> Select[str, int]:
    brand = side.of.brand
    counts = select(brand.label("brand"), side.number.label("number"))
    return counts.where(*side.where(asked, moment, "brand"), brand != "").group_by(brand)


def _of_stock(name: str, side: _Side, asked: Asked, moment: Moment) -> Select[str, str, int]:
    return (
        select(literal("stock"), literal(name), side.number)
        .select_from(side.of)
        .where(*side.where(asked, moment, "stock"), stock_condition(name, side.scope, side.of))
    )


def _of_prices(side: _Side, asked: Asked, moment: Moment) -> Select[str, str, int]:
    unit = unit_of(settings().currency)
    columns = ((side.of.price < edge * unit, at) for at, edge in enumerate(PRICE_EDGES))
    place = cast(case(*columns, else_=len(PRICE_EDGES)), String).label("place")
    where = side.where(asked, moment, "price")
    return select(literal("price"), place, side.number).where(*where).group_by(place)


def _total(side: _Side, asked: Asked, moment: Moment) -> Select[str, str, int]:
    return (
        select(literal("total"), literal(""), side.number)
        .select_from(side.of)
        .where(*side.where(asked, moment))
    )
