"""Labels of 100 × 150 mm: a number to call out, a QR code, what goes into the parcel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.platform.i18n import current_locale
from app.platform.i18n import gettext as _
from app.platform.sheets.paper.drawing import drawn
from app.platform.sheets.paper.letters import lines, natural, one_line, width
from app.platform.sheets.paper.marks import (
    INK,
    LABEL,
    PALE,
    PAPER,
    Area,
    Band,
    Code,
    Mark,
    Page,
    Rule,
    Style,
    Text,
    stacked,
)
from app.platform.sheets.table import plain

QR_SIDE = 30.0
BOX = 4.0
COUNT_ROOM = 20.0
NUMBERS = tuple(Style(size, is_strong=True) for size in (44, 34, 24, 16))
NAME = Style(15, is_strong=True)
PHONE = Style(12)
PLACE = Style(13, is_strong=True)
DUE = Style(14, is_strong=True, colour=PAPER)
ITEM, COUNT = Style(11), Style(13, is_strong=True)
STRUCK, STRUCK_COUNT = Style(11, colour=PALE), Style(13, is_strong=True, colour=PALE)
NOTE = Style(9)
FOOT = Style(7.5, colour=PALE)


@dataclass(frozen=True, slots=True)
class Item:
    text: str
    quantity: str
    is_struck: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One parcel. What does not fit goes on to a second label with the same head."""

    number: str
    code: str
    """What the QR code says; empty for none."""
    name: str
    phone: str
    place: str
    due: str
    """Printed white on black, so that nobody hands over what is not paid; empty when it is."""
    items: tuple[Item, ...]
    notes: tuple[str, ...] = ()
    foot: str = ""


def to_label_pdf(labels: Iterable[Label], *, title: str, printed_at: datetime) -> bytes:
    """A page of 100 × 150 mm for each label, in the order given."""
    pages = (page for label in labels for page in laid_out(label))
    return drawn(pages, LABEL, title=plain(title), language=current_locale(), at=printed_at)


def laid_out(label: Label) -> list[Page]:
    head = [_person(label), *_place(label.place), *_due(label.due), _rule()]
    top = LABEL.margin + stacked(head)
    pages = [_begun(head)]
    y = top
    for band in _body(label):
        if y + band.height > LABEL.height - LABEL.margin - FOOT.line:
            pages.append(_begun(head))
            y = top
        pages[-1].put(band, y)
        y += band.height
    for number, page in enumerate(pages, start=1):
        page.put(_foot(label, number, len(pages)))
    return pages


def _begun(head: Sequence[Band]) -> Page:
    page, y = Page(), LABEL.margin
    for band in head:
        page.put(band, y)
        y += band.height
    return page


def _person(label: Label) -> Band:
    """The number as large as fits beside the code, and whose it is."""
    room = LABEL.inner - QR_SIDE - 2
    size = next((size for size in NUMBERS if natural(label.number, size) <= room), NUMBERS[-1])
    marks: list[Mark] = [Text(LABEL.margin, size.rise, one_line(label.number, size, room), size)]
    if label.code:
        marks.append(Code(LABEL.width - LABEL.margin - QR_SIDE, 0, QR_SIDE, label.code))
    y = NUMBERS[0].line
    for text, style, most in ((label.name, NAME, 2), (label.phone, PHONE, 1)):
        for line in lines(text, style, room, most):
            marks.append(Text(LABEL.margin, y + style.rise, line, style))
            y += style.line
    return Band(max(y, QR_SIDE) + 1, tuple(marks))


def _rule() -> Band:
    return Band(2, (Rule(LABEL.margin, 0.8, LABEL.inner, INK, 0.4),))


def _place(place: str) -> list[Band]:
    broken = lines(place, PLACE, LABEL.inner, 2)
    marks = (
        Text(LABEL.margin, PLACE.rise + i * PLACE.line, text, PLACE)
        for i, text in enumerate(broken)
    )
    return [Band(len(broken) * PLACE.line + 1, tuple(marks))] if broken else []


def _due(due: str) -> list[Band]:
    if not due:
        return []
    ground = Area(LABEL.margin, 0, LABEL.inner, DUE.line + 1.4)
    text = one_line(due, DUE, LABEL.inner - 4)
    return [Band(DUE.line + 2.4, (ground, Text(LABEL.margin + 2, DUE.rise + 0.7, text, DUE)))]


def _body(label: Label) -> Iterator[Band]:
    yield from (_item(item) for item in label.items)
    for note in label.notes:
        broken = lines(note, NOTE, LABEL.inner, 8)
        marks = (
            Text(LABEL.margin, 1 + NOTE.rise + i * NOTE.line, text, NOTE)
            for i, text in enumerate(broken)
        )
        yield Band(len(broken) * NOTE.line + 1.5, tuple(marks))


def _item(item: Item) -> Band:
    left = LABEL.margin + BOX + 2
    broken = lines(item.text, ITEM, LABEL.inner - BOX - 2 - COUNT_ROOM, 3)
    style, count = (STRUCK, STRUCK_COUNT) if item.is_struck else (ITEM, COUNT)
    quantity = one_line(item.quantity, count, COUNT_ROOM)
    right = LABEL.width - LABEL.margin - width(quantity, count)
    marks: list[Mark] = [
        Text(left, 1 + ITEM.rise + i * ITEM.line, text, style, item.is_struck)
        for i, text in enumerate(broken)
    ]
    marks.append(Text(right, 1 + ITEM.rise, quantity, count, item.is_struck))
    if not item.is_struck:
        marks.append(Area(LABEL.margin, 1.4, BOX, BOX, is_filled=False))
    height = len(broken) * ITEM.line + 2
    return Band(height, (*marks, Rule(LABEL.margin, height, LABEL.inner)))


def _foot(label: Label, number: int, of: int) -> Band:
    y = LABEL.height - LABEL.margin
    count = _("Label %(number)s of %(labels)s", number=number, labels=of) if of > 1 else ""
    room = width(count, FOOT)
    about = one_line(label.foot, FOOT, LABEL.inner - room - 3)
    right = LABEL.width - LABEL.margin - room
    return Band(0, (Text(LABEL.margin, y, about, FOOT), Text(right, y, count, FOOT)))
