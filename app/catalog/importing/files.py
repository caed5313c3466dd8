"""Open a table of unknown origin, CSV or XLSX, or say what it is instead."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, Protocol

from app.catalog.importing.records import UnreadableFile
from app.catalog.importing.separated import Record, open_separated
from app.catalog.importing.workbooks import open_workbook
from app.platform.i18n import lazy_gettext as _

MAX_FILE_BYTES = 512 * 1024 * 1024
MAX_COLUMNS = 1000
MAX_RECORDS = 1_050_000
HEAD_BYTES = 64 * 1024
TOLD_EVERY = 1000
KEPT_IN_MEMORY = 8 * 1024 * 1024
ZIPPED, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


class _Records(Protocol):
    def records(self) -> Iterator[Record]: ...


@dataclass(frozen=True, slots=True)
class Table:
    """A file's records in order; each call of `records` begins anew. To be closed when read."""

    source: _Records
    text: BinaryIO | None = None
    """What a workbook says, as CSV."""

    def close(self) -> None:
        if self.text is not None:
            self.text.close()

    def names(self) -> list[str]:
        """What stands above the columns; UnreadableFile when nothing does."""
        for _number, cells in self.records():
            return cells
        raise UnreadableFile(_("The file is empty."))

    def records(self) -> Iterator[Record]:
        """(number as a spreadsheet counts, cells); UnreadableFile as soon as it is too much."""
        for number, cells in self.source.records():
            if number > MAX_RECORDS:
                raise UnreadableFile(_("The file has more than %(most)s rows.", most=MAX_RECORDS))
            if len(cells) > MAX_COLUMNS:
                raise UnreadableFile(
                    _("Row %(row)s has more than %(most)s columns.", row=number, most=MAX_COLUMNS)
                )
            yield number, cells


def open_table(stream: BinaryIO, is_known: Callable[[str], bool]) -> Table:
    """The table in a seekable file. `is_known` tells names of columns, by which a separator is
    recognised. Raises UnreadableFile.
    """
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    head = stream.read(HEAD_BYTES)
    if not head.strip(b"\xef\xbb\xbf\xff\xfe\x00\r\n\t ,;"):
        raise UnreadableFile(_("The file is empty."))
    if size > MAX_FILE_BYTES:
        raise _too_large()
    if head.startswith(OLD_EXCEL):
        raise UnreadableFile(
            _("This is an old or locked Excel workbook. Please save it as .xlsx and try again.")
        )
    if not head.startswith(ZIPPED):
        return Table(open_separated(stream, is_known))
    # A workbook is read far slower than text, and more than once.
    text: BinaryIO = SpooledTemporaryFile(max_size=KEPT_IN_MEMORY)  # type: ignore[assignment]  # noqa: SIM115
    try:
        write_as_text(stream, text)
        return Table(open_separated(text, is_known), text)
    except BaseException:
        text.close()
        raise


def is_workbook(content: bytes) -> bool:
    return content.startswith(ZIPPED)


def write_as_text(
    workbook: BinaryIO, target: BinaryIO, told: Callable[[], object] = lambda: None
) -> None:
    """The same table as CSV, row for row; `told` hears now and then. Raises UnreadableFile."""
    text = io.TextIOWrapper(target, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text)
    try:
        for number, cells in Table(open_workbook(workbook)).records():
            writer.writerow(cells)
            if number % TOLD_EVERY == 0:
                told()
            if target.tell() > MAX_FILE_BYTES:
                raise _too_large()
    finally:
        text.detach()


def _too_large() -> UnreadableFile:
    most = MAX_FILE_BYTES // 1024 // 1024
    return UnreadableFile(_("The file is larger than %(most)s MB.", most=most))
