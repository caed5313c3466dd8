"""A PDF as PDFium reads and shows it, the reader inside Chromium."""

from __future__ import annotations

import re
from itertools import pairwise

import pypdfium2
from PIL import Image

from app.platform.sheets.paper.letters import width
from app.platform.sheets.paper.marks import Format, Page, Text

POINTS_PER_MM = 72 / 25.4


def texts_of(content: bytes) -> list[str]:
    """The text of each page."""
    document = pypdfium2.PdfDocument(content)
    return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]


def run_together(text: str) -> str:
    """Without blanks and line breaks, which wrapping puts anywhere."""
    return re.sub(r"\s", "", text)


def picture_of(content: bytes, *, page: int = 0, dots_per_inch: int = 203) -> Image.Image:
    """As a label printer would put it on paper."""
    document = pypdfium2.PdfDocument(content)
    picture: Image.Image = document[page].render(scale=dots_per_inch / 72).to_pil()
    return picture.convert("L")


def size_of(content: bytes) -> tuple[int, int]:
    """Width and height of the first page in millimetres."""
    across, down = pypdfium2.PdfDocument(content)[0].get_size()
    return round(across / POINTS_PER_MM), round(down / POINTS_PER_MM)


def lines_on(page: Page) -> list[Text]:
    """Every line of text with its place on the page."""
    return [
        Text(mark.x, top + mark.y, mark.text, mark.style, mark.is_struck)
        for top, band in page.placed
        for mark in band.marks
        if isinstance(mark, Text) and mark.text
    ]


def beyond(page: Page, paper: Format) -> list[Text]:
    """Lines that leave what can be printed."""
    edge = paper.width - paper.margin + 0.05
    return [
        line
        for line in lines_on(page)
        if line.x < paper.margin - 0.05
        or line.x + width(line.text, line.style) > edge
        or not paper.margin <= line.y <= paper.height - paper.margin
    ]


def overlapping(page: Page) -> list[tuple[str, str]]:
    """Neighbours on one baseline that run into each other."""
    lines = sorted(lines_on(page), key=lambda line: (round(line.y, 2), line.x))
    return [
        (left.text, right.text)
        for left, right in pairwise(lines)
        if abs(left.y - right.y) < 0.01 and left.x + width(left.text, left.style) > right.x
    ]
