"""A small shop in which every text that anybody ever typed is hostile.

Ada buys and has an account, Ben stands by, Cleo owns the house. Every page then has something to
show, and what it shows must be escaped (the second door of injection).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask import Flask
from sqlalchemy import insert, select

from app.catalog.commands import products, stock
from app.catalog.drafts import ImageDraft, ProductDraft, VariantDraft
from app.catalog.models import Media, MovementReason, Product, Variant
from app.customers.models import CustomerAddress
from app.fulfilment.carriers.base import TrackingEvent, TrackingStatus
from app.fulfilment.commands import parcels
from app.orders import queries
from app.orders.commands import cancel, fulfil, pay
from app.orders.commands.place import Contact, place
from app.orders.commands.settle import settle
from app.payments.models import Payment, Refund
from app.platform.actor import GUEST, SYSTEM, Actor
from app.platform.db import db
from app.platform.inbox import commands as inbox
from app.platform.outbox.commands import drain
from app.platform.transaction import transaction
from app.shop.models import Role
from tests.cast import House, captured, house, new_order, picture, piece
from tests.customers.people import ADA, ADDRESS, BEN, open_account
from tests.hostile.browser import Browser
from tests.hostile.values import MARKUP
from tests.shop.people import PASSWORD, QUICK_HASH, staff

TOTAL, FEE, PRICE = 129200, 1200, 128000
TEXTS = {"en": MARKUP, "zh-Hans": MARKUP}
NUMBER = "SF1234567890"
OWNER = "cleo@example.org"


@dataclass(frozen=True)
class World:
    """Where things are: `parts` gives a genuine value for each part of an address, by its name."""

    owner: House
    pieces: tuple[int, ...]
    goods: int
    orders: dict[str, int]
    tokens: dict[str, str]
    parts: dict[str, str]


def build(now: datetime) -> World:
    """Everything there is, through the shop's own commands."""
    owner = house(now)
    house(now, "north", is_house=False)
    staff(owner.merchant_id, "cleo", Role.OWNER)
    ada, ben = (_shopper(email, now) for email in (ADA, BEN))
    goods = _goods(owner, now)
    shown = tuple(piece(owner, now, title=TEXTS) for _ in range(6))
    orders = {
        "open": _order(owner, shown[0], now, customer_id=ada),
        "paid": _paid(owner, shown[1], now, customer_id=ada),
        "shipped": _shipped(owner, shown[2], now),
        "refunded": _refunded(owner, shown[3], now),
        "ready": _ready(owner, shown[4], now),
        "bens": _order(owner, shown[5], now, customer_id=ben),
    }
    pay.open_attempt(orders["open"], "bank_transfer", actor=GUEST, now=now)
    inbox.keep_rejected("logistics/standard", MARKUP, headers={}, body=MARKUP.encode(), now=now)
    for _round in range(8):
        drain()
    tokens = {name: queries.token_by_id(order_id) for name, order_id in orders.items()}
    pieces = tuple(piece(owner, now, title=TEXTS) for _ in range(3))
    return World(owner, pieces, goods, orders, tokens, _parts(orders, tokens, ada, pieces[0]))


def anonymous(app: Flask, world: World) -> Browser:
    """A visitor with something in the bag, on the way to the checkout."""
    browser = Browser(app)
    browser.post("/bag", [("variant", str(world.goods)), ("quantity", "2")])
    browser.post("/checkout")
    return browser


def ada(app: Flask, world: World) -> Browser:
    """Ada, signed in, with a bag and a checkout of her own."""
    browser = anonymous(app, world)
    typed = [("by", "password"), ("email", ADA), ("password", PASSWORD)]
    assert browser.post("/login", typed).status_code == 303
    return browser


def cleo(app: Flask, world: World) -> Browser:
    """The owner, behind the counter."""
    from tests.hostile.forms import forms_of

    browser = Browser(app)
    (form,) = forms_of(browser.get("/admin/login"), "/admin/login", "/admin/login")
    typed = form.filled(email=OWNER, password=PASSWORD)
    assert browser.post("/admin/login", typed).status_code == 303
    return browser


def _shopper(email: str, now: datetime) -> int:
    customer_id = open_account(email, now, name=MARKUP, phone="", password_hash=QUICK_HASH)
    with transaction():
        db.session.execute(
            insert(CustomerAddress).values(
                customer_id=customer_id,
                recipient=MARKUP,
                phone=ADDRESS["phone"],
                address=dict(ADDRESS) | {"street": MARKUP, "region_code": "330106"},
                is_default=True,
                created_at=now,
            )
        )
    return customer_id


def _goods(owner: House, now: datetime) -> int:
    """A product with two variants and plenty of both; returns one of them."""
    products.save_collection(
        "jackets", title=TEXTS, description=TEXTS, position=1, actor=SYSTEM, now=now
    )
    draft = ProductDraft(
        title=TEXTS,
        story=TEXTS,
        brand=MARKUP,
        material=TEXTS,
        option_names=("Size",),
        collections=("jackets",),
        images=(ImageDraft(picture(now), TEXTS),),
        variants=(
            VariantDraft("G-S", PRICE, weight_g=300, options=(MARKUP,)),
            VariantDraft("G-M", PRICE, weight_g=300, options=("M",)),
        ),
    )
    product_id = products.create(draft, merchant_id=owner.merchant_id, actor=SYSTEM, now=now)
    variants = db.session.scalars(
        select(Variant.id).where(Variant.product_id == product_id).order_by(Variant.id)
    ).all()
    for variant_id in variants:
        stock.count(
            variant_id, owner.store_id, 500, reason=MovementReason.RECEIVED, actor=SYSTEM, now=now
        )
    products.publish_product(product_id, actor=SYSTEM, now=now)
    return variants[0]


def _order(owner: House, variant: int, now: datetime, **facts: Any) -> int:
    customer_id = facts.pop("customer_id", None)
    new = new_order(owner, [variant], price=PRICE, fee=FEE, **facts)
    address = None if facts.get("method") == "pickup" else {"region": MARKUP, "street": MARKUP}
    contact = Contact(ADA, MARKUP, "13800000012", "en", address, note=MARKUP)
    lines = tuple(replace(line, title=TEXTS, sku=MARKUP) for line in new.lines)
    new = replace(new, contact=contact, customer_id=customer_id, lines=lines)
    order_id = place(new, actor=GUEST, now=now)
    pay.open_attempt(order_id, "sandbox", actor=GUEST, now=now)
    return order_id


def _paid(owner: House, variant: int, now: datetime, **facts: Any) -> int:
    order_id = _order(owner, variant, now, **facts)
    payment = db.session.scalars(select(Payment).where(Payment.subject == order_id)).one()
    settle(captured(payment.reference, payment.amount, now), now=now)
    return order_id


def _shipped(owner: House, variant: int, now: datetime) -> int:
    order_id = _paid(owner, variant, now)
    new = parcels.NewParcel(_units(order_id), "shunfeng", NUMBER, "world")
    parcels.ship(order_id, new, actor=owner.staff(), now=now)
    said = TrackingEvent("shunfeng", NUMBER, now, TrackingStatus.EXCEPTION, code="", text=MARKUP)
    parcels.take_in([said], inbound_event_id=None, now=now)
    return order_id


def _refunded(owner: House, variant: int, now: datetime) -> int:
    order_id = _paid(owner, variant, now)
    request = cancel.RefundRequest(cancel={_line(order_id): 1}, note=MARKUP)
    cancel.refund(order_id, request, actor=owner.staff(), idempotency_key="world", now=now)
    return order_id


def _ready(owner: House, variant: int, now: datetime) -> int:
    order_id = _paid(owner, variant, now, method="pickup")
    fulfil.make_ready(order_id, actor=owner.staff(), now=now)
    fulfil.note(order_id, MARKUP, actor=owner.staff(), now=now)
    fulfil.tell_buyer(order_id, MARKUP, actor=owner.staff(), now=now)
    return order_id


def _units(order_id: int) -> dict[int, int]:
    return {line.id: line.quantity for line in queries.for_mail(order_id).lines}


def _line(order_id: int) -> int:
    return queries.for_mail(order_id).lines[0].id


def _parts(
    orders: dict[str, int], tokens: dict[str, str], customer_id: int, variant: int
) -> dict[str, str]:
    product = db.session.scalars(
        select(Product).join(Variant, Variant.product_id == Product.id).where(Variant.id == variant)
    ).one()
    media = db.session.scalars(select(Media)).first()
    assert media is not None
    address = db.session.scalars(
        select(CustomerAddress.id).where(CustomerAddress.customer_id == customer_id)
    ).one()
    refund = db.session.scalars(select(Refund.id)).first()
    return {
        "address": f"{product.number:04}-{product.slug}",
        "address_id": str(address),
        "carrier": "standard",
        "filename": "css/app.css",
        "gateway": "sandbox",
        "order_id": str(orders["paid"]),
        "path": f"{media.sha256[:2]}/{media.sha256}.jpg",
        "product_id": str(product.id),
        "refund_id": str(refund),
        "slug": "jackets",
        "token": tokens["open"],
        "variant_id": str(variant),
    }


__all__ = ["GUEST", "OWNER", "Actor", "World", "ada", "anonymous", "build", "cleo"]
