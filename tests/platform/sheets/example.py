"""A small sheet with one cell of every kind, and the texts people hurt spreadsheets with."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.platform.money import Money
from app.platform.sheets.table import Block, Column, Kind, Place, Row, Section, Sheet

# A quarter past one at night in Shanghai, when it is still Sunday in UTC.
AT = datetime(2026, 11, 29, 17, 15, 42, tzinfo=UTC)
PRICE = Money(128050, "CNY")
COLUMNS = (
    Column("", Kind.BOX, Place.PAPER),
    Column("№", Kind.COUNT, is_strong=True, is_said_once=True),
    Column("Name", is_said_once=True),
    Column("Phone", place=Place.FILE),
    Column("Paid", Kind.MONEY, is_summed=True),
    Column("Pieces", Kind.COUNT, is_summed=True),
    Column("Paid at", Kind.INSTANT, Place.FILE),
    Column("Due on", Kind.DAY, Place.FILE),
)
HOSTILE = (
    "=HYPERLINK(\"http://x.example\",\"prize\")",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "  =1+1",
    "＝1+1",
    "harmless;=1+1;",
    "harmless\n=1+1",
    "{=1+1}",
    "https://x.example/",
    "mailto:a@x.example",
    "00123",
    "1e5",
    "13800000012",
    "_x0041_",
    "</t></is></c><f>1+1</f>",
    "\N{RIGHT-TO-LEFT OVERRIDE}evil\N{POP DIRECTIONAL FORMATTING} \N{ARABIC LETTER MARK}",
    "👩‍👩‍👧 🙏🏽",
    "first\r\nsecond\rthird\u2028fourth",
    "NUL \x00 and bell \x07 and lone \ud83d surrogate",
    "长" * 2000,
    "x" * 40_000,
    "🙏" * 20_000,
    "'quoted",
    " ",
)  # fmt: skip


def row(
    number=1,
    name="林小满",
    phone="13800000012",
    *,
    paid=PRICE,
    pieces=2,
    paid_at=AT,
    due_on=date(2026, 12, 1),
    is_struck=False,
):
    cells = (None, number, name, phone, paid, pieces, paid_at, due_on)
    return Row(cells, is_struck=is_struck)


def sheet(*sections, **changes):
    """A sheet of these sections, or of one section with these rows."""
    if all(isinstance(each, Row) for each in sections):
        sections = (Section("North gate", tuple(Block((each,)) for each in sections)),)
    described: dict[str, Any] = {
        "title": "Packing sheet",
        "facts": (("Campaign", "京都染坊复刻衬衫"),),
        "columns": COLUMNS,
        "sections": sections,
        "currency": "CNY",
        "printed_at": AT,
        "zone": ZoneInfo("Asia/Shanghai"),
    }
    return Sheet(**(described | changes))
