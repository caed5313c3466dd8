"""The filters of a list as a page shows them: names in the reader's language, counts, chips."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from app.catalog.materials import MATERIALS
from app.catalog.queries.listing.asking import FACETS, Asked
from app.catalog.queries.listing.counting import PRICE_EDGES, Counts
from app.catalog.rules import COLOUR_NAMES, FACET_NAMES, GARMENT_NAMES, GRADES, MEASUREMENT_NAMES
from app.catalog.sizing import BANDS, Band
from app.platform.configuration import settings
from app.platform.i18n import LazyText, current_locale, lazy_gettext
from app.platform.i18n import gettext as _
from app.platform.money import Money, unit_of
from app.platform.web.formats import money
from app.storefront.listing.address import Address

STOCK_NAMES: Final[Mapping[str, LazyText]] = {
    "in": lazy_gettext("In stock"),
    "presale": lazy_gettext("In presale"),
    "sold": lazy_gettext("Sold"),
}
USUAL_LEAD: Final = ("era",)
OPEN_GROUPS: Final = 3
LEADING_CHIPS: Final = 4
"""Values of each leading facet that stand as chips above the list."""


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a facet. One that would show nothing cannot be chosen, but can be taken back."""

    facet: str
    value: str
    label: str
    count: int
    is_on: bool
    href: str


@dataclass(frozen=True, slots=True)
class Group:
    facet: str
    name: str
    options: tuple[Option, ...]
    is_open: bool

    @property
    def chosen(self) -> int:
        return sum(option.is_on for option in self.options)


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that stands, and the list without it. `count` is what would be there then."""

    label: str
    href: str
    count: int | None = None


def groups(
    address: Address, base: Counts, counts: Counts, leading: Sequence[str]
) -> tuple[Group, ...]:
    """Facets that tell these goods apart, the leading ones first.

    What was worked out of the same counts before is used again, unless it is somebody's own.
    """
    given = (address, base, counts, tuple(leading), current_locale())
    return _groups(*given) if address.asked.body is None else _groups.__wrapped__(*given)


@lru_cache(256)
def _groups(
    address: Address, base: Counts, counts: Counts, leading: tuple[str, ...], _language: str
) -> tuple[Group, ...]:
    order = [*leading, *(facet for facet in (*FACETS, "stock") if facet not in leading)]
    found = []
    for place, facet in enumerate(order):
        options = tuple(_options(facet, address, base, counts))
        if len(options) > 1 or any(option.is_on for option in options):
            chosen = any(option.is_on for option in options)
            found.append(
                Group(facet, str(FACET_NAMES[facet]), options, chosen or place < OPEN_GROUPS)
            )
    return tuple(found)


def leading_chips(shown: Sequence[Group], leading: Sequence[str]) -> tuple[Option, ...]:
    """A few values of each leading facet, those with most goods, in their usual order."""
    chips: list[Option] = []
    for group in shown:
        if group.facet in leading:
            by_count = sorted(group.options, key=lambda one: (not one.is_on, -one.count))
            kept = by_count[: max(LEADING_CHIPS, group.chosen)]
            chips += [option for option in group.options if option in kept]
    return tuple(chips)


def applied(address: Address) -> tuple[Chip, ...]:
    """Every filter that stands, each with the way back."""
    found = [
        Chip(label_of(facet, value), str(address.without(facet, value)))
        for facet in (*FACETS, "stock")
        for value in address.asked.of(facet)
    ]
    if address.asked.body is not None:
        found.append(Chip(_("Fits me"), str(address.without("fits"))))
    if address.asked.has_price:
        found.append(Chip(price_label(address.asked), str(address.without("price"))))
    return tuple(found)


def ways_out(address: Address) -> list[tuple[Chip, Asked]]:
    """For a list that is empty: each filter, and what is asked without it."""
    without = [
        address.without(facet, value)
        for facet in (*FACETS, "stock")
        for value in address.asked.of(facet)
    ]
    without += [address.without("fits")] if address.asked.body is not None else []
    without += [address.without("price")] if address.asked.has_price else []
    chips = applied(address)
    return [(chip, other.asked) for chip, other in zip(chips, without, strict=True)]


def label_of(facet: str, value: str) -> str:
    """A value as people say it."""
    if facet == "size":
        return band_label(BANDS[value])
    if facet == "grade":
        return _("Grade %(grade)s", grade=value)
    names: Mapping[str, Callable[[str], LazyText]] = {
        "garment": GARMENT_NAMES.__getitem__,
        "material": lambda key: MATERIALS[key][0],
        "stock": STOCK_NAMES.__getitem__,
    }
    if facet == "colour":
        return str(COLOUR_NAMES.get(value, value))
    return str(names[facet](value)) if facet in names else value


def band_label(band: Band) -> str:
    """`Chest 96–104 cm`, as a tape says it."""
    part = str(MEASUREMENT_NAMES[band.part])
    if band.low is None:
        return _("%(part)s under %(most)s cm", part=part, most=(band.high or 0) // 10)
    if band.high is None:
        return _("%(part)s from %(least)s cm", part=part, least=band.low // 10)
    return _(
        "%(part)s %(least)s–%(most)s cm", part=part, least=band.low // 10, most=band.high // 10
    )


def price_label(asked: Asked) -> str:
    """`¥200 – ¥500`, or one end of it."""
    low, high = (_amount(minor) for minor in (asked.low, asked.high))
    if not low:
        return _("up to %(amount)s", amount=high)
    return _("from %(amount)s", amount=low) if not high else f"{low} – {high}"


def price_columns(counts: Counts) -> dict[str, object]:
    """What `ui.columns` needs to draw how prices lie."""
    last = max((at for at, count in enumerate(counts.prices) if count), default=0)
    values = counts.prices[: last + 1]
    unit = unit_of(settings().currency)
    end = _amount(PRICE_EDGES[min(last, len(PRICE_EDGES) - 1)] * unit)
    is_open = last == len(PRICE_EDGES)
    return {
        "values": values,
        "first": _amount(0),
        "last": _("over %(amount)s", amount=end) if is_open else end,
    }


def _options(facet: str, address: Address, base: Counts, counts: Counts) -> list[Option]:
    """In the order people expect: a list's own, else decades in time, brands by how many."""
    chosen, now = address.asked.of(facet), counts.of(facet)
    values = {*base.of(facet), *now, *chosen}
    known = _order_of(facet)
    if facet == "stock":
        values = {value for value in values if base.of(facet).get(value) or value in chosen}
    if known:
        ordered = [value for value in known if value in values]
        ordered += sorted(values.difference(known))
    elif facet == "brand":
        ordered = sorted(values, key=lambda one: (-base.of(facet).get(one, 0), one.lower()))
    else:
        ordered = sorted(values)
    return [_option(facet, value, address, now.get(value, 0)) for value in ordered]


def _option(facet: str, value: str, address: Address, count: int) -> Option:
    is_on = value in address.asked.of(facet)
    other = address.without(facet, value) if is_on else address.with_value(facet, value)
    return Option(facet, value, label_of(facet, value), count, is_on, str(other))


def _order_of(facet: str) -> tuple[str, ...]:
    return {
        "garment": tuple(GARMENT_NAMES),
        "grade": tuple(GRADES),
        "size": tuple(BANDS),
        "colour": tuple(COLOUR_NAMES),
        "material": tuple(MATERIALS),
        "stock": tuple(STOCK_NAMES),
    }.get(facet, ())


def _amount(minor: int | None) -> str:
    return "" if minor is None else money(Money(minor, settings().currency))
