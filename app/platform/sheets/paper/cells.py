"""What a cell says on paper."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from app.platform.i18n import current_locale
from app.platform.i18n import gettext as _
from app.platform.money import Money, format_money
from app.platform.sheets.table import Cell, Column, Kind, Part, Row, Sheet, Sum

NOTHING = "–"


def said(cell: Cell, sheet: Sheet) -> str:
    match cell:
        case str():
            return cell
        case Money():
            return _amount(cell, current_locale()) if cell else NOTHING
        case Part():
            return _("%(given)s of %(wanted)s", given=cell.given, wanted=cell.wanted)
        case datetime():
            return f"{sheet.local(cell):%Y-%m-%d %H:%M}"
        case date():
            return f"{cell:%Y-%m-%d}"
    return "" if cell is None else str(cell)


def said_of(row: Row, places: tuple[int, ...], sheet: Sheet, above: Row | None) -> tuple[str, ...]:
    """A row's cells, left blank where they repeat the row above of the same block."""
    return tuple(
        ""
        if above is not None
        and sheet.columns[place].is_said_once
        and above.cells[place] == row.cells[place]
        else said(row.cells[place], sheet)
        for place in places
    )


def said_sum(amount: Sum, sheet: Sheet) -> str:
    """A sum of nothing is said too, unlike an amount in a row."""
    if isinstance(amount, Money):
        return _amount(amount, current_locale())
    return said(amount, sheet)


def is_stressed(column: Column, cell: Cell) -> bool:
    return isinstance(cell, Part) or (column.is_strong and bool(cell))


def is_right(column: Column) -> bool:
    """Whether it is set flush right, as figures that are compared are."""
    return column.kind in (Kind.COUNT, Kind.MONEY)


@lru_cache(maxsize=4096)
def _amount(amount: Money, language: str) -> str:
    return format_money(amount, language, full=True)
