"""Read what presales need beyond plain fields: instants on the shop's clock, days, percents."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

from app.catalog.forms.reading import Fields
from app.platform.i18n import gettext as _

Choice = TypeVar("Choice", bound=StrEnum)
MOST_PERCENT = 50
YEARS = range(2000, 2200)
_PERCENT = re.compile(r"([0-9]{1,2})(?:\.([0-9]{1,2}))?\s*%?")


class CampaignFields(Fields):
    """Typed texts by name, read for a shop whose clock is `zone`."""

    def __init__(self, texts: Mapping[str, str], zone: ZoneInfo, currency: str) -> None:
        super().__init__(texts)
        self._zone = zone
        self._currency = currency

    def instant(self, name: str) -> datetime | None:
        """A moment typed by the shop's clock, as an instant; None for an empty field.

        An hour that a change of clocks leaves out is read as if the clock had not been changed yet;
        one that comes twice is the first of the two.
        """
        text = self.text(name).replace(" ", "T")
        if not text:
            return None
        try:
            local = datetime.strptime(text[:16], "%Y-%m-%dT%H:%M").replace(tzinfo=self._zone)
        except ValueError:
            local = None
        if local is None or local.year not in YEARS:
            self.errors[name] = _("A day and an hour, such as 2026-11-30 20:00.")
            return None
        return local.astimezone(UTC)

    def day(self, name: str) -> date | None:
        text = self.text(name)
        if not text:
            return None
        try:
            value = date.fromisoformat(text)
        except ValueError:
            value = None
        if value is None or value.year not in YEARS:
            self.errors[name] = _("A day, such as 2026-12-24.")
            return None
        return value

    def minor(self, name: str) -> int | None:
        """Minor units of the shop's currency; None for an empty field."""
        return self.amount(name, self._currency)

    def some(self, name: str) -> int | None:
        """Minor units, more than nothing; None for an empty field."""
        minor = self.minor(name)
        if minor == 0:
            self.errors[name] = _("An amount above nothing, or leave it empty.")
        return minor or None

    def number(self, name: str, *, least: int, most: int) -> int | None:
        """A whole number within limits; None for an empty field."""
        hint = _("A whole number from %(least)s to %(most)s.", least=least, most=most)
        value = self.whole(name, most=most, hint=hint)
        if value is not None and value < least:
            self.errors[name] = hint
            return None
        return value

    def basis_points(self, name: str) -> int:
        """Hundredths of a percent; nothing typed is nought."""
        text = self.text(name)
        if not text:
            return 0
        match = _PERCENT.fullmatch(text)
        value = Decimal(f"{match[1]}.{match[2] or 0}") if match else None
        if value is None or value > MOST_PERCENT:
            self.errors[name] = _("A percentage up to %(most)s, such as 8.", most=MOST_PERCENT)
            return 0
        return int(value * 100)

    def choice(self, name: str, choices: type[Choice], default: Choice) -> Choice:
        text = self.text(name)
        return choices(text) if text in set(choices) else default


def local_text(at: datetime | None, zone: ZoneInfo) -> str:
    """An instant as a field of a form wants it, on the shop's clock."""
    return at.astimezone(zone).strftime("%Y-%m-%dT%H:%M") if at else ""
