"""The demo buyers' addresses as an order keeps them."""

from __future__ import annotations

from typing import Any

from app.customers.addresses.region_finder import find_region
from app.demo.copy.types import Buyer


def address_of(buyer: Buyer) -> dict[str, Any]:
    # 上海市 is a province and its own city, and is said once.
    region = "".join(dict.fromkeys((buyer.province, buyer.city, buyer.district)))
    code = find_region(region)
    return {
        "country": "CN",
        "region": region,
        "region_code": code.code if code else "",
        "province": buyer.province,
        "city": buyer.city,
        "district": buyer.district,
        "street": buyer.street,
    }
