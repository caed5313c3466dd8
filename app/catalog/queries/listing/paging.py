"""A list a page at a time, each beginning after the last product of the one before it.

Nothing is counted off: the thousandth page costs what the second does, and what is sold or added
meanwhile neither repeats a piece nor passes one over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Self

from sqlalchemy import ColumnElement, Row, and_, func, literal, or_, select, tuple_

from app.catalog.models import IN_STOCK, ListedProduct
from app.catalog.queries.cards import PAGE_SIZE
from app.catalog.queries.listing.asking import EVERYTHING, Asked, Moment, Scope
from app.catalog.queries.listing.conditions import Condition, conditions
from app.platform import numbers
from app.platform.db import db, read_rows

MOST_BEFORE: Final = 4 * PAGE_SIZE
"""What is shown again before the page asked for, so that coming back finds the same place."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_MOST_PARTS: Final = 3


@dataclass(frozen=True, slots=True)
class Key:
    """Where a product stands in an order: by when it went, a value, and its id."""

    product_id: int
    value: int = 0
    gone: int | None = None

    def __str__(self) -> str:
        parts = (self.product_id, self.value, self.gone)
        return ".".join(str(part) for part in parts if part is not None)

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """What `str` made of one; None for anything else."""
        parts = [numbers.whole(part) for part in text.split(".")]
        if len(parts) > _MOST_PARTS or any(part is None for part in parts):
            return None
        return cls(*(part for part in parts if part is not None))


@dataclass(frozen=True, slots=True)
class Window:
    """Products shown; how many of all are seen at its end; where more, and earlier ones, begin."""

    ids: tuple[int, ...] = ()
    seen: int = 0
    more: str = ""
    is_cut: bool = False


def window(
    scope: Scope, asked: Asked, sort: str, after: Key | None, *, alone: bool, moment: Moment
) -> Window:
    """The page after a key, with up to four pages before it unless it is wanted alone."""
    where = conditions(scope, asked, moment)
    before = [] if after is None or alone else _rows(where, sort, after, MOST_BEFORE + 1, back=True)
    found = _rows(where, sort, after, PAGE_SIZE + 1)
    page, is_last = found[:PAGE_SIZE], len(found) <= PAGE_SIZE
    earlier = _rank(scope, asked, moment, sort, after) if after else 0
    shown = [*reversed(before[:MOST_BEFORE]), *page]
    return Window(
        ids=tuple(row.product_id for row in shown),
        seen=earlier + len(page),
        more="" if is_last else str(_key(page[-1], sort)),
        is_cut=after is not None and not alone and len(before) > MOST_BEFORE,
    )


def shown_first(scope: Scope, moment: Moment) -> tuple[int, ...]:
    """What stands before the rest and can be shown, in its order."""
    if not scope.first:
        return ()
    of_these = replace(scope, first=(), ids=scope.first)
    statement = select(ListedProduct.product_id).where(*conditions(of_these, EVERYTHING, moment))
    shown = set(db.session.scalars(statement))
    return tuple(one for one in scope.first if one in shown)


def ranked(scope: Scope, asked: Asked, after: Key | None, *, alone: bool, moment: Moment) -> Window:
    """The same in the order of the scope's own ids, as a search has found them."""
    statement = select(ListedProduct.product_id).where(*conditions(scope, asked, moment))
    matching = set(db.session.scalars(statement))
    ordered = [one for one in scope.ids or () if one in matching]
    start = ordered.index(after.product_id) + 1 if after and after.product_id in matching else 0
    end = start + PAGE_SIZE
    first = start if alone else max(0, start - MOST_BEFORE)
    return Window(
        ids=tuple(ordered[first:end]),
        seen=min(end, len(ordered)),
        more=str(Key(ordered[end - 1])) if end < len(ordered) else "",
        is_cut=not alone and first > 0,
    )


def _rows(
    where: Sequence[Condition], sort: str, after: Key | None, most: int, *, back: bool = False
) -> Sequence[Row[*tuple[Any, ...]]]:
    statement = select(
        ListedProduct.product_id, ListedProduct.gone_at, _value(sort).label("value")
    ).where(*where)
    if after is not None:
        statement = statement.where(_beyond(sort, after, back=back))
    columns = (ListedProduct.gone_at, _value(sort), ListedProduct.product_id)
    order = [
        column.asc() if is_up != back else column.desc()
        for column, is_up in zip(columns, _upward(sort), strict=True)
    ]
    return read_rows(statement.order_by(*order).limit(most)).all()


def _value(sort: str) -> Any:
    return ListedProduct.first_live_at if sort == "new" else ListedProduct.price


def _upward(sort: str) -> tuple[bool, bool, bool]:
    """What is in stock comes first, and of the same price the newer."""
    return False, sort == "price_up", False


def _beyond(sort: str, after: Key, *, back: bool) -> ColumnElement[bool]:
    """What comes after the key; with `back` the key itself and what comes before it."""
    gone = IN_STOCK if after.gone is None else _instant(after.gone)
    value = _instant(after.value) if sort == "new" else after.value
    columns = (ListedProduct.gone_at, _value(sort), ListedProduct.product_id)
    if not any(_upward(sort)):
        given = zip((gone, value, after.product_id), columns, strict=True)
        row, key = tuple_(*columns), tuple_(*(literal(one, of.type) for one, of in given))
        return row >= key if back else row < key
    price, product_id = ListedProduct.price, ListedProduct.product_id
    if back:
        nearer = or_(price < value, and_(price == value, product_id >= after.product_id))
        return or_(ListedProduct.gone_at > gone, and_(ListedProduct.gone_at == gone, nearer))
    further = or_(price > value, and_(price == value, product_id < after.product_id))
    return or_(ListedProduct.gone_at < gone, and_(ListedProduct.gone_at == gone, further))


def _rank(scope: Scope, asked: Asked, moment: Moment, sort: str, after: Key) -> int:
    where = conditions(scope, asked, moment, to_the_end=True)
    statement = select(func.count()).select_from(ListedProduct).where(*where)
    return db.session.scalar(statement.where(_beyond(sort, after, back=True))) or 0


def _key(row: Row[*tuple[Any, ...]], sort: str) -> Key:
    value = _number(row.value) if sort == "new" else int(row.value)
    return Key(row.product_id, value, None if row.gone_at == IN_STOCK else _number(row.gone_at))


def _number(moment: datetime) -> int:
    return (moment - _EPOCH) // _MICROSECOND


def _instant(number: int) -> datetime:
    """A number nobody was given is no instant: then the list begins at its beginning."""
    try:
        return _EPOCH + number * _MICROSECOND
    except OverflowError:
        return IN_STOCK
