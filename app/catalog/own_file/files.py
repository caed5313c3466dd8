"""Write the file row after row, in bounded memory, the same bytes for the same products."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from typing import BinaryIO

from app.catalog.own_file.cells import defused
from app.catalog.own_file.columns import SYSTEM, TITLE, is_number
from app.catalog.own_file.writing import Cells
from app.platform.errors import Invalid
from app.platform.i18n import gettext as _

UTF_8_MARK = b"\xef\xbb\xbf"
AT_ONCE = 64 * 1024
MOST_CHARACTERS = 32_767  # of UTF-16, in one cell of a workbook
ALWAYS = datetime(2000, 1, 1)  # noqa: DTZ001  (workbooks know no zones)
"""When every workbook says it was made: the same products are the same bytes."""

WIDTH, WIDTH_OF_TEXT = 12, 30


class Kind(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"


MIMETYPES = {
    Kind.CSV: "text/csv",
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def csv_of(header: Sequence[str], rows: Iterable[Cells]) -> Iterator[bytes]:
    """The file in parts: UTF-8 with its mark, commas, CRLF."""
    yield UTF_8_MARK
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(header)
    for row in rows:
        writer.writerow([defused(row.get(column, "")) for column in header])
        if text.tell() > AT_ONCE:
            yield _taken(text)
    yield _taken(text)


def write_xlsx(target: BinaryIO, header: Sequence[str], rows: Iterable[Cells]) -> None:
    """One sheet; numbers are numbers, all else is text. Raises Invalid for a text too long."""
    import xlsxwriter

    options = {
        "constant_memory": True, "strings_to_formulas": False, "strings_to_numbers": False,
        "strings_to_urls": False,
    }  # fmt: skip
    book = xlsxwriter.Workbook(target, options)
    book.set_properties({"title": SYSTEM, "created": ALWAYS})
    sheet = book.add_worksheet(SYSTEM)
    head, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
    are_numbers = [is_number(column) for column in header]
    for place, column in enumerate(header):
        is_long = column.startswith(TITLE)
        sheet.set_column(place, place, WIDTH_OF_TEXT if is_long else WIDTH)
        sheet.write_string(0, place, column, head)
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows, start=1):
        for place, column in enumerate(header):
            cell = row.get(column, "")
            if cell and are_numbers[place]:
                sheet.write_number(number, place, float(cell))
            elif cell:
                sheet.write_string(number, place, _fitting(defused(cell), column, row), text)
    book.close()


def _taken(text: io.StringIO) -> bytes:
    """What was written so far, which is then forgotten."""
    written = text.getvalue().encode("utf-8")
    text.seek(0)
    text.truncate()
    return written


def _fitting(cell: str, column: str, row: Cells) -> str:
    if len(cell.encode("utf-16-le")) // 2 <= MOST_CHARACTERS:
        return cell
    raise Invalid(
        message=_(
            "%(key)s: “%(column)s” is longer than a cell of Excel may be. Please take the CSV.",
            key=next(iter(row.values())),
            column=column,
        )
    )
