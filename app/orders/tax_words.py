"""How a tax is called beside its amount, on every page and in every mail."""

from __future__ import annotations

from decimal import Decimal

from app.orders.tax import Taxed
from app.platform.i18n import gettext as _
from app.shop.taxes import STEPS


def percent(thousandths: int) -> str:
    """`13`, or `7.5`."""
    return f"{(Decimal(thousandths) / STEPS).normalize():f}"


def label(tax: Taxed) -> str:
    if tax.is_included:
        return _("of which tax %(percent)s %%", percent=percent(tax.percent))
    return _("Tax %(percent)s %%", percent=percent(tax.percent))
