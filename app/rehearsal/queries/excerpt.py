"""What a rehearsal takes along of the shop: the campaign and what it sells, nobody's data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, func, or_, select

from app.catalog.models import (
    Fault,
    Hold,
    HoldState,
    Media,
    Piece,
    Product,
    ProductImage,
    ProductTag,
    Stock,
    Variant,
)
from app.platform.db import Model, db
from app.presale.models import Campaign, CampaignSku
from app.shop.models import DeliveryZone, Location, Merchant, ShippingRate, ShopSetting

JsonRow = dict[str, Any]


def excerpt(campaign_id: int) -> dict[str, list[JsonRow]]:
    """Rows by table, in an order in which they can be written: none refers to a later one.

    The campaign is as it was before anybody joined; units it holds on a shelf are free again.
    """
    campaign = db.session.get_one(Campaign, campaign_id, populate_existing=True)
    skus = _rows(CampaignSku, CampaignSku.campaign_id == campaign_id)
    variants = [row["variant_id"] for row in skus]
    products = list(
        db.session.scalars(select(Variant.product_id).where(Variant.id.in_(variants)).distinct())
    )
    merchant_id = campaign.merchant_id
    pictures = select(ProductImage.media_id).where(ProductImage.product_id.in_(products))
    return {
        "merchant": _rows(Merchant, or_(Merchant.id == merchant_id, Merchant.is_house)),
        "location": _rows(Location, Location.merchant_id == merchant_id),
        "shipping_rate": _rows(ShippingRate),
        "delivery_zone": _rows(DeliveryZone),
        "shop_setting": _rows(ShopSetting),
        "product": _rows(Product, Product.id.in_(products)),
        "piece": _rows(Piece, Piece.product_id.in_(products)),
        "variant": _rows(Variant, Variant.product_id.in_(products)),
        "media": _rows(Media, Media.id.in_(pictures)),
        "product_image": _rows(ProductImage, ProductImage.product_id.in_(products)),
        "fault": _rows(Fault, Fault.product_id.in_(products)),
        "product_tag": _rows(ProductTag, ProductTag.product_id.in_(products)),
        "stock": [_freed(row, campaign.subject) for row in _stock(variants, merchant_id)],
        "campaign": [_unjoined(row) for row in _rows(Campaign, Campaign.id == campaign_id)],
        "campaign_sku": [_uncounted(row) for row in skus],
    }


def starts_at(campaign_id: int, *, now: datetime) -> datetime:
    """When the clock of a rehearsal begins: now, or when a campaign was published."""
    campaign = db.session.get_one(Campaign, campaign_id, populate_existing=True)
    return campaign.published_at or now


def _rows(model: type[Model], *which: ColumnElement[bool]) -> list[JsonRow]:
    table = model.__table__
    if not isinstance(table, Table):
        raise TypeError("an excerpt is taken of tables")
    order = list(table.primary_key.columns)
    rows = db.session.execute(select(table).where(*which).order_by(*order)).mappings()
    return [{name: _plain(value) for name, value in row.items()} for row in rows]


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime | date) else value


def _stock(variants: Sequence[int], merchant_id: int) -> list[JsonRow]:
    own = select(Location.id).where(Location.merchant_id == merchant_id)
    return _rows(Stock, Stock.variant_id.in_(variants), Stock.location_id.in_(own))


def _freed(row: JsonRow, subject: str) -> JsonRow:
    """What others hold is not there for the rehearsal, what the campaign itself holds is."""
    held = db.session.scalar(
        select(func.coalesce(func.sum(Hold.quantity), 0)).where(
            Hold.stock_id == row["id"], Hold.owner == subject, Hold.state == HoldState.LIVE
        )
    )
    return row | {"on_hand": row["on_hand"] - row["held"] + int(held or 0), "held": 0}


def _unjoined(row: JsonRow) -> JsonRow:
    """A draft again, with the days it was published with."""
    terms: Mapping[str, Any] = row["terms"]
    first, last = terms.get("promise", (row["promise_earliest"], row["promise_latest"]))
    never = ("published_at", "decide_by", "extended_at", "balance_closes_at", "cancelled_at",
             "completed_at", "origin_id")  # fmt: skip
    return (
        row
        | dict.fromkeys(never)
        | {
            "state": "draft",
            "closes_at": terms.get("closes_at", row["closes_at"]),
            "promise_earliest": first,
            "promise_latest": last,
            "terms": {},
            "seed": "",
            "last_number": 0,
        }
    )


def _uncounted(row: JsonRow) -> JsonRow:
    return row | dict.fromkeys(("committed", "held", "ordered", "received", "passed", "packed"), 0)
