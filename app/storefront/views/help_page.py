"""The page every page's «Help» leads to."""

from __future__ import annotations

from itertools import groupby

from flask import Blueprint, Response

from app.platform.configuration import settings
from app.platform.i18n import gettext as _
from app.platform.money import Money
from app.platform.rendering import public_url
from app.platform.web import page
from app.shop.queries import free_over, shipping_rates

bp = Blueprint("help", __name__)


@bp.get("/help")
def show() -> Response:
    return page(
        "storefront/help.html",
        rates=_rates(),
        free_over=Money(free_over(), settings().currency),
        canonical_url=public_url("/help"),
        description=_(
            "Delivery and its cost, returns, grades, paying, collecting, and how to write to us."
        ),
    )


def _rates() -> list[tuple[str, list[tuple[str, Money]]]]:
    """The whole rate table: a name of each region group with (kilograms, fee) up to each weight."""
    names = {
        "mainland": _("Mainland China"),
        "remote": _("Xinjiang, Tibet, Qinghai, Gansu, Ningxia, Inner Mongolia"),
        "hong_kong_macau_taiwan": _("Hong Kong, Macau, Taiwan"),
    }
    currency = settings().currency
    return [
        (
            names.get(group, group),
            [(f"{rate.max_weight_g / 1000:g}", Money(rate.fee, currency)) for rate in rows],
        )
        for group, rows in groupby(shipping_rates(), key=lambda rate: rate.region_group)
    ]
