"""The page every page's «Help» leads to."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response

from app.platform.configuration import settings
from app.platform.i18n import current_locale, ngettext, pick
from app.platform.i18n import gettext as _
from app.platform.money import Money, format_money
from app.platform.rendering import public_url
from app.platform.web import page
from app.shop.facts import selling_terms
from app.shop.zones import Basis

bp = Blueprint("help", __name__)


@bp.get("/help")
def show() -> Response:
    return page(
        "storefront/help.html",
        fees=_fees(),
        canonical_url=public_url("/help"),
        description=_(
            "Delivery and its cost, returns, grades, paying, collecting, and how to write to us."
        ),
    )


@dataclass(frozen=True, slots=True)
class Fees:
    """What delivery to a zone costs, step by step; `free_over` is None where it is never free."""

    zone: str
    steps: tuple[tuple[str, Money], ...]
    free_over: Money | None


def _fees() -> list[Fees]:
    known, currency = selling_terms(), settings().currency
    return [
        Fees(
            pick(zone.name),
            tuple(
                (_step(zone.basis, rate.up_to), Money(rate.fee, currency))
                for rate in known.rates
                if rate.zone == zone.key
            ),
            None if zone.free_over is None else Money(zone.free_over, currency),
        )
        for zone in known.zones
        if any(rate.zone == zone.key for rate in known.rates)
    ]


def _step(basis: Basis, up_to: int) -> str:
    """`up to 3 kg`, as far as a row of the table goes."""
    if basis is Basis.WEIGHT:
        return _("Up to %(kilograms)s kg", kilograms=f"{up_to / 1000:g}")
    if basis is Basis.ITEMS:
        return ngettext("Up to %(num)d piece", "Up to %(num)d pieces", up_to)
    amount = format_money(Money(up_to, settings().currency), current_locale().replace("-", "_"))
    return _("Goods of up to %(amount)s", amount=amount)
