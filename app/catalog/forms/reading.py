"""Read single fields: untrusted text in, a value or a sentence beside the field out."""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.platform.i18n import gettext as _
from app.platform.money import NotAnAmount, parse_money

LANGUAGES = (("en", "en"), ("zh", "zh-Hans"))
"""How a field's name ends for each language, and the language's tag."""

LONGEST_TEXT = 20_000
MOST_GRAMS = 1_000_000
MOST_UNITS = 100_000
MOST_MILLIMETRES = 5_000
YEARS = range(1500, 2200)
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_CENTIMETRES = re.compile(r"([0-9]{1,4})(?:[.,]([0-9]))?(?:\s*(?:cm|厘米))?")
_FULL_WIDTH = {0xFF01 + offset: 0x21 + offset for offset in range(94)} | {ord("。"): "."}


def cleaned(text: str) -> str:
    """What was typed, without what cannot be seen or stored."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNPRINTABLE.sub("", plain).strip()[: LONGEST_TEXT + 1]


class Fields:
    """Typed texts by name, and what is wrong with them."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = texts
        self.errors: dict[str, str] = {}

    def text(self, name: str) -> str:
        return self.texts.get(name, "")

    def line(self, name: str, most: int = 120) -> str:
        """One line of at most `most` characters."""
        return self._limited(name, " ".join(self.text(name).split()), most)

    def by_language(self, name: str, most: int = 120, *, lines: bool = False) -> dict[str, str]:
        """The languages that were filled in; `lines` keeps line breaks."""
        found: dict[str, str] = {}
        for ending, language in LANGUAGES:
            field = f"{name}-{ending}"
            value = self._whole_text(field, most) if lines else self.line(field, most)
            if value:
                found[language] = value
        return found

    def in_one_or_two(self, name: str, most: int = 60) -> str | dict[str, str]:
        """A word that is the same in both languages, or one for each."""
        texts = self.by_language(name, most)
        different = dict.fromkeys(texts.values())
        return texts if len(different) > 1 else next(iter(different), "")

    def amount(self, name: str, currency: str) -> int | None:
        """Minor units; None for an empty field."""
        if not self.text(name):
            return None
        try:
            return parse_money(self.text(name), currency).minor
        except NotAnAmount:
            self.errors[name] = _("Write an amount such as 1280 or 1280.50.")
            return None

    def millimetres(self, name: str) -> int | None:
        """From centimetres with at most one decimal; None for an empty field."""
        text = self.text(name).translate(_FULL_WIDTH).strip()
        if not text:
            return None
        found = _CENTIMETRES.fullmatch(text)
        value = int(found[1]) * 10 + int(found[2] or 0) if found else 0
        if not 0 < value <= MOST_MILLIMETRES:
            self.errors[name] = _("Centimetres with at most one decimal, such as 52.5.")
            return None
        return value

    def grams(self, name: str) -> int:
        return self.whole(name, most=MOST_GRAMS, hint=_("Whole grams, such as 950.")) or 0

    def units(self, name: str) -> int | None:
        return self.whole(name, most=MOST_UNITS, hint=_("A whole number, such as 3."))

    def year(self, name: str) -> int | None:
        hint = _("Four digits, such as 1974.")
        value = self.whole(name, most=YEARS.stop - 1, hint=hint)
        if value is not None and value not in YEARS:
            self.errors[name] = hint
            return None
        return value

    def whole(self, name: str, *, most: int, hint: str) -> int | None:
        """A whole number up to `most`; None for an empty field, `hint` when it is none."""
        text = self.text(name).translate(_FULL_WIDTH).replace(" ", "")
        if not text:
            return None
        if not (text.isascii() and text.isdecimal()) or len(text) > len(str(most)):
            self.errors[name] = hint
            return None
        if int(text) > most:
            self.errors[name] = hint
            return None
        return int(text)

    def _whole_text(self, name: str, most: int) -> str:
        return self._limited(name, self.text(name), most)

    def _limited(self, name: str, text: str, most: int) -> str:
        if len(text) > most:
            self.errors[name] = _("At most %(most)s characters.", most=most)
        return text[:most]
