"""Read the first sheet of an XLSX row by row, in bounded memory, whatever its maker had in mind.

What it would unpack to is looked at before anything is unpacked.
"""

from __future__ import annotations

import re
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, BinaryIO
from zipfile import BadZipFile, ZipFile

from app.catalog.importing.records import UnreadableFile
from app.platform.i18n import lazy_gettext as _

MEGABYTE = 1024 * 1024
MOST_UNPACKED = 1024 * MEGABYTE
MOST_OF_STRINGS = 96 * MEGABYTE
"""Shared strings are kept in memory while the rows are read; everything else passes by."""
MOST_OF_A_PART = 16 * MEGABYTE
MOST_PARTS = 2000
MOST_CELLS = 40_000_000
LONGEST_WHOLE = 15
"""Digits that a spreadsheet's number is exact to."""

SHEETS, STRINGS, MEDIA = "xl/worksheets/", "xl/sharedStrings.xml", "xl/media/"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class Workbook:
    """An XLSX file; `records` begins anew each time it is called."""

    stream: BinaryIO

    def records(self) -> Iterator[tuple[int, list[str]]]:
        """(row, cells up to the last that says something); UnreadableFile when it is broken."""
        with _opened(self.stream) as sheet:
            seen = 0
            for number, row in enumerate(_rows(sheet), start=1):
                seen += len(row) + 1
                if seen > MOST_CELLS:
                    raise UnreadableFile(_("The workbook has too many empty cells."))
                yield number, _texts(row)


def open_workbook(stream: BinaryIO) -> Workbook:
    """Refuses what would unpack to more than a product file can be. Raises UnreadableFile."""
    stream.seek(0)
    try:
        with ZipFile(stream) as packed:
            parts = packed.infolist()
    except (
        BadZipFile, NotImplementedError, OSError, OverflowError, ValueError, struct.error,
    ) as error:  # fmt: skip
        raise _broken() from error
    if not any(part.filename.lstrip("/") == "xl/workbook.xml" for part in parts):
        raise UnreadableFile(_("This is a ZIP file, but no Excel workbook (.xlsx)."))
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or any(map(_is_too_large, parts)):
        raise UnreadableFile(
            _("The workbook would unpack to more than can be read. Please save it as “CSV UTF-8”.")
        )
    return Workbook(stream)


def _is_too_large(part: Any) -> bool:
    name = part.filename.lstrip("/")
    if name.startswith((SHEETS, MEDIA)):
        return False
    return bool(part.file_size > (MOST_OF_STRINGS if name == STRINGS else MOST_OF_A_PART))


@contextmanager
def _opened(stream: BinaryIO) -> Iterator[Any]:
    import openpyxl

    stream.seek(0)
    try:
        with warnings.catch_warnings():
            # It warns of looks it does not know; nobody looks.
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        sheet = next(each for each in book.worksheets if each.sheet_state == "visible")
        # What a file says of its own size may be anything.
        sheet.reset_dimensions()
    except Exception as error:
        # A broken workbook raises whatever was met first: KeyError, ValueError, ParseError, …
        raise _broken() from error
    yield sheet


def _rows(sheet: Any) -> Iterator[tuple[object, ...]]:
    rows = sheet.iter_rows(values_only=True)
    number = 0
    while True:
        number += 1
        try:
            row = next(rows, None)
        except Exception as error:
            raise UnreadableFile(
                _("The workbook is broken at row %(row)s. Please save it anew.", row=number)
            ) from error
        if row is None:
            return
        yield row


def _texts(row: tuple[object, ...]) -> list[str]:
    last = len(row)
    while last and row[last - 1] is None:
        last -= 1
    return [_text(value) for value in row[:last]]


def _text(value: object) -> str:
    """What a person sees in the cell, without its decoration."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _ESCAPED.sub(_unescaped, value) if "_x" in value else value
    if isinstance(value, bool):
        return str(value).lower()
    return _number(value) if isinstance(value, float) else _day(value)


def _number(value: float) -> str:
    is_whole = value.is_integer() and abs(value) < 10**LONGEST_WHOLE
    return str(int(value)) if is_whole else f"{value:.15g}"


def _day(value: object) -> str:
    if isinstance(value, datetime):
        return str(value.date() if value.time() == time() else value)
    return str(value)


def _unescaped(found: re.Match[str]) -> str:
    return chr(int(found[1], 16))


def _broken() -> UnreadableFile:
    return UnreadableFile(_("This Excel workbook is broken or locked. Please save it anew."))
