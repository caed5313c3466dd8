"""By what rows are put into sections and into order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from itertools import groupby

from app.community.sheets.rows import PackedRow
from app.platform.i18n import gettext as _

_DIGITS = re.compile(r"(\d+)")


class Key(Enum):
    LEADER = "leader"
    GROUP = "group"
    POINT = "point"
    BUILDING = "building"
    SKU = "sku"
    NUMBER = "number"


def ordered(rows: Iterable[PackedRow], keys: Sequence[Key]) -> list[PackedRow]:
    """Rows by these keys, then by number and SKU; 2栋 stands before 10栋, what is empty last."""
    return sorted(rows, key=lambda row: tuple(_rank(row, key) for key in (*keys, *_AT_LAST)))


def parted(
    rows: Iterable[PackedRow], by: Sequence[Key]
) -> Iterator[tuple[str, tuple[PackedRow, ...]]]:
    """The rows of one person that stand together, each with the title of its section."""
    for _key, together in groupby(rows, key=lambda row: (*_values(row, by), row.number)):
        persons = tuple(together)
        yield " · ".join(_titled(persons[0], key) for key in by), persons


_AT_LAST = (Key.NUMBER, Key.BUILDING, Key.SKU)


def _rank(row: PackedRow, key: Key) -> tuple[bool, tuple[str | int, ...]]:
    if key is Key.NUMBER:
        return (False, ("", row.number))
    text = _value(row, key)
    parts = _DIGITS.split(text.casefold())
    return (not text, tuple(int(part) if i % 2 else part for i, part in enumerate(parts)))


def _values(row: PackedRow, by: Sequence[Key]) -> tuple[str, ...]:
    return tuple(_value(row, key) for key in by)


def _value(row: PackedRow, key: Key) -> str:
    return str(getattr(row, key.value))


def _titled(row: PackedRow, key: Key) -> str:
    if key is Key.NUMBER:
        return f"№ {row.number}"
    if key is Key.SKU:
        return " ".join(filter(None, (row.sku, row.title, row.options)))
    return _value(row, key) or _NAMELESS[key]()


_NAMELESS = {
    Key.LEADER: lambda: _("No leader"),
    Key.GROUP: lambda: _("No group"),
    Key.POINT: lambda: _("No pick-up point"),
    Key.BUILDING: lambda: _("No building"),
}
