"""What of the demo is there already, so that loading it again adds only what is missing."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.catalog.models import Product, ProductKind, Stock, Variant
from app.community.models import ChatGroup, ShareLink
from app.orders.models import DuePurpose, Order, OrderDue
from app.platform.db import db
from app.presale.models import Campaign, CampaignSku, Participation
from app.shop.models import Location, Merchant, Staff


def merchant_id(key: str) -> int | None:
    return db.session.scalar(select(Merchant.id).where(Merchant.key == key))


def location_id(merchant_id: int, key: str) -> int | None:
    return db.session.scalar(
        select(Location.id).where(Location.merchant_id == merchant_id, Location.key == key)
    )


def staff_id(email: str) -> int | None:
    return db.session.scalar(select(Staff.id).where(Staff.email == email))


def source_keys() -> set[str]:
    """The import keys of all products there are."""
    statement = select(Product.source_key).where(Product.source_key.is_not(None))
    return {key for key in db.session.scalars(statement) if key}


def variant_ids(product_id: int) -> dict[str, int]:
    """A product's variants by SKU."""
    statement = select(Variant.sku, Variant.id).where(Variant.product_id == product_id)
    return dict(db.session.execute(statement).all())


def oldest_pieces(location_id: int, *, source: str) -> Sequence[int]:
    """Variants of the pieces at a place whose import key begins so, lowest № first."""
    statement = (
        select(Variant.id)
        .join(Product, Product.id == Variant.product_id)
        .join(Stock, Stock.variant_id == Variant.id)
        .where(
            Stock.location_id == location_id,
            Product.kind == ProductKind.PIECE,
            Product.source_key.startswith(source),
        )
        .order_by(Product.number)
    )
    return db.session.scalars(statement).all()


def has_order(idempotency_key: str) -> bool:
    statement = select(Order.id).where(Order.idempotency_key == idempotency_key)
    return db.session.scalar(statement) is not None


def campaign_id(slug: str) -> int | None:
    return db.session.scalar(select(Campaign.id).where(Campaign.slug == slug))


def sku_ids(campaign_id: int) -> list[int]:
    """A campaign's SKUs in the order they are shown."""
    statement = select(CampaignSku.id).where(CampaignSku.campaign_id == campaign_id)
    return list(db.session.scalars(statement.order_by(CampaignSku.position, CampaignSku.id)))


def committed(sku_id: int) -> int:
    """Units of a SKU that are paid for."""
    return db.session.get_one(CampaignSku, sku_id, populate_existing=True).committed


def variants_of(source_key: str) -> list[int]:
    """The variants of the product with this import key, in their order."""
    statement = (
        select(Variant.id)
        .join(Product, Product.id == Variant.product_id)
        .where(Product.source_key == source_key)
    )
    return list(db.session.scalars(statement.order_by(Variant.position, Variant.id)))


def group_id(leader_id: int, name: str) -> int | None:
    own = ChatGroup.leader_id == leader_id
    return db.session.scalar(select(ChatGroup.id).where(own, ChatGroup.name == name))


def link_id(code: str) -> int:
    return db.session.scalars(select(ShareLink.id).where(ShareLink.code == code)).one()


def open_balances(campaign_id: int) -> list[tuple[int, int]]:
    """(order, due) of every balance that waits to be paid, in order of joining."""
    rows = db.session.execute(
        select(OrderDue.order_id, OrderDue.id)
        .where(
            OrderDue.purpose == DuePurpose.BALANCE,
            OrderDue.subject == f"campaign:{campaign_id}",
            OrderDue.settled_at.is_(None),
            OrderDue.ended_at.is_(None),
        )
        .order_by(OrderDue.order_id)
    )
    return [(order_id, due_id) for order_id, due_id in rows]


def orders_of(campaign_id: int) -> list[int]:
    """The orders of everybody who is in, by number."""
    statement = select(Participation.order_id).where(
        Participation.campaign_id == campaign_id, Participation.number.is_not(None)
    )
    found = db.session.scalars(statement.order_by(Participation.number))
    return [order_id for order_id in found if order_id is not None]
