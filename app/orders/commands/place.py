"""Place an order: one for one idempotency key, its goods held until it is paid or closed."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from app.orders import supply
from app.orders.commands.standing import tell
from app.orders.events import OrderPlaced
from app.orders.models import (
    DeliveryMethod,
    DuePurpose,
    Order,
    OrderDelivery,
    OrderDue,
    OrderLine,
)
from app.orders.tax import Taxed, added_on
from app.platform.actor import Actor
from app.platform.db import db
from app.platform.facts import publish
from app.platform.ids import spoken_code
from app.platform.locks import made
from app.platform.transaction import command

PAY_ONLINE_WITHIN = timedelta(minutes=30)
PAY_BY_TRANSFER_WITHIN = timedelta(hours=24)
_HOLDER = "order:"
CLOSING_GRACE = timedelta(minutes=5)
"""Goods stay held a little longer than payment is possible: a payment of the last second counts."""


@dataclass(frozen=True, slots=True)
class NewLine:
    """A priced line; amounts are minor units and final.

    `product` is the snapshot of what was shown. `supply`, `source_id` and `subject` are those of
    `OrderLine`; `balance` is the part of `total` that is asked for later, `tax` what of it is tax.
    """

    merchant_id: int
    product_id: int
    variant_id: int
    number: int
    title: Mapping[str, str]
    options: Mapping[str, Any]
    sku: str
    product: Mapping[str, Any]
    unit_price: int
    quantity: int
    discount: int
    total: int
    weight_g: int
    fault_consent: Mapping[str, Any] | None = None
    supply: str = supply.STOCK
    source_id: int | None = None
    subject: str = ""
    balance: int = 0
    tax: Taxed | None = None


@dataclass(frozen=True, slots=True)
class NewDelivery:
    merchant_id: int
    method: str
    fee: int
    location_id: int | None = None
    tax: Taxed | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    email: str
    name: str
    phone: str
    locale: str
    address: Mapping[str, Any] | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class NewOrder:
    """Everything an order is made of. `holder` owns the holds made while the form was filled in."""

    idempotency_key: str
    holder: str
    contact: Contact
    currency: str
    lines: tuple[NewLine, ...]
    deliveries: tuple[NewDelivery, ...]
    fingerprint: str
    terms: Mapping[str, Any] = field(default_factory=dict)
    customer_id: int | None = None
    pay_within: timedelta = PAY_ONLINE_WITHIN
    ship_together: bool = False

    @property
    def due_now(self) -> int:
        """What is asked for at once: everything but the balances."""
        lines = sum(line.total - line.balance for line in self.lines)
        return lines + sum(delivery.fee for delivery in self.deliveries)


@command
def place(new: NewOrder, *, actor: Actor, now: datetime) -> int:
    """Returns the order's id; the same key returns the same order.

    Raises OutOfStock with `variant_id`.
    """
    again = db.session.scalar(select(Order.id).where(Order.idempotency_key == new.idempotency_key))
    if again is not None:
        return again
    pay_until = now + new.pay_within
    pickup_at = {
        d.merchant_id: d.location_id for d in new.deliveries if d.method == DeliveryMethod.PICKUP
    }
    wanted = [
        supply.Goods(
            line.variant_id, line.quantity, line.supply, line.source_id,
            pickup_at.get(line.merchant_id),
        )
        for line in new.lines
    ]  # fmt: skip
    held_until = pay_until + CLOSING_GRACE
    place_of = supply.reserve(new.holder, wanted, until=held_until, now=now)
    order = _order(new, pay_until=pay_until, now=now)
    db.session.add(order)
    db.session.flush()
    made(order)
    supply.hand_over(new.holder, holder_of(order.id), wanted, until=held_until)
    db.session.add_all(_line(order.id, line, place_of[line.variant_id]) for line in new.lines)
    db.session.add_all(_delivery(order.id, delivery) for delivery in new.deliveries)
    purpose = DuePurpose.DEPOSIT if new.due_now < order.total else DuePurpose.FULL
    db.session.add(
        OrderDue(
            order_id=order.id, purpose=purpose, amount=new.due_now, opens_at=now,
            closes_at=pay_until,
        )
    )  # fmt: skip
    tell(order.id, "placed", actor=actor, now=now)
    publish(OrderPlaced(order.id, now))
    return order.id


def holder_of(order_id: int) -> str:
    """Who holds an order's stock."""
    return f"{_HOLDER}{order_id}"


def order_held_by(owner: str) -> int | None:
    """The order that holds under this name; None when it is not an order."""
    return int(owner.removeprefix(_HOLDER)) if owner.startswith(_HOLDER) else None


def _order(new: NewOrder, *, pay_until: datetime, now: datetime) -> Order:
    goods = sum(line.unit_price * line.quantity for line in new.lines)
    discount = sum(line.discount for line in new.lines)
    shipping = sum(delivery.fee for delivery in new.deliveries)
    tax = sum(added_on(line.tax, new.currency).minor for line in new.lines)
    contact = new.contact
    return Order(
        code=spoken_code(), idempotency_key=new.idempotency_key, customer_id=new.customer_id,
        email=contact.email, name=contact.name, phone=contact.phone, phone_tail=contact.phone[-4:],
        address=dict(contact.address) if contact.address else None, buyer_note=contact.note,
        locale=contact.locale, currency=new.currency, goods_total=goods, discount_total=discount,
        shipping_total=shipping, tax_added=tax, total=goods - discount + tax + shipping,
        fingerprint=new.fingerprint,
        terms=dict(new.terms), ship_together=new.ship_together, placed_at=now, pay_until=pay_until,
    )  # fmt: skip


def _line(order_id: int, line: NewLine, location_id: int) -> OrderLine:
    return OrderLine(
        order_id=order_id,
        merchant_id=line.merchant_id,
        product_id=line.product_id,
        variant_id=line.variant_id,
        location_id=location_id,
        number=line.number,
        title=dict(line.title),
        options=dict(line.options),
        sku=line.sku,
        product=dict(line.product),
        fault_consent=dict(line.fault_consent) if line.fault_consent else None,
        unit_price=line.unit_price,
        quantity=line.quantity,
        discount=line.discount,
        total=line.total,
        weight_g=line.weight_g,
        supply=line.supply,
        source_id=line.source_id,
        subject=line.subject,
        balance=line.balance,
        **_tax(line.tax),
    )


def _delivery(order_id: int, delivery: NewDelivery) -> OrderDelivery:
    code = f"{secrets.randbelow(10**6):06d}" if delivery.method == DeliveryMethod.PICKUP else None
    return OrderDelivery(
        order_id=order_id, merchant_id=delivery.merchant_id, method=delivery.method,
        location_id=delivery.location_id, fee=delivery.fee, pickup_code=code, **_tax(delivery.tax),
    )  # fmt: skip


def _tax(tax: Taxed | None) -> dict[str, Any]:
    """The columns that say what of a row's price is tax."""
    if tax is None:
        return {}
    return {
        "tax": tax.amount.minor,
        "tax_percent": tax.percent,
        "is_tax_added": not tax.is_included,
    }
