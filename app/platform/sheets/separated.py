"""CSV as Excel opens it: UTF-8 with its mark, and no cell that computes."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, datetime

from app.platform.money import Money
from app.platform.sheets.table import Cell, Part, Place, Sheet, cells_of, plain

# What begins a formula, also after whatever another program may take for the end of a cell: a file
# made for commas is opened where semicolons or tabs separate. Excel reads the full-width signs too.
_COMPUTING = re.compile(r"^(?=[\t\n])|(?:^|(?<=[;\t\n]))(?=\s*[=+\-@＝＋－＠])")


def to_csv(sheet: Sheet) -> bytes:
    """One line for the titles and one for each row, in the order of the sheet, without sums."""
    places = sheet.places(Place.BOTH, Place.FILE)
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(defused(sheet.columns[place].title) for place in places)
    for row in sheet.rows():
        writer.writerow(_written(cell, sheet) for cell in cells_of(row, places))
    return text.getvalue().encode("utf-8-sig")


def defused(text: str) -> str:
    """Text with an apostrophe before everything a spreadsheet might compute."""
    return _COMPUTING.sub("'", plain(text))


def _written(cell: Cell, sheet: Sheet) -> str:
    match cell:
        case str():
            return defused(cell)
        case Money():
            return f"{cell.decimal():f}"
        case datetime():
            return f"{sheet.local(cell):%Y-%m-%d %H:%M}"
        case date():
            return f"{cell:%Y-%m-%d}"
        case Part():
            return str(cell.given)
    return "" if cell is None else str(cell)
