"""What a merchant has to sell in a campaign, and where it will arrive."""

from __future__ import annotations

from sqlalchemy import select

from app.catalog.models import Product, Variant
from app.platform.actor import Actor
from app.platform.db import db
from app.platform.rbac import found, visible
from app.shop.models import Location


def ensure_own_variant(variant_id: int, actor: Actor) -> None:
    """Raise NotFound for a variant the actor's merchant does not sell."""
    own = select(Variant.id).join(Product, Product.id == Variant.product_id)
    found(db.session.scalar(own.where(Variant.id == variant_id, visible(actor, Product))))


def place_of_arrival(merchant_id: int) -> int:
    """The merchant's first location, where goods that do not exist yet will arrive."""
    first = select(Location.id).where(Location.merchant_id == merchant_id)
    return found(db.session.scalar(first.order_by(Location.position, Location.id).limit(1)))
