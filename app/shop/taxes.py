"""Which tax is in or on a price where it goes. Pure; docs/pricing.md has the rules and tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from app.platform.errors import Invalid
from app.platform.i18n import gettext as _
from app.platform.money import Money
from app.shop.places import Place, fit, is_pattern

STEPS = 1000
"""A percentage is kept in thousandths: 13 % is 13000."""
MOST_PERCENT = 100 * STEPS
MOST_CLASSES, MOST_RATES = 20, 200


@dataclass(frozen=True, slots=True)
class Tax:
    """`percent` hundredths of a net price, in thousandths of one; `is_included` in what is shown,
    or else added to it.
    """

    percent: int
    is_included: bool

    def of(self, amount: Money) -> Money:
        """The tax in an amount that includes it, or on one that does not."""
        if not self.is_included:
            return amount.percent(Decimal(self.percent) / STEPS)
        doubled = 2 * amount.minor * self.percent
        whole = MOST_PERCENT + self.percent
        return Money((doubled + whole) // (2 * whole), amount.currency)


@dataclass(frozen=True, slots=True)
class Taxes:
    """The taxes of one place by class; a class that is not there is not taxed. The class of what
    names none of the `known` is `usual`, that of delivery `delivery`.
    """

    by_class: Mapping[str, Tax] = field(default_factory=dict)
    usual: str = ""
    delivery: str = ""
    known: frozenset[str] = frozenset()

    def on_goods(self, tax_class: str) -> Tax | None:
        return self.by_class.get(tax_class if tax_class in self.known else self.usual)

    @property
    def on_delivery(self) -> Tax | None:
        return self.by_class.get(self.delivery)


UNTAXED = Taxes()


@dataclass(frozen=True, slots=True)
class TaxClass:
    """Goods taxed alike. The first class is that of whatever names none."""

    key: str
    name: Mapping[str, str]
    is_of_delivery: bool = False


@dataclass(frozen=True, slots=True)
class TaxRate:
    """What a class is taxed at in the places of a pattern (`app.shop.places`)."""

    tax_class: str
    place: str
    tax: Tax


@dataclass(frozen=True, slots=True)
class TaxTable:
    classes: tuple[TaxClass, ...] = ()
    rates: tuple[TaxRate, ...] = ()

    def at(self, place: Place) -> Taxes:
        """Of several rates of a class that whose pattern names the place most closely."""
        if not self.rates:
            return UNTAXED
        ordered = sorted(self.rates, key=lambda rate: fit(rate.place, place))
        return Taxes(
            {rate.tax_class: rate.tax for rate in ordered if fit(rate.place, place) >= 0},
            usual=self.classes[0].key,
            delivery=next((each.key for each in self.classes if each.is_of_delivery), ""),
            known=frozenset(each.key for each in self.classes),
        )


def fit_taxes(table: TaxTable) -> TaxTable:
    """The table itself when it can be kept; raises Invalid."""
    keys = [each.key for each in table.classes]
    wrong: dict[str, str] = {}
    if len(set(keys)) < len(keys) or len(keys) > MOST_CLASSES:
        wrong["classes"] = _("Each class once, and at most %(most)s.", most=MOST_CLASSES)
    if sum(each.is_of_delivery for each in table.classes) > 1:
        wrong["delivery"] = _("Delivery belongs to one class.")
    if not all(any(each.name.values()) for each in table.classes):
        wrong["classes"] = _("A class needs a name.")
    if wrong := wrong | _wrong_rates(table.rates, set(keys)):
        raise Invalid(wrong)
    return table


def _wrong_rates(rates: Sequence[TaxRate], keys: set[str]) -> dict[str, str]:
    if len(rates) > MOST_RATES or any(rate.tax_class not in keys for rate in rates):
        return {"rates": _("A rate belongs to a class of the table.")}
    if not all(is_pattern(rate.place) for rate in rates):
        return {"rates": _("A place is *, a country such as CN, or a region such as CN-44.")}
    if any(not 0 <= rate.tax.percent <= MOST_PERCENT for rate in rates):
        return {"rates": _("A rate lies between 0 and 100 percent.")}
    if any(times > 1 for times in Counter((each.tax_class, each.place) for each in rates).values()):
        return {"rates": _("A class has one rate in a place.")}
    return {}
