"""What of the demo is there already, so that loading it again adds only what is missing."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.catalog.models import Product, ProductKind, Stock, Variant
from app.orders.models import Order
from app.platform.db import db
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
