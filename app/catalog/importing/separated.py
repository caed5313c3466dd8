"""Read a CSV record by record in bounded memory, however its columns are separated."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import BinaryIO

from app.catalog.importing.encodings import encoding_of
from app.catalog.importing.records import UnreadableFile
from app.platform.i18n import lazy_gettext as _

MAX_LINE = 1024 * 1024
MAX_FIELD_CHARACTERS = 1024 * 1024
MOST_NAMES = 1000
"""So many are looked at to recognise a separator; a header of a million is refused later."""

SEPARATORS = (",", ";", "\t", "|")

Record = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Separated:
    """A CSV file; `records` begins anew each time it is called."""

    stream: BinaryIO
    encoding: str
    separator: str

    def records(self) -> Iterator[Record]:
        """(number as a spreadsheet counts, cells); UnreadableFile where it stops being CSV."""
        with _text(self.stream, self.encoding) as text:
            yield from _records(_lines(text), self.separator)


def open_separated(stream: BinaryIO, is_known: Callable[[str], bool]) -> Separated:
    """The file with its encoding and separator found out. Raises UnreadableFile."""
    # Python's own limit of 128 KB is less than a long description with pictures in it.
    csv.field_size_limit(MAX_FIELD_CHARACTERS)
    encoding = encoding_of(stream)
    with _text(stream, encoding) as text:
        line = text.readline(MAX_LINE)
    return Separated(stream, encoding, _separator(line, is_known))


def _separator(header: str, is_known: Callable[[str], bool]) -> str:
    """The one that gives most names that are known, then the one that gives most columns."""

    def worth(separator: str) -> tuple[int, int]:
        names = header.rstrip("\r\n").split(separator, MOST_NAMES)[:MOST_NAMES]
        return sum(is_known(name.strip(' "')) for name in names), len(names)

    return max(SEPARATORS, key=worth)


@contextmanager
def _text(stream: BinaryIO, encoding: str) -> Iterator[io.TextIOWrapper]:
    """The stream as text from its start; only \\n ends a line, whatever Unicode says."""
    stream.seek(0)
    text = io.TextIOWrapper(stream, encoding=encoding, newline="\n")
    try:
        yield text
    finally:
        # Its owner may have closed the stream before a reader that stopped half-way was collected.
        with suppress(ValueError):
            text.detach()


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    number = 0
    while line := text.readline(MAX_LINE):
        number += 1
        if len(line) == MAX_LINE and not line.endswith("\n"):
            raise UnreadableFile(_("Line %(line)s is longer than 1 MB.", line=number))
        yield line


def _records(lines: Iterator[str], separator: str) -> Iterator[Record]:
    reader = csv.reader(lines, delimiter=separator, strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise UnreadableFile(_what_broke(number, str(error))) from error
        if cells is None:
            return
        yield number, cells


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
