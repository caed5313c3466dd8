"""XLSX: numbers are numbers, days are days, text stays text; nothing is ever a formula."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import xlsxwriter

from app.platform.i18n import gettext as _
from app.platform.money import Money, exponent
from app.platform.sheets.table import Cell, Column, Kind, Part, Place, Row, Sheet, overview, plain

MOST_CHARACTERS = 32_767  # of UTF-16, in one cell
MOST_IN_A_NAME = 31
NARROWEST, WIDEST = 6, 44
A4 = 9
_REFUSED_IN_NAMES = re.compile(r"[\[\]:*?/\\\s\x00-\x1f]+")
# Rows are written to disk as they come; nothing that looks like a formula, a number or a link is
# taken for one.
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def to_xlsx(sheet: Sheet) -> bytes:
    """One worksheet of rows under one line of titles, ready to be filtered; where there are sums, a
    second one with them and the sheet's head.
    """
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, _OPTIONS)
    book.set_properties({"title": plain(sheet.title), "created": sheet.local(sheet.printed_at)})
    formats = Formats(book, sheet.currency)
    _write_rows(book, sheet, formats)
    if sheet.has_sums():
        _write_sums(book, sheet, formats)
    book.close()
    return target.getvalue()


class Formats:
    """The looks of this workbook's cells, each made once."""

    def __init__(self, book: Any, currency: str) -> None:
        self._book = book
        self._made: dict[tuple[Kind | None, bool, bool], Any] = {}
        decimals = exponent(currency)
        amount = "#,##0" + ("." + "0" * decimals if decimals else "")
        self._numbers = {
            Kind.TEXT: "@",
            Kind.COUNT: "0",
            Kind.MONEY: amount,
            Kind.INSTANT: "yyyy-mm-dd hh:mm",
            Kind.DAY: "yyyy-mm-dd",
        }

    def of(self, kind: Kind, *, is_struck: bool = False, is_strong: bool = False) -> Any:
        key = (kind, is_struck, is_strong)
        if key not in self._made:
            look: dict[str, object] = {"num_format": self._numbers[kind], "valign": "top"}
            look |= {"text_wrap": True} if kind is Kind.TEXT else {}
            look |= {"font_strikeout": True, "font_color": "#6B6154"} if is_struck else {}
            look |= {"bold": True} if is_strong else {}
            self._made[key] = self._book.add_format(look)
        return self._made[key]

    def head(self) -> Any:
        key = (None, False, True)
        if key not in self._made:
            look = {"bold": True, "bg_color": "#F1EADC", "bottom": 1, "valign": "vcenter"}
            self._made[key] = self._book.add_format(look)
        return self._made[key]


@dataclass(slots=True)
class Page:
    """A worksheet being written from the top, and how wide its columns have become."""

    worksheet: Any
    sheet: Sheet
    formats: Formats
    widths: list[int]
    line: int = 0

    def write(self, columns: Sequence[Column], row: Row, *, is_strong: bool = False) -> None:
        for place, (column, cell) in enumerate(zip(columns, row.cells, strict=True)):
            look = self.formats.of(column.kind, is_struck=row.is_struck, is_strong=is_strong)
            self._write_cell(place, cell, look)
        self.line += 1

    def write_titles(self, titles: Iterable[str]) -> None:
        for place, title in enumerate(titles):
            self.worksheet.write_string(self.line, place, plain(title), self.formats.head())
            self._widen(place, title)
        self.line += 1

    def close(self) -> None:
        for place, width in enumerate(self.widths):
            self.worksheet.set_column(place, place, min(max(width + 2, NARROWEST), WIDEST))

    def _write_cell(self, place: int, cell: Cell, look: Any) -> None:
        write = self.worksheet
        match cell:
            case None:
                write.write_blank(self.line, place, None, look)
            case str():
                write.write_string(self.line, place, fitting(cell), look)
                self._widen(place, cell)
            case Part():
                write.write_number(self.line, place, cell.given, look)
            case Money():
                write.write_number(self.line, place, cell.decimal(), look)
                self._widen(place, f"{cell.decimal():,}")
            case datetime():
                write.write_datetime(self.line, place, self.sheet.local(cell), look)
                self._widen(place, "2026-11-30 20:00")
            case date():
                write.write_datetime(self.line, place, cell, look)
                self._widen(place, "2026-11-30")
            case _:
                write.write_number(self.line, place, cell, look)
                self._widen(place, str(cell))

    def _widen(self, place: int, text: str) -> None:
        longest = max((_width(line) for line in text.split("\n")), default=0)
        self.widths[place] = max(self.widths[place], longest)


def fitting(text: str, most: int = MOST_CHARACTERS) -> str:
    """Text as a cell can hold it; what is too long ends in an ellipsis."""
    text = plain(text)
    encoded = text.encode("utf-16-le")
    if len(encoded) <= most * 2:
        return text
    return encoded[: (most - 1) * 2].decode("utf-16-le", "ignore") + "…"


def _write_rows(book: Any, sheet: Sheet, formats: Formats) -> None:
    places = sheet.places(Place.BOTH, Place.FILE)
    columns = [sheet.columns[place] for place in places]
    page = _page(book, sheet.title, sheet, formats, len(columns))
    page.write_titles(column.title for column in columns)
    for row in sheet.rows():
        cells = tuple(row.cells[place] for place in places)
        page.write(columns, Row(cells, is_struck=row.is_struck))
    last = max(page.line - 1, 1)
    page.worksheet.freeze_panes(1, 0)
    page.worksheet.repeat_rows(0)
    page.worksheet.autofilter(0, 0, last, len(columns) - 1)
    page.worksheet.ignore_errors({"number_stored_as_text": _area(last, len(columns))})
    page.close()


def _write_sums(book: Any, sheet: Sheet, formats: Formats) -> None:
    """The head of the sheet, then one line of sums for each section and one for all."""
    summary = overview(sheet)
    page = _page(book, _("Sums"), sheet, formats, len(summary.columns))
    for name, value in (("", sheet.title), *sheet.facts, (_("Printed on"), _printed(sheet))):
        page.write([Column("")] * 2, Row((name, value)), is_strong=not name)
    page.line += 1
    page.write_titles(column.title for column in summary.columns)
    for row in summary.rows():
        page.write(summary.columns, row)
    total = (_("Total"), *summary.sums(summary.rows())[1:])
    page.write(summary.columns, Row(total), is_strong=True)
    page.close()


def _page(book: Any, name: str, sheet: Sheet, formats: Formats, columns: int) -> Page:
    worksheet = book.add_worksheet(_sheet_name(name))
    worksheet.set_paper(A4)
    worksheet.set_landscape()
    worksheet.fit_to_pages(1, 0)
    worksheet.set_footer("&C&P / &N")
    return Page(worksheet, sheet, formats, [0] * max(columns, 2))


def _sheet_name(title: str) -> str:
    name = _REFUSED_IN_NAMES.sub(" ", title).strip(" '")
    return fitting(name, MOST_IN_A_NAME).rstrip(" '") or _("Rows")


def _printed(sheet: Sheet) -> str:
    return f"{sheet.local(sheet.printed_at):%Y-%m-%d %H:%M}"


def _area(last: int, columns: int) -> str:
    return str(xlsxwriter.utility.xl_range(0, 0, last, columns - 1))


def _width(text: str) -> int:
    """In widths of a digit; Chinese takes two."""
    return len(text) if text.isascii() else sum(1 + (mark > "\u2e7f") for mark in text)
