"""What is a fit address, name, password, key or rate table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email

from app.platform import passwords
from app.platform.errors import Invalid
from app.platform.i18n import gettext as _

_KEY = re.compile(r"[a-z][a-z0-9-]{0,39}\Z")
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Rate:
    """`fee` minor units for a parcel to a zone of up to so many of what the zone counts: grams,
    minor units of goods, or pieces.
    """

    zone: str
    up_to: int
    fee: int


FREE_OVER = 59900
"""Minor units of goods from which a parcel is free, until staff write zones of their own."""

FIRST_RATES = (
    Rate("mainland", 1000, 1200),
    Rate("mainland", 5000, 2400),
    Rate("mainland", 20000, 6000),
    Rate("remote", 1000, 2500),
    Rate("remote", 5000, 6000),
    Rate("remote", 20000, 18000),
)
"""What a new shop begins with, by the zones of `app.shop.zones`."""


def staff_email(text: str) -> str:
    """The address in the one form it is stored and looked up in; raises Invalid."""
    try:
        found = validate_email(text.strip(), check_deliverability=False)
    except EmailNotValidError as error:
        raise Invalid(
            {"email": _("Please enter an e-mail address such as name@example.org.")}
        ) from error
    return found.normalized.lower()


def fit_password(text: str) -> str:
    """The password itself when it may be used; raises Invalid."""
    if len(text) < passwords.MIN_LENGTH:
        raise Invalid(
            {"password": _("Please use at least %(count)s characters.", count=passwords.MIN_LENGTH)}
        )
    if len(text) > passwords.MAX_LENGTH:
        raise Invalid(
            {"password": _("Please use at most %(count)s characters.", count=passwords.MAX_LENGTH)}
        )
    return text


def fit_name(text: str) -> str:
    """The name without surrounding blanks; raises Invalid when nothing is left or too much."""
    name = text.strip()
    if not 0 < len(name) <= _LONGEST_NAME:
        raise Invalid(
            {"name": _("Please enter a name of at most %(count)s characters.", count=_LONGEST_NAME)}
        )
    return name


def fit_key(text: str) -> str:
    """A short lower-case name for addresses and files; raises Invalid."""
    if not _KEY.match(text):
        raise Invalid({"key": _("Please use lower-case letters, digits and hyphens, at most 40.")})
    return text


def fit_rates(rates: Sequence[Rate]) -> tuple[Rate, ...]:
    """The table in its order; raises Invalid for a senseless row or two of the same weight."""
    table = tuple(sorted(rates, key=lambda rate: (rate.zone, rate.up_to)))
    if not table:
        raise Invalid({"rates": _("A shop that ships needs at least one rate.")})
    if any(not rate.zone or rate.up_to <= 0 or rate.fee < 0 for rate in table):
        raise Invalid(
            {"rates": _("A rate needs a region, a weight above 0 and a fee of 0 or more.")}
        )
    steps = Counter((rate.zone, rate.up_to) for rate in table)
    if max(steps.values()) > 1:
        raise Invalid({"rates": _("Each weight may stand only once per region.")})
    return table
