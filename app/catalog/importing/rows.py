"""The rows of a table under the columns that its maker's system gives them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.catalog.importing.files import Table
from app.catalog.importing.records import RowError, UnreadableFile
from app.platform.i18n import LazyText, lazy_gettext
from app.platform.i18n import gettext as _

# Newlines and tabs belong to a description; the rest of the control characters to nothing.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufeff\ufffe\uffff]")


def _nothing(_name: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """How one system names its columns. `column_of` knows a name in lower case, or answers None;
    a file without one of the `required` columns is none of that system's, and is told `lacking`.

    `meant_by` knows what else people call a column, which counts when it has no other name.
    """

    system: str
    column_of: Callable[[str], str | None]
    meaning_of: Callable[[str], LazyText | str]
    required: tuple[str, ...]
    meant_by: Callable[[str], str | None] = _nothing
    lacking: LazyText | None = None

    def column(self, name: str) -> str | None:
        return self.named(name) or self.meant_by(name)

    def named(self, name: str) -> str | None:
        """The same without guessing."""
        return self.column_of(" ".join(name.split()).lower())


@dataclass(frozen=True, slots=True)
class Header:
    """Where each known column stands, and how this file spells it."""

    places: dict[str, int]
    spelled: dict[str, str]
    width: int


@dataclass(frozen=True, slots=True)
class Row:
    """One record; `number` counts as a spreadsheet does, `width` is how many cells it has."""

    number: int
    header: Header
    cells: Mapping[str, str]
    width: int

    def text(self, column: str) -> str:
        """The cell without surrounding blanks; empty when the file has no such column."""
        return self.cells.get(column, "")

    def spelled(self, column: str) -> str:
        """The column's name as this file writes it."""
        return self.header.spelled.get(column, str(column))

    def overflow(self) -> RowError | None:
        """What is wrong when there are more cells than columns."""
        if self.width <= self.header.width:
            return None
        message = _(
            "%(cells)s cells under %(columns)s columns; perhaps a quotation mark is missing.",
            cells=self.width,
            columns=self.header.width,
        )
        return RowError(self.number, "", message)


def columns_at(names: Sequence[str], vocabulary: Vocabulary) -> dict[int, str]:
    """Which column stands where; of several that may be meant by the same, the first."""
    found = {place: vocabulary.named(name) for place, name in enumerate(names)}
    taken = set(found.values())
    for place, name in enumerate(names):
        if found[place] is None and (meant := vocabulary.meant_by(name)) not in taken:
            found[place] = meant
            taken.add(meant)
    return {place: column for place, column in found.items() if column is not None}


def read_header(names: Sequence[str], vocabulary: Vocabulary) -> Header:
    """UnreadableFile when a required column is missing or a known one stands twice."""
    places: dict[str, int] = {}
    for place, column in columns_at(names, vocabulary).items():
        if column in places:
            raise UnreadableFile(
                lazy_gettext("The column “%(column)s” occurs twice.", column=names[place].strip())
            )
        places[column] = place
    missing = [column for column in vocabulary.required if column not in places]
    if missing:
        raise UnreadableFile(vocabulary.lacking or _not_of_that_system(vocabulary, missing[0]))
    spelled = {column: names[place].strip() for column, place in places.items()}
    return Header(places, spelled, len(names))


def _not_of_that_system(vocabulary: Vocabulary, missing: str) -> LazyText:
    return lazy_gettext(
        "This is not %(system)s's product export: the column “%(column)s” is missing.",
        system=vocabulary.system,
        column=str(missing),
    )


def read_rows(table: Table, vocabulary: Vocabulary) -> Iterator[Row]:
    """Every record with something in it; UnreadableFile as soon as the file stops being a table."""
    records = table.records()
    _number, names = next(records)
    header = read_header(names, vocabulary)
    for number, cells in records:
        if any(cell.strip() for cell in cells):
            yield _row(number, header, cells)


def _printable(cell: str) -> str:
    return cell if cell.isprintable() else _UNPRINTABLE.sub("", cell)


def _row(number: int, header: Header, cells: list[str]) -> Row:
    known = {
        column: _printable(cells[place]).strip()
        for column, place in header.places.items()
        if place < len(cells) and cells[place]
    }
    filled = len(cells) if any(cell.strip() for cell in cells[header.width :]) else header.width
    return Row(number, header, known, max(filled, header.width))
