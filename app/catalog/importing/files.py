"""Read a CSV of unknown origin record by record, in bounded memory, or say what it is instead."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from app.catalog.importing.columns import NAMES, Column, Header, read_header
from app.catalog.importing.records import UnreadableFile
from app.platform.i18n import lazy_gettext as _

MAX_FILE_BYTES = 64 * 1024 * 1024
MAX_LINE_BYTES = 1024 * 1024
MAX_FIELD_CHARACTERS = 1024 * 1024
MAX_COLUMNS = 1000
MAX_RECORDS = 200_000
HEAD_BYTES = 64 * 1024
EXCEL = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
OTHER_SEPARATORS = {";": ";", "\t": "Tab", "|": "|"}
# Newlines and tabs belong to a description; the rest of the control characters to nothing.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff]")


@dataclass(frozen=True, slots=True)
class Row:
    """One record; `number` counts as a spreadsheet does, `width` is how many cells it has."""

    number: int
    header: Header
    cells: dict[Column, str]
    width: int

    def text(self, column: Column) -> str:
        """The cell without surrounding blanks; empty when the file has no such column."""
        return self.cells.get(column, "")

    def spelled(self, column: Column) -> str:
        """The column's name as this file writes it."""
        return self.header.spelled.get(column, column.value)


def check_file(stream: BinaryIO) -> None:
    """Refuse by size, by its first bytes and by its header; leaves the stream at its start."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    head = stream.read(HEAD_BYTES)
    stream.seek(0)
    if not head.strip(b"\xef\xbb\xbf\r\n\t ,"):
        raise UnreadableFile(_("The file is empty."))
    if size > MAX_FILE_BYTES:
        most = MAX_FILE_BYTES // 1024 // 1024
        raise UnreadableFile(_("The file is larger than %(most)s MB.", most=most))
    if head.startswith(EXCEL):
        raise UnreadableFile(
            _("This is an Excel workbook. Please save it as “CSV UTF-8” and try again.")
        )
    if head.startswith(UTF_16):
        raise UnreadableFile(_not_utf_8("UTF-16"))
    if b"\x00" in head:
        raise UnreadableFile(_("This is not a text file."))


def read_rows(stream: BinaryIO) -> Iterator[Row]:
    """Every record with something in it; UnreadableFile as soon as the file stops being CSV."""
    stream.seek(0)
    records = _records(stream)
    number, names = next(records)
    _refuse_other_separators(names)
    header = read_header(names)
    for number, cells in records:
        if number > MAX_RECORDS:
            raise UnreadableFile(_("The file has more than %(most)s rows.", most=MAX_RECORDS))
        if any(cell.strip() for cell in cells):
            yield _row(number, header, cells)


def _records(stream: BinaryIO) -> Iterator[tuple[int, list[str]]]:
    # Python's own limit of 128 KB is less than a long description with pictures in it.
    csv.field_size_limit(MAX_FIELD_CHARACTERS)
    reader = csv.reader(_lines(stream), strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise UnreadableFile(_what_broke(number, str(error))) from error
        if cells is None:
            return
        if len(cells) > MAX_COLUMNS:
            raise UnreadableFile(
                _("Row %(row)s has more than %(most)s columns.", row=number, most=MAX_COLUMNS)
            )
        yield number, cells


def _lines(stream: BinaryIO) -> Iterator[str]:
    """Lines of text; read as bytes, because only \\n ends a line, whatever Unicode says."""
    number = 0
    while line := stream.readline(MAX_LINE_BYTES):
        number += 1
        if len(line) == MAX_LINE_BYTES and not line.endswith(b"\n"):
            raise UnreadableFile(_("Line %(line)s is longer than 1 MB.", line=number))
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise UnreadableFile(_not_utf_8(_guess(line), line=number)) from error
        yield text


def _row(number: int, header: Header, cells: list[str]) -> Row:
    known = {
        column: _UNPRINTABLE.sub("", cells[place]).strip()
        for column, place in header.places.items()
        if place < len(cells)
    }
    filled = len(cells) if any(cell.strip() for cell in cells[header.width :]) else header.width
    return Row(number, header, known, max(filled, header.width))


def _refuse_other_separators(names: list[str]) -> None:
    if any(name.strip().lower() in NAMES for name in names[1:]):
        return
    line = names[0] if names else ""
    for separator, shown in OTHER_SEPARATORS.items():
        if sum(name.strip(' "').lower() in NAMES for name in line.split(separator)) > 1:
            raise UnreadableFile(
                _(
                    "The columns are separated by “%(separator)s”. Please save with commas.",
                    separator=shown,
                )
            )


def _what_broke(row: int, reason: str) -> object:
    if "field larger" in reason:
        return _(
            "Row %(row)s has a cell of more than 1 MB; perhaps a quotation mark is missing.",
            row=row,
        )
    if "end of data" in reason:
        return _("Row %(row)s opens a quotation mark that is never closed.", row=row)
    if "new-line" in reason:
        return _("The lines end as on very old Macs. Please save as “CSV UTF-8” and try again.")
    return _("Row %(row)s has a quotation mark in the wrong place.", row=row)


def _guess(line: bytes) -> str:
    """GBK when the bytes make Chinese words in it; one lone character is chance."""
    chinese = re.search(r"[一-鿿]{2}", line.decode("gb18030", errors="ignore"))
    return "GBK" if chinese else ""


def _not_utf_8(encoding: str, line: int = 1) -> object:
    if encoding:
        return _(
            "The file is written in %(encoding)s. Please save it as “CSV UTF-8” and try again.",
            encoding=encoding,
        )
    return _("Line %(line)s is not UTF-8. Please save as “CSV UTF-8” and try again.", line=line)
