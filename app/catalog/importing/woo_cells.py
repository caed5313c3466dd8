"""Cells as WooCommerce writes them: escaped commas and line ends, weights in some unit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from app.catalog.importing.cells import MAX_GRAMS, MAX_WORDS, CellReader
from app.catalog.importing.woo_columns import GRAMS, WEIGHT, Woo
from app.platform.i18n import gettext as _
from app.platform.money import Money

_SEPARATOR = re.compile(r"(?<!\\),")
_LINE_END = re.compile(r"\\(\\n|n)")
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ T].*)?")
_DIGITS = re.compile(r"\d{1,9}(?:\.\d{1,9})?|\.\d{1,9}")


def unescaped(cell: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from computing the cell."""
    return cell[1:] if cell[:2] in {"'=", "'+", "'-", "'@"} else cell


def listed(text: str) -> list[str]:
    """The parts of a cell; a comma that belongs to one has a backslash before it."""
    parts = (" ".join(part.replace("\\,", ",").split()) for part in _SEPARATOR.split(text))
    return [part[:MAX_WORDS] for part in parts if part]


def long_text(text: str) -> str:
    return _LINE_END.sub(lambda found: "\\n" if found[1] == "\\n" else "\n", text)


def grams(reader: CellReader) -> int | None:
    """Whole grams of the first unit that the file has a column for; None for an empty cell."""
    for unit, factor in GRAMS.items():
        column = WEIGHT.format(unit=unit)
        text = reader.row.text(column)
        if not text:
            continue
        exact = Decimal(text) * Decimal(factor) if _DIGITS.fullmatch(text) else None
        if exact is None or exact > MAX_GRAMS:
            message = _("“%(text)s” is not a weight in %(unit)s.", text=text[:40], unit=unit)
            reader.note(column, message)
            return None
        try:
            return int(exact.quantize(Decimal(1), ROUND_HALF_UP))
        except InvalidOperation:
            return None
    return None


def prices(reader: CellReader, now: datetime) -> tuple[Money, Money | None]:
    """(price now, price before): the sale price is the price while the sale lasts."""
    regular = reader.required_price(Woo.REGULAR_PRICE)
    sale = reader.price(Woo.SALE_PRICE)
    if sale is None or sale >= regular or not _is_on(reader, now.date()):
        return regular, None
    return sale, regular


def quantity(reader: CellReader, states: Mapping[str, bool]) -> int | None:
    """None when the stock is not counted; nothing when it is said to be out."""
    text = reader.row.text(Woo.STOCK)
    is_in_stock = reader.choice(Woo.IN_STOCK, states, empty=True)
    if text and text.lower() != "parent":
        return reader.quantity(Woo.STOCK)
    return None if is_in_stock else 0


def _is_on(reader: CellReader, today: date) -> bool:
    starts, ends = _day(reader, Woo.SALE_STARTS), _day(reader, Woo.SALE_ENDS)
    return (starts is None or starts <= today) and (ends is None or today <= ends)


def _day(reader: CellReader, column: str) -> date | None:
    text = reader.row.text(column)
    found = _DAY.fullmatch(text)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None
    finally:
        if text and not found:
            reader.note(column, _("“%(text)s” is not a day such as 2026-11-30.", text=text[:40]))
