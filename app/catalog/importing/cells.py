"""Turn the cells of one record into values; what cannot be turned is noted, never guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar
from urllib.parse import urlsplit

from app.catalog.importing.records import ImageSource, RowError
from app.catalog.importing.rows import Row
from app.platform.i18n import gettext as _
from app.platform.money import Money, NotAnAmount, parse_money

Value = TypeVar("Value")
MAX_WORDS = 255
MAX_ADDRESS = 2048
MAX_GRAMS = 1_000_000
MAX_QUANTITY = 1_000_000
YES_OR_NO: Mapping[str, bool] = {
    **dict.fromkeys(("true", "yes", "1"), True),
    **dict.fromkeys(("false", "no", "0"), False),
}
_WHOLE = re.compile(r"([+-]?)(\d{1,9})(?:\.0*)?")
_DECIMAL = re.compile(r"(\d{1,9})(?:\.(\d{1,9}))?")
_LOCAL_PATH = re.compile(r"[^\x00-\x1f\\:*?\"<>|]{1,255}")


class CellReader:
    """Reads one record and gathers in `problems` what is wrong with it."""

    def __init__(self, row: Row, currency: str) -> None:
        self.row = row
        self.problems: list[RowError] = []
        self._currency = currency

    @property
    def is_usable(self) -> bool:
        """Whether nothing was found for which the record must be left out."""
        return not any(problem.is_left_out for problem in self.problems)

    def note(self, column: str, message: str, *, leave_out: bool = True) -> None:
        name = self.row.spelled(column)
        self.problems.append(RowError(self.row.number, name, message, leave_out))

    def cut(self, column: str) -> str:
        """One line, of which the first MAX_WORDS characters are enough."""
        return " ".join(self.row.text(column).split())[:MAX_WORDS]

    def words(self, column: str) -> str:
        """One line of at most MAX_WORDS characters; a longer one is noted."""
        text = " ".join(self.row.text(column).split())
        if len(text) > MAX_WORDS:
            self.note(column, _("Longer than %(most)s characters.", most=MAX_WORDS))
        return text

    def code(self, column: str) -> str:
        """A SKU or barcode, without the apostrophe that keeps a spreadsheet from counting it."""
        return self.words(column).removeprefix("'").strip()

    def price(self, column: str) -> Money | None:
        """An exact amount of the currency, None for an empty cell."""
        text = self.row.text(column)
        if not text:
            return None
        try:
            return parse_money(text, self._currency)
        except NotAnAmount:
            message = _("“%(text)s” is not a price. Write it as 1280.00.", text=text[:40])
            self.note(column, message)
            return None

    def required_price(self, column: str) -> Money:
        """The amount; when there is none that is noted, and nothing stands in its place."""
        if not self.row.text(column):
            self.note(column, _("The price is missing."))
        return self.price(column) or Money.zero(self._currency)

    def quantity(self, column: str) -> int:
        """A whole number; sold below nothing counts as nothing and is noted."""
        text = self.row.text(column)
        found = _WHOLE.fullmatch(text or "0")
        if found is None or int(found.group(2)) > MAX_QUANTITY:
            self.note(column, _("“%(text)s” is not a whole number.", text=text[:40]))
            return 0
        if found.group(1) == "-" and int(found.group(2)):
            self.note(column, _("Fewer than none in stock; read as 0."), leave_out=False)
            return 0
        return int(found.group(2))

    def grams(self, column: str) -> int | None:
        """Whole grams, half a gram up; None for an empty cell."""
        text = self.row.text(column)
        if not text:
            return None
        found = _DECIMAL.fullmatch(text)
        grams = int(found.group(1)) + ((found.group(2) or "0") >= "5") if found else MAX_GRAMS + 1
        if grams > MAX_GRAMS:
            self.note(column, _("“%(text)s” is not a weight in grams.", text=text[:40]))
            return None
        return grams

    def place(self, column: str) -> int | None:
        """A position from 1 on; None when empty or not one, for order in the file then decides."""
        text = self.row.text(column)
        if not text:
            return None
        found = _WHOLE.fullmatch(text)
        if found is None or found.group(1) == "-" or not int(found.group(2)):
            message = _("“%(text)s” is not a position; the order of rows is used.", text=text[:40])
            self.note(column, message, leave_out=False)
            return None
        return int(found.group(2))

    def choice(self, column: str, choices: Mapping[str, Value], *, empty: Value) -> Value:
        """One of the words, in any case; another is noted and read like an empty cell."""
        text = self.row.text(column).lower()
        if text and text not in choices:
            self.note(column, _("“%(text)s” is not one of the values here.", text=text[:40]))
        return choices.get(text, empty)

    def image(self, column: str) -> ImageSource | None:
        """An http(s) address or a path below the file's own folder; None when empty or neither."""
        text = self.row.text(column)
        return self.source(text, column) if text else None

    def source(self, text: str, column: str) -> ImageSource | None:
        """The same of a text that is only part of its cell."""
        source = _address(f"https:{text}" if text.startswith("//") else text)
        if source is None:
            message = _(
                "“%(text)s” is neither a web address nor a file beside this one.", text=text[:80]
            )
            self.note(column, message, leave_out=False)
        return source


def _address(text: str) -> ImageSource | None:
    if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", text):
        return ImageSource(text, is_local=False) if _is_web(text) else None
    inside = _LOCAL_PATH.fullmatch(text) and not text.startswith(("/", "~"))
    if not inside or ".." in text.split("/"):
        return None
    return ImageSource(text, is_local=True)


def _is_web(text: str) -> bool:
    if len(text) > MAX_ADDRESS or re.search(r"[\s\x00-\x1f<>\"\\]", text):
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme.lower() in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False
