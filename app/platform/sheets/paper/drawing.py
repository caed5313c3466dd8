"""Marks drawn as PDF. The only place that knows fpdf2."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

from app.platform.fonts.faces import file_of
from app.platform.sheets.paper.letters import role_of, width
from app.platform.sheets.paper.marks import INK, MM, Area, Code, Format, Mark, Page, Rule, Text

if TYPE_CHECKING:
    from fpdf import FPDF

_STRIKE_HEIGHT = 0.32
_OUTLINE = 0.25
_QUIET = 4


def drawn(
    pages: Iterable[Page], paper: Format, *, title: str, language: str, at: datetime
) -> bytes:
    """The pages as one file; its faces hold only the characters that occur."""
    from fpdf import FPDF

    pdf = FPDF("portrait", "mm", (paper.width, paper.height))
    pdf.alias_nb_pages(None)  # type: ignore[arg-type] # nothing anybody typed is replaced
    pdf.set_auto_page_break(False)
    pdf.set_title(title)
    pdf.set_lang(language)
    pdf.set_creation_date(at)
    pdf.add_font("sans", "", file_of("sans"))
    pdf.add_font("sans-medium", "", file_of("sans-medium"))
    for page in pages:
        pdf.add_page()
        for top, band in page.placed:
            for mark in band.marks:
                _draw(pdf, mark, top)
    return bytes(pdf.output())


def _draw(pdf: FPDF, mark: Mark, top: float) -> None:
    match mark:
        case Text():
            _draw_text(pdf, mark, top)
        case Rule():
            _draw_line(pdf, mark.x, mark.y + top, mark.width, (mark.colour, mark.weight))
        case Area(is_filled=True):
            pdf.set_fill_color(mark.colour)
            pdf.rect(mark.x, mark.y + top, mark.width, mark.height, style="F")
        case Area():
            pdf.set_draw_color(mark.colour)
            pdf.set_line_width(_OUTLINE)
            pdf.rect(mark.x, mark.y + top, mark.width, mark.height)
        case Code():
            _draw_code(pdf, mark, top)


def _draw_text(pdf: FPDF, mark: Text, top: float) -> None:
    style, y = mark.style, mark.y + top
    pdf.set_font(role_of(mark.text, style), size=style.size)
    pdf.set_text_color(style.colour)
    pdf.text(mark.x, y, mark.text)
    if mark.is_struck:
        middle = y - style.size * MM * _STRIKE_HEIGHT
        _draw_line(pdf, mark.x, middle, width(mark.text, style), (style.colour, _OUTLINE))


def _draw_line(pdf: FPDF, x: float, y: float, across: float, pen: tuple[str, float]) -> None:
    colour, weight = pen
    pdf.set_draw_color(colour)
    pdf.set_line_width(weight)
    pdf.line(x, y, x + across, y)


def _draw_code(pdf: FPDF, mark: Code, top: float) -> None:
    """One rectangle for each run of dark modules."""
    import segno
    from fpdf.enums import RenderStyle

    rows = segno.make(mark.text, error="m", micro=False).matrix
    module = mark.side / (len(rows) + 2 * _QUIET)
    left, y = mark.x + _QUIET * module, mark.y + top + _QUIET * module
    pdf.set_fill_color(INK)
    for row in rows:
        x = left
        for is_dark, run in groupby(row):
            length = len(list(run)) * module
            if is_dark:
                pdf.rect(x, y, length, module, style=RenderStyle.F)
            x += length
        y += module
