"""A small shop in which every text that anybody ever typed is hostile.

Ada buys and has an account, Ben stands by, Cleo owns the house. Every page then has something to
show, and what it shows must be escaped (the second door of injection).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from flask import Flask, current_app
from sqlalchemy import insert, select, update

from app.cart.models import Bag, BagLine
from app.catalog.commands import products, stock
from app.catalog.commands.importing import working as importing
from app.catalog.drafts import ImageDraft, ProductDraft, VariantDraft
from app.catalog.models import ImportRun, Media, MovementReason, Product, Variant
from app.customers.models import CustomerAddress
from app.fulfilment.carriers.base import TrackingEvent, TrackingStatus
from app.fulfilment.commands import parcels
from app.notifications.models import Message
from app.orders import queries
from app.orders.commands import cancel, fulfil, pay, question
from app.orders.commands.place import Contact, place
from app.orders.commands.settle import settle, settle_refund
from app.payments.gateways.base import RefundReport, RefundState
from app.payments.models import Payment, PaymentProof, Refund
from app.platform.actor import GUEST, SYSTEM
from app.platform.db import db
from app.platform.inbox import commands as inbox
from app.platform.inbox.models import InboundEvent
from app.platform.outbox.commands import drain
from app.platform.outbox.models import OutboxDelivery
from app.platform.transaction import transaction
from app.shop.models import Role, Staff
from tests.cast import House, captured, house, new_order, picture, piece
from tests.customers.people import ADA, ADDRESS, BEN, open_account
from tests.hostile import presales, promoted, searched, wanted
from tests.hostile.browser import Browser, Upload
from tests.hostile.forms import forms_of
from tests.hostile.values import MARKUP
from tests.shop.people import PASSWORD, QUICK_HASH, staff

TOTAL, FEE, PRICE = 129200, 1200, 128000
TEXTS = {"en": MARKUP, "zh-Hans": MARKUP}
NUMBER = "SF1234567890"
EXPORT = Path(__file__).parent.parent / "data" / "shopify_export.csv"
OWNER = "cleo@example.org"
DISMISSED = "emil@example.org"


@dataclass(frozen=True)
class World:
    """Where things are: `parts` gives a genuine value for each part of an address, by its name or,
    where several areas use the name, by area and name; `more_pages` are things in other states,
    `more_answers` pages and what is typed there to be shown another form.
    """

    owner: House
    pieces: tuple[int, ...]
    goods: int
    orders: dict[str, int]
    tokens: dict[str, str]
    parts: dict[str, str]
    more_pages: tuple[str, ...]
    more_answers: tuple[tuple[str, dict[str, str]], ...]
    cookies: dict[str, dict[str, Any]]
    bystander: dict[str, set[str]]

    def browser(self, app: Flask, name: str) -> Browser:
        """A visitor of the world: anonymous, ada, owner or ben."""
        return Browser(app, dict(self.cookies[name]))


def build(now: datetime) -> World:
    """Everything there is, through the shop's own commands."""
    owner = house(now)
    house(now, "north", is_house=False)
    staff(owner.merchant_id, "cleo", Role.OWNER)
    for name in ("dora", "emil"):
        staff(owner.merchant_id, name, Role.FULFILMENT)
    ada, ben = (_shopper(email, now) for email in (ADA, BEN))
    goods = _goods(owner, now)
    shown = tuple(piece(owner, now, title=TEXTS) for _ in range(10))
    orders = {
        "open": _order(owner, shown[0], now, customer_id=ada),
        "paid": _paid(owner, shown[1], now, customer_id=ada),
        "shipped": _shipped(owner, shown[2], now),
        "refunded": _refunded(owner, shown[3], now),
        "ready": _ready(owner, shown[4], now),
        "bens": _order(owner, shown[5], now, customer_id=ben),
        "collect": _paid(owner, shown[6], now, method="pickup"),
        "questioned": _questioned(owner, shown[7], now),
        "refused": _refund_refused(owner, shown[8], now),
        "transferred": _refund_by_transfer(owner, shown[9], now),
    }
    pay.open_attempt(orders["open"], "bank_transfer", actor=GUEST, now=now)
    pay.open_attempt(orders["questioned"], "bank_transfer", actor=GUEST, now=now)
    campaigns = presales.build(owner, now)
    inbox.keep_rejected("logistics/standard", MARKUP, headers={}, body=MARKUP.encode(), now=now)
    for _round in range(8):
        drain()
    _give_up(now)
    tokens = {name: queries.token_by_id(order_id) for name, order_id in orders.items()}
    pieces = tuple(piece(owner, now, title=TEXTS) for _ in range(3))
    parts = _parts(orders, tokens, pieces[0]) | _of_the_counter(orders) | campaigns.parts
    offers, goal = promoted.build(owner, int(parts["campaign_id"]), now)
    said, wanted_pages = _said(owner, pieces[0], ada, now)
    cookies = _visitors(goods)
    files, broken = _files(cookies["owner"])
    parts |= searched.build(now) | offers | said | files | {"address_id": _address(ada)}
    bystander = _rows_of(ben, orders["bens"], cookies["ben"]["bag"])
    pages = (*campaigns.pages, *wanted_pages, goal, f"/admin/team/{_dismissed()}", broken)
    return World(
        owner, pieces, goods, orders, tokens, parts, pages, campaigns.answers, cookies, bystander
    )  # fmt: skip


def _said(
    owner: House, shown: int, ada: int, now: datetime
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Wishes, and reviews of two orders that arrive."""
    arrived = tuple(_paid(owner, piece(owner, now, title=TEXTS), now) for _each in range(2))
    return wanted.build(owner, arrived, shown=shown, ada=ada, now=now)


def _visitors(goods: int) -> dict[str, dict[str, Any]]:
    """The cookies of everybody who walks, each with a bag, a checkout and a session."""
    ada, cleo, ben = (_with_a_bag(goods) for _each in range(3))
    _sign_in(ada, "/login", by="password", email=ADA, password=PASSWORD)
    _sign_in(ben, "/login", by="password", email=BEN, password=PASSWORD)
    _sign_in(cleo, "/admin/login", email=OWNER, password=PASSWORD)
    anonymous = _with_a_bag(goods)
    anonymous.post("/login", [("by", "code"), ("email", "nobody@example.org")])
    _raise_prices(ada.cookies["bag"])
    everybody = {"anonymous": anonymous, "ada": ada, "owner": cleo, "ben": ben}
    return {name: dict(browser.cookies) for name, browser in everybody.items()}


def _raise_prices(bag_key: Any) -> None:
    """What lies in this bag cost less when it was put there."""
    bag_id = select(Bag.id).where(Bag.key == bag_key).scalar_subquery()
    with transaction():
        db.session.execute(
            update(BagLine)
            .where(BagLine.bag_id == bag_id)
            .values(price_seen=BagLine.price_seen - 1)
        )


def _with_a_bag(goods: int) -> Browser:
    browser = Browser(cast("Any", current_app)._get_current_object())
    browser.post("/bag", [("variant", str(goods)), ("quantity", "2")])
    assert browser.post("/checkout").headers["Location"] == "/checkout"
    return browser


def _sign_in(browser: Browser, page: str, **typed: str) -> None:
    """Through the door, and once to a page with a form, whose token the session then keeps."""
    form = forms_of(browser.get(page), page, page)[0]
    answer = browser.post(page, form.filled(**typed))
    assert answer.status_code == 303, answer.status
    browser.get("/admin/me" if page.startswith("/admin") else "/me/profile")


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


def _refunded(owner: House, variant: int, now: datetime, key: str = "world") -> int:
    order_id = _paid(owner, variant, now)
    request = cancel.RefundRequest(cancel={_line(order_id): 1}, note=MARKUP)
    cancel.refund(order_id, request, actor=owner.staff(), idempotency_key=key, now=now)
    return order_id


def _ready(owner: House, variant: int, now: datetime) -> int:
    order_id = _paid(owner, variant, now, method="pickup")
    fulfil.make_ready(order_id, actor=owner.staff(), now=now)
    fulfil.note(order_id, MARKUP, actor=owner.staff(), now=now)
    fulfil.tell_buyer(order_id, MARKUP, actor=owner.staff(), now=now)
    return order_id


def _questioned(owner: House, variant: int, now: datetime) -> int:
    order_id = _order(owner, variant, now)
    payment = db.session.scalars(select(Payment).where(Payment.subject == order_id)).one()
    settle(captured(payment.reference, 1, now), now=now)
    return order_id


def _refund_refused(owner: House, variant: int, now: datetime) -> int:
    order_id = _refunded(owner, variant, now, key="refused")
    refund = db.session.scalars(select(Refund).where(Refund.subject == order_id)).one()
    settle_refund(
        RefundReport(
            "sandbox", refund.reference, None, None, None, RefundState.FAILED, refund.amount,
            refund.currency, "vitrine-test", now,
        ),
        now=now,
    )  # fmt: skip
    return order_id


def _refund_by_transfer(owner: House, variant: int, now: datetime) -> int:
    order_id = _order(owner, variant, now)
    payment_id = pay.open_attempt(order_id, "bank_transfer", actor=GUEST, now=now)
    question.confirm_transfer(
        payment_id, amount=TOTAL, transaction_id=MARKUP, actor=owner.staff(), now=now
    )
    request = cancel.RefundRequest(line_amounts={_line(order_id): 100}, note=MARKUP)
    cancel.refund(order_id, request, actor=owner.staff(), idempotency_key="bank", now=now)
    return order_id


def _give_up(now: datetime) -> None:
    """One delivery and one mail that nobody tries any more, a proof, and somebody who left."""
    first = select(OutboxDelivery.id).order_by(OutboxDelivery.id).limit(1).scalar_subquery()
    mail = select(Message.id).order_by(Message.id).limit(1).scalar_subquery()
    transfer = select(Payment.id).where(Payment.gateway == "bank_transfer").limit(1)
    with transaction():
        for change in (
            update(OutboxDelivery).where(OutboxDelivery.id == first).values(state="dead"),
            update(Staff).where(Staff.email == DISMISSED).values(active=False),
            update(Message).where(Message.id == mail).values(state="dead", sent_at=None),
            insert(PaymentProof).values(
                payment_id=transfer.scalar_subquery(), path="proofs/x.jpg", note=MARKUP,
                uploaded_at=now,
            ),
        ):  # fmt: skip
            db.session.execute(change)


def _files(cookies: dict[str, Any]) -> tuple[dict[str, str], str]:
    """Product files on their way in and out, and the page of one that broke off."""
    run_id = _bring_a_file(cookies)
    parts = {"run_id": run_id, "export_id": _ask_for_a_file(cookies)}
    return parts, f"/admin/imports/{_broken_off(int(run_id))}"


def _bring_a_file(cookies: dict[str, Any]) -> str:
    """The owner's product file, which a worker has looked into and which waits to be confirmed."""
    owner = Browser(cast("Any", current_app)._get_current_object(), dict(cookies))
    page = "/admin/imports"
    form = forms_of(owner.get(page), page, page)[0]
    file = Upload("export.csv", EXPORT.read_bytes(), "text/csv")
    answer = owner.post(page, form.filled(file=file))
    assert answer.status_code == 303, answer.status
    assert importing.work()
    return urlsplit(answer.headers["Location"]).path.rpartition("/")[2]


def _ask_for_a_file(cookies: dict[str, Any]) -> str:
    """An export of the owner's that no worker has begun."""
    owner = Browser(cast("Any", current_app)._get_current_object(), dict(cookies))
    page = "/admin/exports"
    answer = owner.post(page, forms_of(owner.get(page), page, page)[0].filled(kind="csv"))
    assert answer.status_code == 303, answer.status
    return urlsplit(answer.headers["Location"]).path.rpartition("/")[2]


def _broken_off(run_id: int) -> int:
    """Another import of the same file, which could go on."""
    with transaction():
        known = db.session.get_one(ImportRun, run_id)
        run = ImportRun(
            **{name: getattr(known, name) for name in (
                "merchant_id", "location_id", "staff_id", "staff_name", "locale", "name", "digest",
                "columns", "asked_at",
            )},
            state="failed", broke_off="loading", problem=MARKUP,
        )  # fmt: skip
        db.session.add(run)
        db.session.flush()
        return run.id


def _units(order_id: int) -> dict[int, int]:
    return {line.id: line.quantity for line in queries.for_mail(order_id).lines}


def _line(order_id: int) -> int:
    return queries.for_mail(order_id).lines[0].id


def _rows_of(customer_id: int, order_id: int, bag_key: str) -> dict[str, set[str]]:
    """By the name of a column, the values that make a row this person's."""
    bag_id = db.session.scalars(select(Bag.id).where(Bag.key == bag_key)).one()
    return {
        "customer.id": {str(customer_id)},
        "customer_id": {str(customer_id)},
        "order.id": {str(order_id)},
        "order_id": {str(order_id)},
        "subject": {str(order_id)},
        "bag.id": {str(bag_id)},
        "bag_id": {str(bag_id)},
    }


def _parts(orders: dict[str, int], tokens: dict[str, str], variant: int) -> dict[str, str]:
    product = db.session.scalars(
        select(Product).join(Variant, Variant.product_id == Product.id).where(Variant.id == variant)
    ).one()
    media = db.session.scalars(select(Media)).first()
    assert media is not None
    return {
        "address": f"{product.number:04}-{product.slug}",
        "carrier": "standard",
        "filename": "css/app.css",
        "gateway": "sandbox",
        "order_id": str(orders["paid"]),
        "path": f"{media.sha256[:2]}/{media.sha256}.jpg",
        "product_id": str(product.id),
        "slug": "jackets",
        "token": tokens["open"],
        "variant_id": str(variant),
    }


def _of_the_counter(orders: dict[str, int]) -> dict[str, str]:
    """One of each thing that waits to be looked at."""
    ids = {
        "delivery_id": select(OutboxDelivery.id).where(OutboxDelivery.state == "dead"),
        "event_id": select(InboundEvent.id),
        "message_id": select(Message.id).where(Message.state == "dead"),
        "payment_id": select(Payment.id).where(
            Payment.subject == orders["open"], Payment.gateway == "bank_transfer"
        ),
        "proof_id": select(PaymentProof.id),
        "refund_id": select(Refund.id).where(Refund.subject == orders["transferred"]),
        "staff_id": select(Staff.id).where(Staff.email == "dora@example.org"),
    }
    return {name: str(db.session.scalars(query).first()) for name, query in ids.items()}


def _address(customer_id: int) -> str:
    own = select(CustomerAddress.id).where(CustomerAddress.customer_id == customer_id)
    return str(db.session.scalars(own).one())


def _dismissed() -> int:
    return db.session.scalars(select(Staff.id).where(Staff.email == DISMISSED)).one()
