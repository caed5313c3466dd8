"""How many products each value of each facet would show: one query, whatever is asked.

The counts of a facet leave its own choice aside, so that its other values say what they would add.
What was counted is kept in the process until something that is listed changes (ListingStamp); of
many thousands, where counting takes a while and one more or less tells nobody anything, a few
seconds longer.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Lock
from typing import Final

from sqlalchemy import ScalarSelect, Select, String, case, cast, func, literal, select, union_all

from app.catalog.models import ListedMaterial, ListedProduct, ListingStamp
from app.catalog.queries.listing.asking import FACETS, STOCK, Asked, Moment, Scope
from app.catalog.queries.listing.conditions import column_of, conditions, stock_condition
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

    @property
    def fresh_for(self) -> float:
        """Seconds that they still count for whatever happens."""
        return max(self.since + FRESH_FOR - time.monotonic(), 0) if self.counts.total > MANY else 0

    def holds(self, stamp: str) -> bool:
        return stamp == self.stamp or self.fresh_for > 0


_kept: OrderedDict[tuple[object, ...], _Kept] = OrderedDict()
_lock = Lock()


_STAMP: Final = select(func.aggregate_strings(ListingStamp.stamp, ",")).scalar_subquery()
_ASK_FOR_STAMP: Final = select(_STAMP)


def current_stamp() -> ScalarSelect[str]:
    """What is listed at this moment, in one word: for a query that has to ask something anyway."""
    return _STAMP


def counted(
    scope: Scope, *askings: Asked, moment: Moment, stamp: str | None = None
) -> list[Counts]:
    """The counts of each asking; a query to see whether those at hand still hold, unless the stamp
    is known, and one for each that does not.
    """
    stamp = stamp or db.session.scalar(_ASK_FOR_STAMP) or ""
    return [_at_hand(scope, asked, moment, stamp) for asked in askings]


def _at_hand(scope: Scope, asked: Asked, moment: Moment, stamp: str) -> Counts:
    if asked.body is not None:  # nobody's measurements are kept
        return _count(scope, asked, moment)
    key = (str(db.engine.url), scope, asked, moment)
    with _lock:
        kept = _kept.get(key)
    if kept is None or not kept.holds(stamp):
        kept = _Kept(_count(scope, asked, moment), stamp, time.monotonic())
        with _lock:
            _kept[key] = kept
            _kept.move_to_end(key)
            while len(_kept) > _MOST_KEPT:
                _kept.popitem(last=False)
    if kept.stamp != stamp:
        now = clock.now()
        holds_until(now + timedelta(seconds=max(kept.fresh_for, 0.001)), now=now)
    return kept.counts


def _count(scope: Scope, asked: Asked, moment: Moment) -> Counts:
    parts = [_of_facet(facet, scope, asked, moment) for facet in FACETS]
    parts += [_of_stock(name, scope, asked, moment) for name in STOCK]
    parts += [_of_prices(scope, asked, moment), _total(scope, asked, moment)]
    facets: dict[str, dict[str, int]] = {}
    for facet, value, number in db.session.execute(union_all(*parts)):
        facets.setdefault(facet, {})[value] = int(number)
    columns = facets.pop("price", {})
    return Counts(
        total=facets.pop("total", {}).get("", 0),
        facets=facets,
        prices=tuple(columns.get(str(place), 0) for place in range(len(PRICE_EDGES) + 1)),
    )


def _of_facet(facet: str, scope: Scope, asked: Asked, moment: Moment) -> Select[str, str, int]:
    where = conditions(scope, asked, moment, sparing=facet)
    if facet == "material":
        return (
            select(literal(facet), ListedMaterial.material, func.count())
            .join(ListedProduct, ListedProduct.product_id == ListedMaterial.product_id)
            .where(*where)
            .group_by(ListedMaterial.material)
        )
    column = column_of(facet)
    counts = select(literal(facet).label("facet"), column.label("value"), func.count().label("n"))
    counts = counts.where(*where, column != "").group_by(column)
    if facet != "brand":
        return counts
    # A shop has any number of brands: the chosen ones, and those there are most of.
    is_chosen = case((column.in_(asked.brand), 0), else_=1)
    most = counts.order_by(is_chosen, func.count().desc(), column).limit(MOST_BRANDS).subquery()
    return select(most)


def _of_stock(name: str, scope: Scope, asked: Asked, moment: Moment) -> Select[str, str, int]:
    where = conditions(scope, asked, moment, sparing="stock")
    return (
        select(literal("stock"), literal(name), func.count())
        .select_from(ListedProduct)
        .where(*where, stock_condition(name, scope))
    )


def _of_prices(scope: Scope, asked: Asked, moment: Moment) -> Select[str, str, int]:
    unit = unit_of(settings().currency)
    columns = ((ListedProduct.price < edge * unit, at) for at, edge in enumerate(PRICE_EDGES))
    place = cast(case(*columns, else_=len(PRICE_EDGES)), String).label("place")
    where = conditions(scope, asked, moment, sparing="price")
    return select(literal("price"), place, func.count()).where(*where).group_by(place)


def _total(scope: Scope, asked: Asked, moment: Moment) -> Select[str, str, int]:
    return (
        select(literal("total"), literal(""), func.count())
        .select_from(ListedProduct)
        .where(*conditions(scope, asked, moment))
    )
