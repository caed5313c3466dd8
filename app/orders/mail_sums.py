"""Lines and sums of an order as its mails show them."""

from __future__ import annotations

from typing import Any

from app.orders.queries import OrderView
from app.orders.tax import Taxed
from app.orders.tax_words import label
from app.platform.i18n import gettext as _
from app.platform.i18n import pick
from app.platform.money import Money


def lines_for_mail(view: OrderView) -> list[dict[str, Any]]:
    """The order's lines as `ui.mail_lines` takes them."""
    return [
        {
            "title": f"№ {line.number:04d} {pick(line.title)}",
            "sub": " · ".join(_value(value) for value in line.options.get("values", [])),
            "quantity": line.quantity,
            "amount": Money(line.total, view.order.currency),
        }
        for line in view.lines
    ]


def sums_for_mail(view: OrderView) -> list[dict[str, Any]]:
    """Goods, discount, delivery and total as `ui.mail_sums` takes them."""
    order = view.order
    rows = [{"label": _("Goods"), "amount": view.money(order.goods_total), "total": False}]
    rows += [
        {"label": name or _("Discount"), "amount": -amount, "total": False}
        for name, amount in view.taken_off
    ]
    shipping: Money | str = view.delivery_before_tax if order.shipping_total else _("free")
    rows.append({"label": _("Delivery cost"), "amount": shipping, "total": False})
    added = [_tax_row(tax) for tax in view.taxes if not tax.is_included]
    within = [_tax_row(tax) for tax in view.taxes if tax.is_included]
    return [*rows, *added, {"label": _("Total"), "amount": view.total, "total": True}, *within]


def _tax_row(tax: Taxed) -> dict[str, Any]:
    return {"label": label(tax), "amount": tax.amount, "total": False}


def _value(value: object) -> str:
    return pick(value) if isinstance(value, dict) else str(value)
