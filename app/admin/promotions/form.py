"""The form of a promotion: untrusted text in, a draft or a sentence beside each field out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from app.admin.presales.form.reading import CampaignFields, local_text
from app.catalog.forms import amount_typed
from app.catalog.forms.item import texts_typed
from app.catalog.forms.reading import cleaned
from app.marketing.commands.promotions import Draft
from app.marketing.models import Promotion, PromotionKind
from app.marketing.rules import Terms
from app.platform.configuration import settings
from app.platform.i18n import gettext as _

TIERS = 4
"""How many steps of “spend and save” the form has room for."""

MOST_UNITS = 99
MOST_USES = 1_000_000
WHOLE = Decimal(100)
FINEST = Decimal("0.01")


@dataclass
class PromotionForm:
    """What was typed is kept whatever happens; `check` makes a draft of it."""

    typed: dict[str, str]
    chosen: tuple[int, ...] = ()
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def blank(cls, now: datetime) -> PromotionForm:
        return cls(
            {
                "kind": PromotionKind.PERCENT,
                "needs_code": "1",
                "percent_given": "100",
                "starts_at": local_text(now, settings().zone),
            }
        )

    @classmethod
    def read(cls, source: Mapping[str, str], chosen: Iterable[str]) -> PromotionForm:
        ids = [text for text in chosen if text.isascii() and text.isdecimal() and len(text) < 19]  # noqa: PLR2004  (digits of a row's id)
        typed = {name: cleaned(text)[:200] for name, text in source.items()}
        return cls(typed, tuple(dict.fromkeys(int(text) for text in ids))[:100])

    @classmethod
    def of(cls, promotion: Promotion) -> PromotionForm:
        """The form as it would have been filled in for this promotion."""
        zone, terms = settings().zone, Terms.read(promotion.terms)
        given = promotion.kind == PromotionKind.BUY_AND_GET
        percent = f"{terms.percent.normalize():f}" if terms.percent else ""
        typed = {
            **texts_typed("name", promotion.name),
            "kind": promotion.kind,
            "percent": "" if given else percent,
            "percent_given": percent if given else "100",
            "most": _amount(terms.most),
            "amount": _amount(terms.amount or None),
            "buy": str(terms.buy or ""),
            "get": str(terms.get or ""),
            "times": str(terms.times or ""),
            "needs_code": "1" if promotion.needs_code else "",
            "combines": "1" if promotion.combines else "",
            "with_presales": "1" if promotion.with_presales else "",
            "min_spend": _amount(promotion.min_spend or None),
            "starts_at": local_text(promotion.starts_at, zone),
            "ends_at": local_text(promotion.ends_at, zone),
            "max_uses": str(promotion.max_uses or ""),
            "max_per_person": str(promotion.max_per_person or ""),
            "budget": _amount(promotion.budget),
        }
        for place, (reached, off) in enumerate(terms.tiers, start=1):
            typed[f"reached-{place}"], typed[f"off-{place}"] = _amount(reached), _amount(off)
        return cls(typed, tuple(promotion.collections.get("ids", ())))

    @property
    def kind(self) -> PromotionKind:
        text = self.typed.get("kind", "")
        return PromotionKind(text) if text in set(PromotionKind) else PromotionKind.PERCENT

    def ticked(self, name: str) -> bool:
        return self.typed.get(name) == "1"

    def check(self, known_collections: Iterable[int], *, now: datetime) -> Draft | None:
        """The draft, or None with `errors` filled."""
        fields = CampaignFields(self.typed, settings().zone, settings().currency)
        fields.errors = self.errors
        name = fields.by_language("name", 60)
        if not name:
            self.errors["name-en"] = _("A name in at least one language: shoppers read it.")
        terms = self._terms(fields)
        starts_at = fields.instant("starts_at") or now
        ends_at = fields.instant("ends_at")
        if ends_at is not None and ends_at <= starts_at:
            self.errors.setdefault("ends_at", _("It must end after it begins."))
        limits = {
            "max_uses": fields.number("max_uses", least=1, most=MOST_USES),
            "max_per_person": fields.number("max_per_person", least=1, most=MOST_UNITS),
        }
        min_spend, budget = fields.minor("min_spend") or 0, fields.minor("budget")
        if self.errors:
            return None
        known = set(known_collections)
        return Draft(
            name=name, kind=self.kind, terms=terms, needs_code=self.ticked("needs_code"),
            starts_at=starts_at, ends_at=ends_at, combines=self.ticked("combines"),
            with_presales=self.ticked("with_presales"), min_spend=min_spend, budget=budget,
            collections=tuple(each for each in self.chosen if each in known), **limits,
        )  # fmt: skip

    def _terms(self, fields: CampaignFields) -> Terms:
        read = {
            PromotionKind.PERCENT: self._percentage,
            PromotionKind.FIXED: self._fixed,
            PromotionKind.SPEND_AND_SAVE: self._tiers,
            PromotionKind.BUY_AND_GET: self._given,
        }.get(self.kind)
        return read(fields) if read else Terms()

    def _percentage(self, fields: CampaignFields) -> Terms:
        return Terms(percent=self._percent("percent"), most=fields.minor("most"))

    def _fixed(self, fields: CampaignFields) -> Terms:
        amount = fields.minor("amount") or 0
        if not amount:
            self.errors.setdefault("amount", _("Please say how much is taken off."))
        return Terms(amount=amount)

    def _tiers(self, fields: CampaignFields) -> Terms:
        found: list[tuple[int, int]] = []
        for place in range(1, TIERS + 1):
            reached, off = fields.minor(f"reached-{place}"), fields.minor(f"off-{place}")
            if reached is None and off is None:
                continue
            if not reached or not off or off > reached:
                self.errors.setdefault(
                    f"off-{place}", _("From an amount, something off that is not more than it.")
                )
                continue
            found.append((reached, off))
        if not found:
            self.errors.setdefault("reached-1", _("At least one step, such as 300 and 30."))
        rising = sorted(dict(found).items())
        if len(rising) < len(found) or any(
            later[1] <= earlier[1] for earlier, later in pairwise(rising)
        ):
            self.errors.setdefault("reached-1", _("A higher step must take more off than a lower."))
        return Terms(tiers=tuple(rising))

    def _given(self, fields: CampaignFields) -> Terms:
        buy = fields.number("buy", least=1, most=MOST_UNITS)
        get = fields.number("get", least=1, most=MOST_UNITS)
        for name, value in (("buy", buy), ("get", get)):
            if value is None:
                self.errors.setdefault(name, _("A whole number, such as 2."))
        return Terms(
            buy=buy or 0, get=get or 0, times=fields.number("times", least=1, most=MOST_UNITS),
            percent=self._percent("percent_given"),
        )  # fmt: skip

    def _percent(self, name: str) -> Decimal:
        """More than nothing, at most all, two decimals at most."""
        text = self.typed.get(name, "").rstrip("% ")
        try:
            value = Decimal(text) if len(text) <= len("100.00") else Decimal(0)
        except InvalidOperation:
            value = Decimal(0)
        if not (value.is_finite() and 0 < value <= WHOLE and value == value.quantize(FINEST)):
            self.errors[name] = _("A percentage up to 100, such as 20 or 12.5.")
            return Decimal(0)
        return value


def _amount(minor: int | None) -> str:
    return "" if minor is None else amount_typed(minor, settings().currency)
