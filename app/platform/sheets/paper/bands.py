"""The bands a table is made of: its titles, rows, notes and sums."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.platform.i18n import gettext as _
from app.platform.sheets.paper.cells import is_right, is_stressed, said_of, said_sum
from app.platform.sheets.paper.grid import BODY, BOX, GUTTER, STRONG, Grid
from app.platform.sheets.paper.letters import lines, one_line, width
from app.platform.sheets.paper.marks import (
    BAND,
    INK,
    PALE,
    Area,
    Band,
    Format,
    Mark,
    Rule,
    Style,
    Text,
)
from app.platform.sheets.table import Block, Kind, Row, Section

HEADING = Style(12, is_strong=True)
TITLES = Style(7.5, is_strong=True, colour=PALE)
NOTE = Style(8, colour=PALE)
STRUCK, STRUCK_STRONG = Style(8.5, colour=PALE), Style(8.5, is_strong=True, colour=PALE)
MOST_LINES = 6
HEAD_ROOM = 80.0
"""As much of a page as its head, titles and foot ever take."""
PADDING = 1.0


@dataclass(frozen=True, slots=True)
class _Cell:
    """One cell about to be set: its lines, and where they go."""

    texts: tuple[str, ...]
    style: Style
    left: float
    width: float
    is_right: bool

    def marks(self, *, is_struck: bool = False) -> Iterator[Text]:
        y = PADDING + self.style.rise
        for text in self.texts:
            x = self.left + GUTTER
            if self.is_right:
                x = self.left + self.width - GUTTER - width(text, self.style)
            yield Text(x, y, text, self.style, is_struck)
            y += self.style.line


def heading(grid: Grid, section: Section, *, is_continued: bool = False) -> Band:
    title = section.title
    if is_continued:
        title = _("%(title)s (continued)", title=title)
    text = one_line(title, HEADING, grid.paper.inner)
    mark = Text(grid.paper.margin, 2 + HEADING.rise, text, HEADING)
    return Band(HEADING.line + 3.5, (mark,))


def titles(grid: Grid) -> Band:
    cells = [_cell(grid, i, column.title, TITLES, most=2) for i, column in enumerate(grid.columns)]
    height = _height(cells)
    ground = Area(grid.paper.margin, 0, grid.paper.inner, height, BAND)
    return Band(height, (ground, *(mark for cell in cells for mark in cell.marks())))


def block(grid: Grid, shown: Block, *, is_torn: bool = False) -> list[Band]:
    """A band for each row and each note, the last with a line under it."""
    above = [None] * len(shown.rows) if is_torn else [None, *shown.rows[:-1]]
    bands = [row(grid, *each) for each in zip(shown.rows, above, strict=True)]
    bands += [_note(grid, note) for note in shown.notes]
    last = bands[-1]
    under = Rule(grid.paper.margin, last.height, grid.paper.inner)
    bands[-1] = Band(last.height, (*last.marks, under))
    return bands


def row(grid: Grid, shown: Row, above: Row | None = None) -> Band:
    texts = said_of(shown, grid.places, grid.sheet, above)
    cells = [_cell(grid, i, text, _style(grid, i, shown)) for i, text in enumerate(texts)]
    height = _height(cells)
    marks: list[Mark] = [mark for cell in cells for mark in cell.marks(is_struck=shown.is_struck)]
    if not shown.is_struck:
        marks += _boxes(grid)
    return Band(height, tuple(marks))


def sums(grid: Grid, rows: Iterator[Row], title: str) -> Band:
    """A line of sums under their columns, its title before the first of them."""
    amounts = grid.sheet.sums(rows)
    summed = [i for i, column in enumerate(grid.columns) if column.is_summed]
    cells = [_cell(grid, i, said_sum(amounts[grid.places[i]], grid.sheet), STRONG) for i in summed]
    room = grid.lefts[summed[0]] - grid.paper.margin
    if room > 0:
        text = one_line(title, STRONG, room - 2 * GUTTER)
        cells.append(_Cell((text,), STRONG, grid.paper.margin, room, is_right=True))
    height = _height(cells)
    over = Rule(grid.paper.margin, 0.1, grid.paper.inner, INK, 0.3)
    return Band(height + 1, (over, *(mark for cell in cells for mark in cell.marks())))


def paragraph(paper: Format, text: str, left: float | None = None) -> Band:
    """Text down the page from there to the right margin, never longer than a page has room for."""
    left = paper.margin if left is None else left
    room = paper.width - paper.margin - left
    broken = lines(text, NOTE, room, int((paper.height - HEAD_ROOM) / NOTE.line))
    marks = tuple(
        Text(left, NOTE.rise + i * NOTE.line, each, NOTE) for i, each in enumerate(broken)
    )
    return Band(len(broken) * NOTE.line + PADDING, marks)


def _cell(grid: Grid, i: int, text: str, style: Style, *, most: int = MOST_LINES) -> _Cell:
    room = grid.widths[i] - 2 * GUTTER
    broken = lines(text, style, room + 0.01, most)
    return _Cell(broken, style, grid.lefts[i], grid.widths[i], is_right(grid.columns[i]))


def _style(grid: Grid, i: int, shown: Row) -> Style:
    is_strong = is_stressed(grid.columns[i], shown.cells[grid.places[i]])
    if shown.is_struck:
        return STRUCK_STRONG if is_strong else STRUCK
    return STRONG if is_strong else BODY


def _boxes(grid: Grid) -> Iterator[Area]:
    for i, column in enumerate(grid.columns):
        if column.kind is Kind.BOX:
            yield Area(grid.lefts[i] + GUTTER, PADDING + 0.2, BOX, BOX, INK, is_filled=False)


def _height(cells: Sequence[_Cell]) -> float:
    text = max((len(cell.texts) * cell.style.line for cell in cells), default=0)
    return max(text, BOX + 0.6) + 2 * PADDING


def _note(grid: Grid, note: str) -> Band:
    """Under the goods, from where the names begin to the edge."""
    first = next((i for i, column in enumerate(grid.columns) if column.kind is Kind.TEXT), 0)
    return paragraph(grid.paper, note, grid.lefts[first] + GUTTER)
