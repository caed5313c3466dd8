"""What a merchant has to sell in a campaign, and where it will arrive."""

from __future__ import annotations

from sqlalchemy import select

from app.catalog.models import Product, Variant
from app.catalog.queries.sellable import sellable
from app.orders.commands.exchange import Replacement
from app.platform import clock
from app.platform.actor import Actor
from app.platform.db import db
from app.platform.rbac import found, visible
from app.presale.models import Campaign, CampaignSku
from app.shop.models import Location


def ensure_own_variant(variant_id: int, actor: Actor) -> None:
    """Raise NotFound for a variant the actor's merchant does not sell."""
    own = select(Variant.id).join(Product, Product.id == Variant.product_id)
    found(db.session.scalar(own.where(Variant.id == variant_id, visible(actor, Product))))


def place_of_arrival(merchant_id: int) -> int:
    """The merchant's first location, where goods that do not exist yet will arrive."""
    first = select(Location.id).where(Location.merchant_id == merchant_id)
    return found(db.session.scalar(first.order_by(Location.position, Location.id).limit(1)))


def replacement_for(sku: CampaignSku) -> Replacement:
    """A SKU in the shape of an order's line."""
    goods = sellable([sku.variant_id], now=clock.now())[sku.variant_id]
    campaign = db.session.get_one(Campaign, sku.campaign_id)
    return Replacement(
        product_id=goods.product_id,
        variant_id=goods.variant_id,
        location_id=sku.location_id,
        source_id=sku.id,
        number=goods.number,
        title=goods.titles,
        options=goods.options,
        sku=goods.sku,
        product={
            "grade": goods.grade,
            "faults": [dict(fault) for fault in goods.faults],
            "path": f"/pre/{campaign.slug}",
            "picture": goods.picture.fallback if goods.picture else "",
        },
        weight_g=goods.weight_g,
    )
