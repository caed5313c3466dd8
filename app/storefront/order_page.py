"""An order in the shapes its page shows: items, sums, recipient, codes for the counter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import segno

from app.catalog.queries.cards import product_path
from app.catalog.queries.variants import option_label
from app.orders.models import DeliveryMethod, Headline, OrderLine
from app.orders.queries import OrderView
from app.orders.refunded_tax import tax_paid_back
from app.orders.rules import address_is_open
from app.orders.tax_words import label as tax_label
from app.payments.models import OPEN_REFUNDS
from app.platform.i18n import current_locale, pick
from app.platform.i18n import gettext as _
from app.platform.masking import masked_name, masked_phone
from app.platform.money import Money, format_money
from app.platform.rendering import public_url
from app.presale.queries.participations import Joined
from app.shop.models import Location
from app.storefront.bills import Bill, bills_of
from app.storefront.order_presales import OwnPresale, line_words, presales_of
from app.storefront.order_words import (
    HEADLINES,
    Standing,
    is_pickup,
    is_questioned,
    standing_of,
    steps_of,
)


@dataclass(frozen=True, slots=True)
class Counter:
    """Where and with which code an order is collected; `qr` is a data: address."""

    store: Location
    code: str
    qr: str
    is_ready: bool
    is_collected: bool


@dataclass(frozen=True, slots=True)
class OrderPage:
    standing: Standing
    tone: str
    steps: list[dict[str, Any]]
    items: list[dict[str, Any]]
    sums: list[dict[str, Any]]
    recipient: list[tuple[str, str]]
    counters: list[Counter]
    bills: list[Bill]
    """What can be paid now."""
    presales: list[OwnPresale]
    is_questioned: bool
    going_back: Money | None
    """What is on its way back to the buyer."""
    can_readdress: bool
    has_arrived: bool

    @classmethod
    def of(
        cls,
        view: OrderView,
        stores: Mapping[int, Location],
        joined: Sequence[Joined] = (),
        *,
        now: datetime,
    ) -> OrderPage:
        bills = bills_of(view, now=now)
        by_transfer = any(bill.transfer is not None for bill in bills)
        places = {line: one for one in joined for line in one.state_of_lines}
        presales = presales_of(view, joined, now=now)
        is_asked = any(one.question and one.question.answer is None for one in presales)
        going_back = sum(refund.amount for refund in view.refunds if refund.state in OPEN_REFUNDS)
        return cls(
            standing=standing_of(view, by_transfer=by_transfer, is_asked=is_asked),
            tone=HEADLINES[Headline(view.order.headline)][1],
            steps=steps_of(view),
            items=[_item(line, view, places.get(line.id)) for line in view.lines],
            sums=_sums(view),
            recipient=_recipient(view),
            counters=_counters(view, stores),
            bills=bills,
            presales=presales,
            is_questioned=is_questioned(view),
            going_back=view.money(going_back) if going_back else None,
            has_arrived=any(line.delivered for line in view.lines),
            can_readdress=not is_pickup(view) and address_is_open(view.order, view.lines),
        )


def _item(line: OrderLine, view: OrderView, joined: Joined | None) -> dict[str, Any]:
    gone = line.cancelled == line.quantity
    badge = (_("Cancelled"), "neutral") if gone else None
    note = _("Faults seen and accepted when it was ordered.") if line.fault_consent else None
    if joined is not None:
        badge, said = line_words(joined.state_of_lines[line.id], joined)
        note = said or note
    picture = str(line.product.get("picture") or "")
    return {
        "title": pick(line.title),
        "url": str(line.product.get("path") or product_path(line.number, "")),
        "no": f"{line.number:04d}",
        "sub": option_label(line.options) or None,
        "image": _thumb(picture) if picture else None,
        "amount": view.money(line.total),
        "quantity": line.quantity,
        "state": "gone" if gone else "kept",
        "badge": badge,
        "note": note,
    }


def _thumb(address: str) -> dict[str, Any]:
    return {
        "sources": (),
        "fallback": address,
        "width": 72,
        "height": 90,
        "alt": "",
        "dominant": None,
    }


def _sums(view: OrderView) -> list[dict[str, Any]]:
    order = view.order
    rows: list[tuple[str, Money | str]] = [(_("Goods"), view.money(order.goods_total))]
    rows += [(name or _("Discount"), -amount) for name, amount in view.taken_off]
    shipping: Money | str = view.delivery_before_tax
    rows.append((_("Delivery cost"), shipping if order.shipping_total else _("free")))
    rows += [(tax_label(tax), tax.amount) for tax in view.taxes if not tax.is_included]
    found = [_row(label, amount) for label, amount in rows]
    found.append({**_row(_("Total"), view.total), "total": True})
    found += [_row(tax_label(tax), tax.amount) for tax in view.taxes if tax.is_included]
    if view.captured.minor:
        found.append(_row(_("Received"), view.captured))
    if view.refunded.minor:
        found.append({**_row(_("Paid back"), view.refunded), "note": _tax_back(view)})
    if view.balance.minor and order.closed_at is None:
        is_due = order.headline == Headline.BALANCE_DUE
        label = _("Balance, to be paid now") if is_due else _("Balance, later")
        found.append(_row(label, view.balance))
    return found


def _tax_back(view: OrderView) -> str | None:
    """How much of what was paid back is tax."""
    tax = tax_paid_back(view.order.id) if view.taxes else 0
    said = format_money(view.money(tax), current_locale().replace("-", "_"))
    return _("of which tax %(amount)s", amount=said) if tax else None


def _row(label: str, amount: Money | str) -> dict[str, Any]:
    return {"label": label, "amount": amount, "note": None, "total": False}


def _recipient(view: OrderView) -> list[tuple[str, str]]:
    """Enough to know it again, too little for somebody who was sent the link."""
    rows = [
        (_("Name"), masked_name(view.order.name)),
        (_("Phone"), masked_phone(view.order.phone)),
    ]
    address = view.order.address
    if address and not is_pickup(view):
        street = str(address.get("street", ""))
        rows.append((_("Address"), f"{address.get('region', '')} {street[:2]}***"))
    return rows


def _counters(view: OrderView, stores: Mapping[int, Location]) -> list[Counter]:
    paid = view.order.paid_at is not None and view.order.closed_at is None
    return [
        Counter(
            store=stores[delivery.location_id or 0],
            code=f"{delivery.pickup_code[:3]} {delivery.pickup_code[3:]}",
            qr=segno.make(public_url(f"/o/{view.token}"), error="m").svg_data_uri(
                border=2, omitsize=True
            ),
            is_ready=delivery.ready_at is not None,
            is_collected=delivery.picked_up_at is not None,
        )
        for delivery in view.deliveries
        if delivery.method == DeliveryMethod.PICKUP
        and delivery.pickup_code
        and (delivery.location_id or 0) in stores
        and paid
    ]
