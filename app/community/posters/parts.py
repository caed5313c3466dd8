"""The parts that every layout shares, fitted to the width it gives them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PIL import ImageDraw

from app.community.posters import words
from app.community.posters.blocks import (
    Block,
    Line,
    Paragraph,
    Space,
    Thread,
    Words,
    baseline,
    height_of,
)
from app.community.posters.facts import PosterFacts
from app.community.posters.palette import ACCENT, INK, INK_2, INK_3, ON_ACCENT, SURFACE
from app.community.posters.wrapping import cut, whole
from app.platform.fonts.faces import Role
from app.platform.fonts.lettering import Lettering

Steps = Sequence[tuple[int, int]]
"""Sizes from large to small, each with the lines it may take."""

_NOTE_SIZES = (30, 28, 26, 24, 22, 20)
_NOTE_LINES = 4
_TAG_SIZES = (28, 25, 22)
_TAG_PADDING = 0.65


def fitted(text: str, role: Role, fill: str, width: float, steps: Steps) -> Paragraph:
    """The text in the first size that holds it, cut with an ellipsis in the last."""
    leading = 1.24 if role == "serif" else 1.4
    for size, most in steps:
        lines = whole(text, Lettering(role, size), width, most=most)
        if lines is not None:
            return Paragraph(lines, Lettering(role, size), fill, leading)
    size, most = steps[-1]
    lettering = Lettering(role, size)
    return Paragraph(cut(text, lettering, width, most=most), lettering, fill, leading)


def price(facts: PosterFacts, width: float, size: int) -> list[Block]:
    """The amount and what goes with it, on one line where they fit."""
    amount = Words(facts.price, Lettering("serif", size), ACCENT)
    note = Words(facts.price_note, Lettering("sans", max(26, round(size * 0.6))), INK_2)
    if note.text and amount.width + size / 2 + note.width <= width:
        return [Line(amount, note, gap=size / 2)]
    blocks: list[Block] = [
        fitted(facts.price, "serif", ACCENT, width, ((size, 1), (size * 3 // 4, 2)))
    ]
    if note.text:
        sizes = ((note.lettering.size, 1), (max(24, note.lettering.size - 4), 2))
        blocks.append(fitted(facts.price_note, "sans", INK_2, width, sizes))
    return blocks


def progress(facts: PosterFacts, width: int, size: int) -> list[Block]:
    """The sewing line, how many have joined and until when one can."""
    standing = Words(words.standing(facts), Lettering("sans-medium", size), INK)
    deadline = Words(words.deadline(facts), Lettering("sans", size), INK_2)
    thread = _thread(facts, width)
    blocks: list[Block] = [thread, Space(8)] if thread else []
    if standing.text and deadline.text and standing.width + size + deadline.width <= width:
        return [*blocks, Line(standing, deadline, gap=0, width=width)]
    steps = ((size, 1), (size - 4, 2))
    blocks += [
        fitted(part.text, part.lettering.role, part.fill, width, steps)
        for part in (standing, deadline)
        if part.text
    ]
    return blocks


def promise(facts: PosterFacts, width: float, size: int) -> list[Block]:
    """When it comes."""
    if not facts.promise:
        return []
    return [fitted(facts.promise, "sans", INK_2, width, ((size, 1), (size - 2, 2), (size - 4, 3)))]


def _thread(facts: PosterFacts, width: int) -> Thread | None:
    """Sewn up to the goal, and once it is met up to the cap; none for a single piece."""
    until = facts.goal or facts.cap
    if facts.is_reached and facts.cap:
        until = facts.cap
    if until is None or until == 1:
        return None
    is_between = facts.goal and facts.goal < until and not facts.is_full
    mark = facts.goal / until if facts.goal and is_between else None
    return Thread(width, facts.joined / until, mark)


def notes(texts: Sequence[str], width: float, height: float) -> list[Block]:
    """Sentences below each other, as large as they all fit whole; cut only in the smallest."""
    blocks: list[Block] = []
    for size in _NOTE_SIZES:
        lettering = Lettering("sans", size)
        blocks = []
        for text in filter(None, texts):
            lines = cut(text, lettering, width, most=_NOTE_LINES)
            blocks += [Space(size * 0.25), Paragraph(lines, lettering, INK_2, 1.36)]
        is_whole = all(whole(text, lettering, width, most=_NOTE_LINES) for text in texts if text)
        if is_whole and height_of(blocks) <= height:
            break
    return blocks


def signature(facts: PosterFacts, width: float, size: int) -> list[Block]:
    """The code to type, then whose shop it is and where."""
    code = fitted(words.spoken_code(facts), "sans-medium", INK, width, ((size, 1), (size - 6, 1)))
    return [code, *imprint(facts, width, size)]


def imprint(facts: PosterFacts, width: float, size: int) -> list[Block]:
    """The shop and its domain, on one line where they fit."""
    shop = Words(facts.shop, Lettering("sans-medium", size), INK_2)
    domain = Words(facts.domain, Lettering("sans", size), INK_3)
    if shop.width + size * 0.7 + domain.width <= width:
        return [Line(shop, domain, gap=size * 0.7)]
    steps = ((size, 1), (size - 4, 1), (size - 8, 1))
    return [
        fitted(part.text, part.lettering.role, part.fill, width, steps) for part in (shop, domain)
    ]


def draw_tags(pen: ImageDraw.ImageDraw, facts: PosterFacts, at: tuple[int, int], end: int) -> None:
    """What it is, that it is taken, and its number: a row of tags as in a stock book.

    Where the row would reach beyond `end` it is smaller, at last without the number.
    """
    tags = _tags(facts)
    for size in _TAG_SIZES:
        if at[0] + sum(tag.width(size) for tag in tags) <= end:
            break
    else:
        tags = [tag for tag in tags if tag.role != "serif"]
    x, y = at
    for tag in tags:
        lettering = Lettering(tag.role, size)
        right = x + tag.width(size)
        pen.rectangle((x, y, right - 1, y + size * 2 - 1), fill=tag.ground)
        start = (x + size * _TAG_PADDING, y + baseline(lettering, 2))
        lettering.draw(pen, start, tag.text, tag.ink)
        x = right


@dataclass(frozen=True, slots=True)
class _Tag:
    text: str
    role: Role
    ink: str
    ground: str

    def width(self, size: int) -> int:
        return round(Lettering(self.role, size).width(self.text) + 2 * _TAG_PADDING * size)


def _tags(facts: PosterFacts) -> list[_Tag]:
    tags: list[_Tag] = []
    if facts.badge:
        tags.append(_Tag(facts.badge, "sans-medium", ON_ACCENT, ACCENT))
    if facts.is_full:
        tags.append(_Tag(words.taken(facts), "sans-medium", SURFACE, INK))
    if facts.number is not None:
        tags.append(_Tag(words.stock_number(facts), "serif", INK, SURFACE))
    return tags
