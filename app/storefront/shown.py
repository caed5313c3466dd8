"""What shared pages may show, by how it changes. A page that reads any other table is never kept:
bags, accounts and orders are somebody's own.
"""

from __future__ import annotations

from typing import Final

from flask import Flask

from app.catalog.models import STOCK_PART
from app.platform.content.parts import Part
from app.platform.content.watching import along, parts

MANY_WRITERS: Final = 8

PARTS: Final = (
    Part(
        "shop",
        (
            "merchant", "location", "shop_setting", "home_version", "collection",
            "shipping_rate", "delivery_zone", "tax_class", "tax_rate", "former_address",
        ),
    ),
    Part(
        "goods",
        (
            "product", "variant", "piece", "fault", "product_image", "product_tag", "media",
            "collection_product",
        ),
    ),
    Part("reviews", ("review", "review_photo")),
    Part(
        "lists",
        ("listed_product", "listed_material", "gathered_product", "listing_stamp"),
        shards=MANY_WRITERS,
    ),
    Part(STOCK_PART, ("stock", "hold", "stock_movement"), by_key=True),
    Part("presales", ("campaign", "campaign_sku", "promise_version"), shards=MANY_WRITERS),
    Part(
        "standing",
        (
            "participation", "commitment", "campaign_hold", "campaign_event", "waiting_entry",
            "quota_slice", "buyer_question", "shortage_split", "order_refund",
        ),
        columns={"campaign_sku": frozenset({"held", "committed"})},
        shards=MANY_WRITERS,
    ),
)  # fmt: skip


def init_app(_app: Flask) -> None:
    parts.tell(PARTS, along())
