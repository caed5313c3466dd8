"""A sheet on A4: a head on every page, titles again after every break, nobody torn apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from app.platform.i18n import current_locale
from app.platform.i18n import gettext as _
from app.platform.sheets.paper import bands
from app.platform.sheets.paper.cells import said
from app.platform.sheets.paper.drawing import drawn
from app.platform.sheets.paper.grid import Grid, grid_of
from app.platform.sheets.paper.letters import lines, one_line, width
from app.platform.sheets.paper.marks import PALE, Band, Format, Page, Style, Text, stacked
from app.platform.sheets.table import Block, Section, Sheet, overview, plain

TITLE = Style(15, is_strong=True)
FACT = Style(8.5, colour=PALE)
FOOT = Style(7.5, colour=PALE)
FOOT_ROOM = 6.0
PAGE_ROOM = 40.0
BETWEEN = 4.0


def to_pdf(sheet: Sheet) -> bytes:
    """A4, upright or lying as its columns need; sums of several sections follow the last."""
    pages, paper = laid_out(sheet)
    title, language = plain(sheet.title), current_locale()
    return drawn(pages, paper, title=title, language=language, at=sheet.printed_at)


def laid_out(sheet: Sheet) -> tuple[list[Page], Format]:
    grid = grid_of(sheet)
    flow = Flow(grid.paper, _head(sheet, grid.paper))
    total = _("Total") if len(sheet.sections) == 1 else _("Sum")
    for section in sheet.sections:
        _set_section(flow, grid, section, total)
        if sheet.is_split:
            _set_remarks(flow, grid)
    if next(sheet.rows(), None) is None:
        flow.put([bands.paragraph(grid.paper, _("There is nothing to list."))])
    _set_overview(flow, sheet)
    if not sheet.is_split:
        _set_remarks(flow, grid)
    _number(flow.pages, sheet, grid.paper)
    return flow.pages, grid.paper


@dataclass(slots=True)
class Flow:
    """Pages being filled from the top, each under the same head."""

    paper: Format
    head: Band
    pages: list[Page] = field(default_factory=list)
    y: float = 0

    def __post_init__(self) -> None:
        self.begin_page()

    def begin_page(self) -> None:
        self.pages.append(Page())
        self.pages[-1].put(self.head, self.paper.margin)
        self.y = self._top

    def put(self, together: Sequence[Band], *, again: Sequence[Band] = ()) -> None:
        """Under what is there; if they do not fit, on a new page, under `again`."""
        if not self.fits(stacked(together)) and not self.is_fresh():
            self.begin_page()
            together = [*again, *together]
        for band in together:
            self.pages[-1].put(band, self.y)
            self.y += band.height

    def fits(self, height: float) -> bool:
        return self.y + height <= self._bottom

    def is_fresh(self) -> bool:
        return self.y == self._top

    def room(self) -> float:
        """What a new page has."""
        return self._bottom - self._top

    @property
    def _top(self) -> float:
        return self.paper.margin + self.head.height

    @property
    def _bottom(self) -> float:
        return self.paper.height - self.paper.margin - FOOT_ROOM


def _set_section(flow: Flow, grid: Grid, section: Section, total: str) -> None:
    """Its heading stays with its first block, its sums with its last."""
    if not flow.is_fresh() and grid.sheet.is_split:
        flow.begin_page()
    elif not flow.is_fresh():
        flow.y += BETWEEN
    lead, again = _opening(grid, section), _opening(grid, section, is_continued=True)
    sums = [bands.sums(grid, section.rows(), total)] if grid.sheet.has_sums() else []
    for number, block in enumerate(section.blocks, start=1):
        after = sums if number == len(section.blocks) else []
        for together in _kept_together(grid, block, after, flow.room() - stacked(again)):
            flow.put([*lead, *together], again=[] if lead else again)
            lead = []
    if lead:
        flow.put([*lead, *sums])


def _kept_together(
    grid: Grid, block: Block, after: list[Band], room: float
) -> Iterator[list[Band]]:
    """The block and what follows it; row by row, each saying whose it is, if no page has room."""
    whole = [*bands.block(grid, block), *after]
    if stacked(whole) <= room:
        yield whole
        return
    *rows, last = bands.block(grid, block, is_torn=True)
    yield from ([row] for row in rows)
    yield [last, *after]


def _opening(grid: Grid, section: Section, *, is_continued: bool = False) -> list[Band]:
    named = [bands.heading(grid, section, is_continued=is_continued)] if section.title else []
    return [*named, bands.titles(grid)]


def _set_overview(flow: Flow, sheet: Sheet) -> None:
    """The sums of the sections, on paper of the same format."""
    if not sheet.has_sums() or len(sheet.sections) <= 1:
        return
    summary = overview(sheet)
    _set_section(flow, grid_of(summary, flow.paper), summary.sections[0], _("Total"))


def _set_remarks(flow: Flow, grid: Grid) -> None:
    """After each section that is handed to somebody, else once at the end."""
    for remark in grid.sheet.remarks:
        flow.put([bands.paragraph(grid.paper, remark)])


def _head(sheet: Sheet, paper: Format) -> Band:
    named = [_("%(name)s: %(text)s", name=name, text=text) for name, text in sheet.facts]
    printed = _("Printed %(at)s", at=said(sheet.printed_at, sheet))
    title = one_line(sheet.title, TITLE, paper.inner)
    marks = [Text(paper.margin, TITLE.rise, title, TITLE)]
    y = TITLE.line + FACT.rise
    for text in lines(" · ".join((*named, printed)), FACT, paper.inner, 3):
        marks.append(Text(paper.margin, y, text, FACT))
        y += FACT.line
    return Band(y - FACT.rise + 2, tuple(marks))


def _number(pages: Sequence[Page], sheet: Sheet, paper: Format) -> None:
    y = paper.height - paper.margin
    about = " · ".join((sheet.title, *(text for _name, text in sheet.facts)))
    title = one_line(about, FOOT, paper.inner - PAGE_ROOM)
    for number, page in enumerate(pages, start=1):
        text = _("Page %(number)s of %(pages)s", number=number, pages=len(pages))
        x = paper.width - paper.margin - width(text, FOOT)
        page.put(Band(0, (Text(paper.margin, y, title, FOOT), Text(x, y, text, FOOT))))
