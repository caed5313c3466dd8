"""How wide the columns are, and whether the paper lies or stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from app.platform.sheets.paper.cells import said, said_sum
from app.platform.sheets.paper.letters import natural
from app.platform.sheets.paper.marks import LANDSCAPE, PORTRAIT, Format, Style
from app.platform.sheets.table import Column, Kind, Place, Row, Sheet

BODY = Style(8.5)
STRONG = Style(8.5, is_strong=True)
GUTTER = 1.4
BOX = 3.6
MOST_FOR_A_TITLE = 24.0
"""Titles wrap rather than make a narrow column of figures wide."""
COMFORTABLE = 46.0
"""As much as a column of text gets before the paper is turned for it."""


@dataclass(frozen=True)
class Grid:
    """The columns that are printed, with their places across the page."""

    sheet: Sheet
    paper: Format
    places: tuple[int, ...]
    widths: tuple[float, ...]

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        return tuple(self.sheet.columns[place] for place in self.places)

    @cached_property
    def lefts(self) -> tuple[float, ...]:
        lefts, x = [], self.paper.margin
        for width in self.widths:
            lefts.append(x)
            x += width
        return tuple(lefts)


def grid_of(sheet: Sheet, paper: Format | None = None) -> Grid:
    """On the paper given, or upright unless that would squeeze the text."""
    places = _printed(sheet)
    columns = [sheet.columns[place] for place in places]
    wanted = [_wanted(sheet, place) for place in places]
    if paper is None:
        at_ease = sum(
            min(width, COMFORTABLE) if _gives(column) else width
            for column, width in zip(columns, wanted, strict=True)
        )
        paper = PORTRAIT if at_ease <= PORTRAIT.inner else LANDSCAPE
    return Grid(sheet, paper, places, _fitted(columns, wanted, paper.inner))


def _printed(sheet: Sheet) -> tuple[int, ...]:
    """The columns for paper, without those that would be empty from top to bottom."""
    return tuple(
        place
        for place in sheet.places(Place.BOTH, Place.PAPER)
        if _stays(sheet.columns[place])
        or any(row.cells[place] not in (None, "") for row in sheet.rows())
    )


def _stays(column: Column) -> bool:
    return column.kind is Kind.BOX or column.is_summed or column.least_mm > 0


def _wanted(sheet: Sheet, place: int) -> float:
    """The width in which nothing of the column needs a second line."""
    column = sheet.columns[place]
    if column.kind is Kind.BOX:
        return BOX + 2 * GUTTER
    title = min(natural(column.title, STRONG), MOST_FOR_A_TITLE)
    texts = (natural(text, STRONG) for text in set(_texts(sheet, place)))
    return max(max(title, *texts, 0) + 2 * GUTTER, column.least_mm)


def _texts(sheet: Sheet, place: int) -> Iterator[str]:
    def cells(rows: Iterator[Row]) -> Iterator[str]:
        return (said(row.cells[place], sheet) for row in rows)

    yield from cells(sheet.rows())
    if sheet.columns[place].is_summed:
        yield said_sum(sheet.sums(sheet.rows())[place], sheet)


def _gives(column: Column) -> bool:
    """Whether the column may be narrower than its text, which then wraps."""
    return column.kind is Kind.TEXT and not column.least_mm


def _fitted(columns: Sequence[Column], wanted: Sequence[float], room: float) -> tuple[float, ...]:
    """Widths that fill the room: columns of text share what figures leave, the widest give most."""
    gives = [_gives(column) for column in columns]
    rest = room - sum(width for width, give in zip(wanted, gives, strict=True) if not give)
    texts = sorted(width for width, give in zip(wanted, gives, strict=True) if give)
    if not texts:
        return tuple(wanted)
    if sum(texts) <= rest:
        spare = (rest - sum(texts)) / len(texts)
        return tuple(w + spare * give for w, give in zip(wanted, gives, strict=True))
    level = _level(texts, rest)
    return tuple(min(w, level) if give else w for w, give in zip(wanted, gives, strict=True))


def _level(texts: Sequence[float], rest: float) -> float:
    """The width at which columns of text are cut so that together they take the rest."""
    for taken, width in enumerate(texts):
        share = rest / (len(texts) - taken)
        if width > share:
            return share
        rest -= width
    return max(texts)
