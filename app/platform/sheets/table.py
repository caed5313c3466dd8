"""What a sheet is: columns, sections, blocks that stay together, rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum
from zoneinfo import ZoneInfo

from app.platform.i18n import gettext as _
from app.platform.money import Money

# Neither paper nor XML can hold these; a lone surrogate cannot even be encoded.
_UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]"
)
_LINE_ENDS = re.compile(r"\r\n?|[\x85\u2028\u2029]")


class Kind(Enum):
    TEXT = "text"
    COUNT = "count"
    MONEY = "money"
    INSTANT = "instant"
    DAY = "day"
    BOX = "box"
    """Nothing but a square to be ticked with a pen."""


class Place(Enum):
    BOTH = "both"
    PAPER = "paper"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Part:
    """A count that fell short: `given` of the `wanted` there should have been."""

    given: int
    wanted: int


Cell = str | int | Part | Money | datetime | date | None
Sum = int | Money | None

_FITTING: dict[Kind, tuple[type, ...]] = {
    Kind.TEXT: (str,),
    Kind.COUNT: (int, Part),
    Kind.MONEY: (Money,),
    Kind.INSTANT: (datetime,),
    Kind.DAY: (date,),
    Kind.BOX: (),
}


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    kind: Kind = Kind.TEXT
    place: Place = Place.BOTH
    is_summed: bool = False
    is_strong: bool = False
    """Printed bold; an amount only when there is one."""
    is_said_once: bool = False
    """On paper left blank where it repeats the row above in the same block."""
    least_mm: float = 0
    """Room to write in by hand."""


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]
    is_struck: bool = False
    """Still to be seen, crossed out, and in no sum."""


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that belong to one person, and what is said under them; not torn apart by a page."""

    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    blocks: tuple[Block, ...]

    def rows(self) -> Iterator[Row]:
        return (row for block in self.blocks for row in block.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table with its head. Raises TypeError for a cell that does not fit its column."""

    title: str
    facts: tuple[tuple[str, str], ...]
    """What it is about, as (name, value): printed in the head."""
    columns: tuple[Column, ...]
    sections: tuple[Section, ...]
    currency: str
    printed_at: datetime
    zone: ZoneInfo
    remarks: tuple[str, ...] = ()
    """What a reader must know, printed at the end, of each section if they are split."""
    is_split: bool = False
    """Each section begins a page, so that it can be handed to somebody."""

    def __post_init__(self) -> None:
        for row in self.rows():
            if len(row.cells) != len(self.columns):
                raise TypeError(f"{len(row.cells)} cells for {len(self.columns)} columns")
            for column, cell in zip(self.columns, row.cells, strict=True):
                if cell is not None and not _fits(column.kind, cell):
                    raise TypeError(f"{column.title!r} holds no {type(cell).__name__}")

    def rows(self) -> Iterator[Row]:
        return (row for section in self.sections for row in section.rows())

    def places(self, *places: Place) -> tuple[int, ...]:
        """The positions of the columns that are shown there."""
        return tuple(i for i, column in enumerate(self.columns) if column.place in places)

    def sums(self, rows: Iterable[Row]) -> tuple[Sum, ...]:
        """One for each column: the sum of what is not struck out, or None."""
        counted = [row.cells for row in rows if not row.is_struck]
        return tuple(
            _sum(column, (cells[i] for cells in counted), self.currency)
            for i, column in enumerate(self.columns)
        )

    def has_sums(self) -> bool:
        return any(column.is_summed for column in self.columns)

    def local(self, instant: datetime) -> datetime:
        """The wall clock of the shop, to the minute, as spreadsheets know no zones."""
        return instant.astimezone(self.zone).replace(tzinfo=None, second=0, microsecond=0)


def overview(sheet: Sheet) -> Sheet:
    """The sums of each section, a row each: what adds them up are the sums of the sheet."""
    places = [place for place, column in enumerate(sheet.columns) if column.is_summed]
    rows = [
        Row((section.title, *(sheet.sums(section.rows())[place] for place in places)))
        for section in sheet.sections
    ]
    columns = (replace(sheet.columns[place], place=Place.BOTH) for place in places)
    return replace(
        sheet,
        columns=(Column(""), *columns),
        sections=(Section(_("Sums"), tuple(Block((row,)) for row in rows)),),
    )


def cells_of(row: Row, places: Sequence[int]) -> tuple[Cell, ...]:
    return tuple(row.cells[place] for place in places)


def plain(text: str) -> str:
    """Without what nothing can show, every line end a newline."""
    return _UNPRINTABLE.sub("", _LINE_ENDS.sub("\n", text))


def in_sections(titled: Iterable[tuple[str, Block]]) -> tuple[Section, ...]:
    """Sections of blocks that come one after another under the same title."""
    sections: list[tuple[str, list[Block]]] = []
    for title, block in titled:
        if not sections or sections[-1][0] != title:
            sections.append((title, []))
        sections[-1][1].append(block)
    return tuple(Section(title, tuple(blocks)) for title, blocks in sections)


def _fits(kind: Kind, cell: Cell) -> bool:
    if isinstance(cell, bool) or (kind is Kind.DAY and isinstance(cell, datetime)):
        return False
    if isinstance(cell, datetime) and cell.tzinfo is None:
        return False
    return isinstance(cell, _FITTING[kind])


def _sum(column: Column, cells: Iterable[Cell], currency: str) -> Sum:
    if not column.is_summed:
        return None
    if column.kind is Kind.MONEY:
        return Money.total((cell for cell in cells if isinstance(cell, Money)), currency)
    return sum(_count(cell) for cell in cells)


def _count(cell: Cell) -> int:
    if isinstance(cell, Part):
        return cell.given
    return cell if isinstance(cell, int) else 0
