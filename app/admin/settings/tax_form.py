"""The form of classes and rates: text in, a table or sentences beside the fields out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.admin.settings.rows import rows_sent
from app.catalog.forms.reading import cleaned
from app.catalog.rules import slugify
from app.orders.tax_words import percent
from app.platform.i18n import gettext as _
from app.shop.places import EVERYWHERE, is_pattern
from app.shop.taxes import MOST_PERCENT, STEPS, Tax, TaxClass, TaxRate, TaxTable

BLANK = 2
"""Empty rows at the end, to be filled in without a script."""
MOST = 60
ADDED, INCLUDED = "added", "included"
LONGEST = 60
_PERCENT = re.compile(r"([0-9]{1,3})(?:[.,]([0-9]{1,3}))?")


@dataclass
class TaxForm:
    """`typed` by field name; `classes` and `rates` are how many rows there are."""

    typed: dict[str, str]
    classes: int
    rates: int
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, table: TaxTable) -> TaxForm:
        typed: dict[str, str] = {}
        for row, each in enumerate(table.classes):
            typed |= {
                f"class-{row}-key": each.key,
                f"class-{row}-en": each.name.get("en", ""),
                f"class-{row}-zh": each.name.get("zh-Hans", ""),
            }
            if each.is_of_delivery:
                typed["delivery"] = str(row)
        for row, rate in enumerate(table.rates):
            typed |= {
                f"rate-{row}-class": rate.tax_class,
                f"rate-{row}-place": rate.place,
                f"rate-{row}-percent": percent(rate.tax.percent),
                f"rate-{row}-how": INCLUDED if rate.tax.is_included else ADDED,
            }
        return cls(typed, len(table.classes) + BLANK, len(table.rates) + BLANK)

    @classmethod
    def read(cls, source: Mapping[str, str]) -> TaxForm:
        typed = {name: cleaned(text)[:LONGEST] for name, text in source.items()}
        classes, rates = (min(rows_sent(typed, kind), MOST) for kind in ("class", "rate"))
        return cls(typed, classes, rates)

    def check(self) -> TaxTable | None:
        """What is to be kept, or None with `errors` filled."""
        classes: list[TaxClass] = []
        for row in range(self.classes):
            found = self._class(row, {each.key for each in classes})
            if found:
                classes.append(found)
        rates = [rate for row in range(self.rates) if (rate := self._rate(row, classes))]
        return None if self.errors else TaxTable(tuple(classes), tuple(rates))

    def _class(self, row: int, taken: set[str]) -> TaxClass | None:
        name = {
            language: text
            for ending, language in (("en", "en"), ("zh", "zh-Hans"))
            if (text := self.typed.get(f"class-{row}-{ending}", ""))
        }
        if not name:
            return None
        key = self.typed.get(f"class-{row}-key") or slugify(name.get("en", "")) or "class"
        while key in taken:
            key += "-2"
        return TaxClass(key, name, is_of_delivery=self.typed.get("delivery") == str(row))

    def _rate(self, row: int, classes: list[TaxClass]) -> TaxRate | None:
        at = f"rate-{row}"
        text = self.typed.get(f"{at}-percent", "").removesuffix("%").strip()
        if not text:
            return None
        value = self._percent(f"{at}-percent", text)
        place = self.typed.get(f"{at}-place", "").upper() or EVERYWHERE
        if not is_pattern(place):
            self.errors[f"{at}-place"] = _("Write *, a country such as CN, or a region: CN-44.")
        tax_class = self.typed.get(f"{at}-class", "") or (classes[0].key if classes else "")
        if tax_class not in {each.key for each in classes}:
            self.errors[f"{at}-class"] = _("Name a class first, then give it a rate.")
        is_included = self.typed.get(f"{at}-how") != ADDED
        return TaxRate(tax_class, place, Tax(value, is_included))

    def _percent(self, name: str, text: str) -> int:
        found = _PERCENT.fullmatch(text)
        value = int(found[1]) * STEPS + int((found[2] or "").ljust(3, "0")) if found else -1
        if not 0 <= value <= MOST_PERCENT:
            self.errors[name] = _("A percentage from 0 to 100, such as 13 or 7.5.")
            return 0
        return value
