"""The form of zones and their steps: text in, zones and rates or sentences by field out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.admin.settings.rows import rows_sent
from app.catalog.forms import amount_typed
from app.catalog.forms.reading import Fields, cleaned
from app.catalog.rules import slugify
from app.platform.i18n import gettext as _
from app.shop.places import is_pattern
from app.shop.rules import Rate
from app.shop.zones import MOST_STEPS, MOST_ZONES, Basis, Zone

BLANK_STEPS = 2
MOST_GRAMS, MOST_ITEMS = 1_000_000, 100_000
LONGEST = 400
_BETWEEN = re.compile(r"[\s,，、;；]+")


@dataclass
class ZoneForm:
    """`typed` by field name, such as `zone-0-places` and `zone-0-2-fee`; `zones` are how many."""

    typed: dict[str, str]
    zones: int
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, zones: Sequence[Zone], rates: Sequence[Rate], currency: str) -> ZoneForm:
        typed: dict[str, str] = {}
        for row, zone in enumerate(zones):
            at = f"zone-{row}"
            typed |= {
                f"{at}-key": zone.key,
                f"{at}-en": zone.name.get("en", ""),
                f"{at}-zh": zone.name.get("zh-Hans", ""),
                f"{at}-places": ", ".join(zone.places),
                f"{at}-basis": zone.basis.value,
                f"{at}-free": ""
                if zone.free_over is None
                else amount_typed(zone.free_over, currency),
            }
            own = [rate for rate in rates if rate.zone == zone.key]
            for step, rate in enumerate(own):
                is_amount = zone.basis is Basis.AMOUNT
                up_to = amount_typed(rate.up_to, currency) if is_amount else str(rate.up_to)
                typed |= {
                    f"{at}-{step}-to": up_to,
                    f"{at}-{step}-fee": amount_typed(rate.fee, currency),
                }
        return cls(typed, len(zones) + 1)

    @classmethod
    def read(cls, source: Mapping[str, str]) -> ZoneForm:
        typed = {name: cleaned(text)[:LONGEST] for name, text in source.items()}
        return cls(typed, min(rows_sent(typed, "zone"), MOST_ZONES))

    def steps(self, row: int) -> int:
        """How many rows of steps a zone has on the page."""
        filled = [step for step in range(MOST_STEPS) if self.typed.get(f"zone-{row}-{step}-to")]
        return min(max(filled, default=-1) + 1 + BLANK_STEPS, MOST_STEPS)

    def check(self, currency: str) -> tuple[list[Zone], list[Rate]] | None:
        """What is to be kept, or None with `errors` filled. A zone without a name is left out."""
        fields = Fields(self.typed)
        zones: list[Zone] = []
        rates: list[Rate] = []
        for row in range(self.zones):
            zone = self._zone(fields, row, {each.key for each in zones}, currency)
            if zone is not None:
                zones.append(zone)
                rates += self._rates(fields, row, zone, currency)
        self.errors |= fields.errors
        return None if self.errors else (zones, rates)

    def _zone(self, fields: Fields, row: int, taken: set[str], currency: str) -> Zone | None:
        at = f"zone-{row}"
        name = fields.by_language(at)
        if not name:
            return None
        key = self.typed.get(f"{at}-key") or slugify(name.get("en", "")) or "zone"
        while key in taken:
            key += "-2"
        places = [each.upper() for each in _BETWEEN.split(fields.text(f"{at}-places")) if each]
        if not places or not all(map(is_pattern, places)):
            fields.errors[f"{at}-places"] = _("Write *, a country such as CN, or a region: CN-44.")
        basis = fields.text(f"{at}-basis")
        return Zone(
            key,
            name,
            tuple(dict.fromkeys(places)),
            Basis(basis) if basis in set(Basis) else Basis.WEIGHT,
            fields.amount(f"{at}-free", currency),
        )

    def _rates(self, fields: Fields, row: int, zone: Zone, currency: str) -> list[Rate]:
        found = []
        for step in range(MOST_STEPS):
            at = f"zone-{row}-{step}"
            up_to = self._up_to(fields, f"{at}-to", zone.basis, currency)
            fee = fields.amount(f"{at}-fee", currency)
            if up_to is None and fee is None:
                continue
            if not up_to:
                fields.errors.setdefault(f"{at}-to", _("Up to how much? A number above 0."))
            elif fee is None:
                fields.errors.setdefault(f"{at}-fee", _("What does it cost? 0 is free."))
            else:
                found.append(Rate(zone.key, up_to, fee))
        return found

    def _up_to(self, fields: Fields, name: str, basis: Basis, currency: str) -> int | None:
        if basis is Basis.AMOUNT:
            return fields.amount(name, currency)
        most = MOST_GRAMS if basis is Basis.WEIGHT else MOST_ITEMS
        return fields.whole(name, most=most, hint=_("A whole number, such as 3."))
