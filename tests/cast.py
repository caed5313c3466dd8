"""A small named cast: a house, a consignor, their pieces and staff, and Ada who buys.

Plain functions; each returns ids or rows and goes through the shop's own commands.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from PIL import Image
from sqlalchemy import select

from app.catalog.commands import media, products, stock
from app.catalog.drafts import FaultDraft, ImageDraft, PieceDraft, ProductDraft, VariantDraft
from app.catalog.models import MovementReason, Variant
from app.orders.commands.place import Contact, NewDelivery, NewLine, NewOrder, place
from app.payments.gateways.base import PaymentReport, PaymentState
from app.platform.actor import GUEST, SYSTEM, Actor
from app.platform.db import db
from app.platform.images import from_image
from app.shop.commands import NewLocation, create_location, create_merchant, replace_shipping_rates
from app.shop.models import LocationKind, Role
from app.shop.permissions import permissions_of
from app.shop.rules import FIRST_RATES
from tests.servers.scenes import Serial, remembered


@dataclass(frozen=True)
class House:
    """A merchant with one store; `staff(role)` is somebody who works there."""

    merchant_id: int
    store_id: int
    is_house: bool

    def staff(self, role: Role = Role.OWNER, staff_id: int = 1) -> Actor:
        return Actor(
            "staff",
            staff_id,
            self.merchant_id,
            frozenset(permissions_of(role, is_house=self.is_house)),
            role.value,
        )


@remembered
def house(now: datetime, key: str = "house", *, is_house: bool = True) -> House:
    """A merchant, its store that hands over, and the shop's first rates."""
    merchant_id = create_merchant(
        key,
        name={"en": key.title(), "zh-Hans": key},
        email=f"{key}@example.org",
        is_house=is_house,
        actor=SYSTEM,
        now=now,
    )
    place_of_sale = NewLocation(
        f"store-{key}",
        LocationKind.STORE,
        {"en": "Test Store", "zh-Hans": "测试店"},
        {"en": "1 Test Lane", "zh-Hans": "测试巷1号"},
        {"en": "10–19", "zh-Hans": "10–19点"},
        offers_pickup=True,
    )
    store_id = create_location(merchant_id, place_of_sale, actor=SYSTEM, now=now)
    if is_house:
        replace_shipping_rates(FIRST_RATES, actor=SYSTEM, now=now)
    return House(merchant_id, store_id, is_house)


@remembered
def autumn(now: datetime, about: str = "") -> None:
    """The collection “autumn”, with nothing in it."""
    products.save_collection(
        "autumn",
        title={"en": "Autumn", "zh-Hans": "秋"},
        description={"en": about} if about else {},
        position=0,
        actor=SYSTEM,
        now=now,
    )


@remembered
def picture(now: datetime, shade: int = 120) -> int:
    """A kept photograph of one colour."""
    return media.keep(from_image(Image.new("RGB", (400, 500), (shade, 80, 60))), now=now)


@remembered
def piece(owner: House, now: datetime, *, price: int = 128000, units: int = 1, **facts: Any) -> int:
    """A live piece (or `units` of it); returns its variant."""
    serial = Serial.next()
    title = facts.get("title", {"en": f"Test jacket {serial}", "zh-Hans": f"测试夹克{serial}"})
    draft = ProductDraft(
        title=title,
        story={"en": "A jacket for tests.", "zh-Hans": "测试用的夹克。"},
        garment="top",
        brand=facts.get("brand", "Testmade"),
        colour=facts.get("colour", ""),
        material=facts.get("material", {}),
        collections=facts.get("collections"),
        images=(ImageDraft(picture(now, serial % 200), {"en": "front", "zh-Hans": "正面"}),),
        variants=(VariantDraft(f"T-{serial}", price, weight_g=facts.get("weight_g", 700)),),
        piece=PieceDraft(
            grade=facts.get("grade", "B"),
            era=facts.get("era", "1970s"),
            origin="US",
            measurements={
                "shoulder": 440,
                "chest": facts.get("chest", 1040),
                "length": 620,
                "sleeve": 600,
                "hem": 980,
            },
            faults=(FaultDraft({"en": "cuff"}, {"en": "a small hole"}, image=0),),
        ),
        source_key=f"cast-{serial}",
    )
    product_id = products.create(draft, merchant_id=owner.merchant_id, actor=SYSTEM, now=now)
    variant_id = db.session.scalar(select(Variant.id).where(Variant.product_id == product_id))
    assert variant_id is not None
    stock.count(
        variant_id, owner.store_id, units, reason=MovementReason.RECEIVED, actor=SYSTEM, now=now
    )
    products.publish_product(product_id, actor=SYSTEM, now=now)
    return variant_id


def new_order(
    owner: House, variant_ids: list[int], *, price: int = 128000, fee: int = 1200, **facts: Any
) -> NewOrder:
    """What Ada asks for: one of each, shipped, unless said otherwise."""
    serial = Serial.next()
    return NewOrder(
        idempotency_key=facts.get("key", f"order-key-{serial}"),
        holder=facts.get("holder", f"checkout:test-{serial}"),
        contact=Contact(
            email=facts.get("email", "ada@example.org"),
            name="Ada Test",
            phone="13800000012",
            locale=facts.get("locale", "en"),
            address={"country": "CN", "region": "浙江省杭州市西湖区", "street": "测试路1号"},
        ),
        currency="CNY",
        lines=tuple(
            NewLine(
                merchant_id=owner.merchant_id,
                product_id=product_of(variant_id),
                variant_id=variant_id,
                number=variant_id,
                title={"en": "Test jacket", "zh-Hans": "测试夹克"},
                options={"values": []},
                sku=f"T-{variant_id}",
                product={"grade": "B", "faults": [], "path": "/i/0001", "picture": ""},
                unit_price=price,
                quantity=facts.get("quantity", 1),
                discount=0,
                total=price * int(facts.get("quantity", 1)),
                weight_g=700,
            )
            for variant_id in variant_ids
        ),
        deliveries=(
            NewDelivery(
                owner.merchant_id,
                facts.get("method", "ship"),
                fee,
                owner.store_id if facts.get("method") == "pickup" else None,
            ),
        ),
        fingerprint="f" * 32,
        pay_within=facts.get("pay_within", timedelta(minutes=30)),
    )


@remembered
def placed(owner: House, variant_ids: list[int], now: datetime, **facts: Any) -> int:
    """An order of Ada's that waits to be paid."""
    return place(new_order(owner, variant_ids, **facts), actor=GUEST, now=now)


def forged(token: str) -> str:
    """A token whose last sign is another."""
    return token[:-1] + ("y" if token.endswith("x") else "x")


def product_of(variant_id: int) -> int:
    product_id = db.session.scalar(select(Variant.product_id).where(Variant.id == variant_id))
    assert product_id is not None
    return product_id


def captured(reference: str, amount: int, now: datetime, **facts: Any) -> PaymentReport:
    """What the sandbox provider says of a payment that was made."""
    return PaymentReport(
        gateway=facts.get("gateway", "sandbox"),
        attempt_reference=reference,
        provider_reference=facts.get("provider_reference", f"pay_{reference}"),
        transaction_id=facts.get("transaction_id", f"txn_{reference}"),
        state=facts.get("state", PaymentState.CAPTURED),
        amount_minor=amount,
        currency=facts.get("currency", "CNY"),
        merchant_account="vitrine-test",
        at=now,
    )
