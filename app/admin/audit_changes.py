"""What an entry of the record says was before and after, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.admin.words import ATTENTION, ROLES
from app.fulfilment.carriers.companies import company_name
from app.platform.configuration import settings
from app.platform.i18n import LazyText, lazy_gettext
from app.platform.i18n import gettext as _
from app.platform.money import Money
from app.platform.web.formats import money
from app.shop.models import Role


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that was said; `before` or `after` is empty when the entry does not tell it."""

    name: str
    before: str
    after: str


def changes(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> list[Change]:
    """In the order they were written down."""
    was, became = before or {}, after or {}
    return [
        Change(_name(key), _said(key, was.get(key)), _said(key, became.get(key)))
        for key in dict.fromkeys([*was, *became])
        if key not in _NOBODY_READS
    ]


def _name(key: str) -> str:
    if key.isdecimal():
        return f"{_NAMES['sku']} {key}"
    return str(_NAMES.get(key, key.replace("_", " ")))


def _said(key: str, value: Any) -> str:
    """A value as a person would say it; lists and tables by their parts."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return "; ".join(_said(key, part) for part in value) or _("none")
    if isinstance(value, Mapping):
        return ", ".join(_parts(value))
    saying = _SAYINGS.get(key)
    return saying(value) if saying else str(value)


def _parts(table: Mapping[str, Any]) -> Iterator[str]:
    for key, value in table.items():
        if key.isdecimal():
            yield f"× {value}"
        else:
            yield f"{_name(key)} {_said(key, value)}"


def _amount(minor: Any) -> str:
    return money(Money(minor, settings().currency)) if isinstance(minor, int) else str(minor)


def _role(value: Any) -> str:
    known = value in Role.__members__.values()
    return str(ROLES[Role(value)][0]) if known else str(value)


_NOBODY_READS = {"link", "location", "merchant", "version"}
"""Rows' own keys, which say nothing to a person."""
_SAYINGS: Mapping[str, Callable[[Any], str]] = {
    "amount": _amount,
    "fee": _amount,
    "attention": lambda value: str(ATTENTION.get(value, value)),
    "carrier": lambda value: company_name(str(value)),
    "role": _role,
    "state": lambda value: str(_WORDS.get(value, value)).replace("_", " "),
    "cause": lambda value: str(_WORDS.get(value, value)).replace("_", " "),
}
_NAMES: Mapping[str, LazyText] = {
    "amount": lazy_gettext("amount"),
    "attention": lazy_gettext("needs a look"),
    "cancelled": lazy_gettext("taken off"),
    "cap": lazy_gettext("at most"),
    "carrier": lazy_gettext("carrier"),
    "cause": lazy_gettext("because of"),
    "change": lazy_gettext("change"),
    "collection": lazy_gettext("collection"),
    "compared": lazy_gettext("movements compared"),
    "differences": lazy_gettext("differences"),
    "fee": lazy_gettext("fee"),
    "is_house": lazy_gettext("the house"),
    "key": lazy_gettext("short name"),
    "language": lazy_gettext("language"),
    "latest": lazy_gettext("sent by"),
    "max_weight_g": lazy_gettext("up to grams"),
    "up_to": lazy_gettext("up to"),
    "zone": lazy_gettext("zone"),
    "zones": lazy_gettext("zones"),
    "number": lazy_gettext("number"),
    "odd_orders": lazy_gettext("orders that do not add up"),
    "offers_pickup": lazy_gettext("hands over"),
    "on_hand": lazy_gettext("in stock"),
    "position": lazy_gettext("position"),
    "quota": lazy_gettext("kept for the group"),
    "rates": lazy_gettext("rates"),
    "reference": lazy_gettext("reference"),
    "region_group": lazy_gettext("region"),
    "role": lazy_gettext("role"),
    "silent": lazy_gettext("providers that did not answer"),
    "sku": lazy_gettext("SKU"),
    "slug": lazy_gettext("address"),
    "stage": lazy_gettext("stage"),
    "state": lazy_gettext("state"),
    "transaction": lazy_gettext("bank's number"),
    "units": lazy_gettext("units"),
}
_WORDS: Mapping[str, LazyText] = {
    "draft": lazy_gettext("draft"),
    "live": lazy_gettext("on sale"),
    "archived": lazy_gettext("archived"),
    "unpaid": lazy_gettext("not paid in time"),
    "buyer": lazy_gettext("the buyer"),
    "staff": lazy_gettext("the shop"),
    "goods_gone": lazy_gettext("goods sold meanwhile"),
}
