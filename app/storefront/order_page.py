"""An order in the shapes its page shows: items, sums, recipient, codes for the counter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import segno
from babel.dates import format_timedelta

from app.catalog.queries.cards import product_path
from app.catalog.queries.pages import option_label
from app.orders.models import DeliveryMethod, Headline, OrderLine
from app.orders.queries import OrderView
from app.payments.models import OPEN_PAYMENTS, OPEN_REFUNDS, Payment
from app.platform.i18n import gettext as _
from app.platform.i18n import pick
from app.platform.masking import masked_name, masked_phone
from app.platform.money import Money
from app.platform.rendering import public_url
from app.platform.web.formats import babel_locale
from app.shop.models import Location
from app.storefront.order_words import (
    HEADLINES,
    Standing,
    is_pickup,
    is_questioned,
    standing_of,
    steps_of,
)

TRANSFER = "bank_transfer"


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
    transfer: Payment | None
    """The bank transfer being waited for."""
    begun: frozenset[str]
    """Ways to pay that were taken and are still open: choosing one again goes on with it."""
    is_questioned: bool
    left: str
    """How long it may still be paid, in words; empty when that is over."""
    going_back: Money | None
    """What is on its way back to the buyer."""

    @classmethod
    def of(cls, view: OrderView, stores: Mapping[int, Location], *, now: datetime) -> OrderPage:
        transfer = _open_transfer(view)
        going_back = sum(refund.amount for refund in view.refunds if refund.state in OPEN_REFUNDS)
        return cls(
            standing=standing_of(view, by_transfer=transfer is not None),
            tone=HEADLINES[Headline(view.order.headline)][1],
            steps=steps_of(view),
            items=[_item(line, view) for line in view.lines],
            sums=_sums(view),
            recipient=_recipient(view),
            counters=_counters(view, stores),
            transfer=transfer,
            begun=frozenset(p.gateway for p in view.payments if p.state in OPEN_PAYMENTS),
            is_questioned=is_questioned(view),
            left=_left(view.order.pay_until - now),
            going_back=view.money(going_back) if going_back else None,
        )


def _left(time: timedelta) -> str:
    if time <= timedelta(0):
        return ""
    return format_timedelta(time, threshold=1, locale=babel_locale())


def _open_transfer(view: OrderView) -> Payment | None:
    """The transfer, while nothing else was begun after it."""
    waiting = [payment for payment in view.payments if payment.state in OPEN_PAYMENTS]
    return waiting[-1] if waiting and waiting[-1].gateway == TRANSFER else None


def _item(line: OrderLine, view: OrderView) -> dict[str, Any]:
    gone = line.cancelled == line.quantity
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
        "badge": (_("Cancelled"), "neutral") if gone else None,
        "note": _("Faults seen and accepted when it was ordered.") if line.fault_consent else None,
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
    if order.discount_total:
        rows.append((_("Discount"), view.money(-order.discount_total)))
    shipping: Money | str = view.money(order.shipping_total)
    rows.append((_("Delivery cost"), shipping if order.shipping_total else _("free")))
    found = [_row(label, amount) for label, amount in rows]
    found.append({**_row(_("Total"), view.total), "total": True})
    if view.captured.minor:
        found.append(_row(_("Received"), view.captured))
    if view.refunded.minor:
        found.append(_row(_("Paid back"), view.refunded))
    return found


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
