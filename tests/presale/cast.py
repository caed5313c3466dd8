"""A campaign and the people who join it, through the shop's own commands."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from app.catalog.commands import products
from app.catalog.drafts import ImageDraft, ProductDraft, VariantDraft
from app.catalog.models import Variant
from app.orders.commands import pay
from app.orders.commands.place import Contact, NewDelivery, NewLine, NewOrder, place
from app.orders.commands.settle import settle
from app.orders.models import Order, OrderDue
from app.payments.models import Payment
from app.platform.actor import GUEST, SYSTEM
from app.platform.db import db
from app.platform.transaction import transaction
from app.presale.commands import editing, joining
from app.presale.commands.joining import Joining
from app.presale.drafts import CampaignDraft, SkuDraft
from app.presale.models import (
    SUPPLY,
    Campaign,
    CampaignSku,
    Participation,
    PaymentMode,
    SupplyMode,
)
from app.presale.rules.money import terms_at
from tests.cast import House, captured, picture
from tests.servers.scenes import Serial, remembered

PRICE, DEPOSIT = 39800, 10000


@remembered
def shirt(owner: House, now: datetime, sizes: tuple[str, ...] = ("M", "L")) -> list[int]:
    """A product that does not exist yet, in some sizes; returns its variants."""
    serial = Serial.next()
    draft = ProductDraft(
        title={"en": f"Kyoto shirt {serial}", "zh-Hans": f"京都衬衫 {serial}"},
        story={"en": "A shirt for tests.", "zh-Hans": "测试用的衬衫。"},
        garment="top",
        images=(ImageDraft(picture(now, serial % 200), {"en": "front", "zh-Hans": "正面"}),),
        option_names=({"en": "Size", "zh-Hans": "尺码"},),
        variants=tuple(
            VariantDraft(
                f"K-{serial}-{size}",
                PRICE,
                weight_g=300,
                options=({"en": size, "zh-Hans": size},),
            )
            for size in sizes
        ),
        source_key=f"presale-cast-{serial}",
    )
    product_id = products.create(draft, merchant_id=owner.merchant_id, actor=SYSTEM, now=now)
    products.publish_product(product_id, actor=SYSTEM, now=now)
    return list(
        db.session.scalars(
            select(Variant.id).where(Variant.product_id == product_id).order_by(Variant.id)
        )
    )


def draft(variants: list[int], now: datetime, **facts: Any) -> CampaignDraft:
    """A deposit presale with a threshold of three, open for a week, unless said otherwise."""
    values: dict[str, Any] = {
        "title": {"en": "Kyoto shirt", "zh-Hans": "京都衬衫"},
        "story": {"en": "Made to order.", "zh-Hans": "按单制作。"},
        "risks": {"en": "The dyer may be late.", "zh-Hans": "染坊可能会晚。"},
        "payment_mode": PaymentMode.DEPOSIT,
        "supply_mode": SupplyMode.THRESHOLD,
        "threshold": 3,
        "opens_at": now,
        "closes_at": now + timedelta(days=7),
        "promise_earliest": (now + timedelta(days=30)).date(),
        "promise_latest": (now + timedelta(days=45)).date(),
    }
    values |= facts
    if values["supply_mode"] is not SupplyMode.THRESHOLD:
        values["threshold"] = facts.get("threshold")
    deposit = DEPOSIT if values["payment_mode"] is PaymentMode.DEPOSIT else None
    sku = values.pop("sku", {})
    values["skus"] = tuple(
        SkuDraft(variant, PRICE, **({"cap": 10, "deposit": deposit} | sku)) for variant in variants
    )
    return CampaignDraft(**values)


def campaign(owner: House, now: datetime, **facts: Any) -> Campaign:
    """A published campaign."""
    return fresh(_published(owner, now, **facts))


@remembered
def _published(owner: House, now: datetime, **facts: Any) -> int:
    variants = facts.pop("variants", None) or shirt(owner, now)
    campaign_id = editing.create(draft(variants, now, **facts), actor=owner.staff(), now=now)
    editing.publish(campaign_id, actor=owner.staff(), now=now)
    return campaign_id


def fresh(campaign_id: int) -> Campaign:
    db.session.rollback()
    return db.session.get_one(Campaign, campaign_id, populate_existing=True)


def skus(campaign_id: int) -> list[CampaignSku]:
    statement = (
        select(CampaignSku)
        .where(CampaignSku.campaign_id == campaign_id)
        .order_by(CampaignSku.position)
    )
    return list(db.session.scalars(statement.execution_options(populate_existing=True)))


def wanted(owner: House, skus_and_units: dict[int, int], now: datetime, **facts: Any) -> NewOrder:
    """What somebody who joins asks for, as checkout would write it."""
    serial = Serial.next()
    lines = []
    for sku_id, units in skus_and_units.items():
        sku = db.session.get_one(CampaignSku, sku_id)
        terms = terms_at(db.session.get_one(Campaign, sku.campaign_id), sku, now)
        variant = db.session.get_one(Variant, sku.variant_id)
        lines.append(
            NewLine(
                merchant_id=owner.merchant_id,
                product_id=variant.product_id,
                variant_id=variant.id,
                number=variant.id,
                title={"en": "Kyoto shirt", "zh-Hans": "京都衬衫"},
                options=variant.options,
                sku=variant.sku,
                product={"grade": "", "faults": [], "path": "/i/0001", "picture": ""},
                unit_price=sku.price,
                quantity=units,
                discount=terms.bonus * units,
                total=terms.final_price * units,
                weight_g=300,
                supply=SUPPLY,
                source_id=sku.id,
                subject=f"campaign:{sku.campaign_id}",
                balance=terms.balance * units,
            )
        )
    return NewOrder(
        idempotency_key=f"join-{serial}",
        holder=facts.get("holder", f"checkout:join-{serial}"),
        contact=Contact(
            email=facts.get("email", f"joiner{serial}@example.org"),
            name=facts.get("name", "Ada Test"),
            phone=facts.get("phone", f"138{serial:08d}"),
            locale=facts.get("locale", "en"),
            address={"country": "CN", "region": "浙江省杭州市西湖区", "street": "测试路1号"},
        ),
        currency="CNY",
        lines=tuple(lines),
        deliveries=(
            NewDelivery(
                owner.merchant_id,
                facts.get("method", "ship"),
                facts.get("fee", 1200),
                owner.store_id if facts.get("method") == "pickup" else None,
            ),
        ),
        fingerprint="f" * 32,
        pay_within=facts.get("pay_within", timedelta(minutes=30)),
    )


@remembered
def joined(owner: House, skus_and_units: dict[int, int], now: datetime, **facts: Any) -> int:
    """An order in a campaign that waits for its first payment."""
    with transaction():
        order_id = place(wanted(owner, skus_and_units, now, **facts), actor=GUEST, now=now)
        joining.join(order_id, facts.get("joining", Joining()), now=now)
    return order_id


def attempt(order_id: int, now: datetime, due_id: int | None = None) -> Payment:
    """Whatever is due next is about to be paid at the sandbox provider."""
    payment_id = pay.open_attempt(order_id, "sandbox", actor=GUEST, now=now, due_id=due_id)
    return db.session.get_one(Payment, payment_id)


@remembered
def paid(order_id: int, now: datetime, due_id: int | None = None) -> None:
    """Whatever is due next is paid at the sandbox provider."""
    payment = attempt(order_id, now, due_id)
    settle(captured(payment.reference, payment.amount, now), now=now)


@remembered
def confirmed(owner: House, skus_and_units: dict[int, int], now: datetime, **facts: Any) -> int:
    """An order in a campaign whose first payment has arrived."""
    order_id = joined(owner, skus_and_units, now, **facts)
    paid(order_id, now)
    return order_id


def participation(order_id: int) -> int:
    """An order's part in its one campaign."""
    db.session.rollback()
    mine = select(Participation.id).where(Participation.order_id == order_id)
    return db.session.scalars(mine).one()


def balance_of(order_id: int) -> OrderDue:
    """The balance an order was asked for."""
    return db.session.scalars(
        select(OrderDue)
        .where(OrderDue.order_id == order_id, OrderDue.purpose == "balance")
        .execution_options(populate_existing=True)
    ).one()


def order(order_id: int) -> Order:
    db.session.rollback()
    return db.session.get_one(Order, order_id, populate_existing=True)
