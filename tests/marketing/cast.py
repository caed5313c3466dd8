"""Promotions as these tests write them: `offered("percent 20 most 50.00 combines")`."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from app.marketing.models import PromotionKind
from app.marketing.rules import Goods, Offer, Terms
from app.platform.money import Money, parse_money
from tests.conftest import MONDAY


def minor(text: str) -> int:
    return parse_money(text, "CNY").minor


def offered(sentence: str, *, id_: int = 1, merchant_id: int = 1, at: datetime = MONDAY) -> Offer:
    """An offer that has begun; the sentence is one of docs/pricing.md."""
    words = sentence.split()
    kind = {
        "percent": PromotionKind.PERCENT,
        "fixed": PromotionKind.FIXED,
        "tiers": PromotionKind.SPEND_AND_SAVE,
        "buy": PromotionKind.BUY_AND_GET,
        "free": PromotionKind.FREE_SHIPPING,
    }[words[0]]
    after = {word: words[place + 1] for place, word in enumerate(words[:-1])}
    percent = after.get("percent") or after.get("off") or "0"
    steps = [word.split(":") for word in words if ":" in word]
    return Offer(
        id=id_,
        merchant_id=merchant_id,
        name={"en": sentence},
        kind=kind,
        terms=Terms(
            percent=Decimal(percent),
            amount=minor(after["fixed"]) if "fixed" in after else 0,
            most=minor(after["most"]) if "most" in after else None,
            tiers=tuple((minor(reached), minor(off)) for reached, off in steps),
            buy=int(after.get("buy", 0)),
            get=int(after.get("get", 0)),
            times=int(after["times"]) if "times" in after else None,
        ),
        starts_at=at,
        min_spend=minor(after["from"]) if "from" in after else 0,
        combines="combines" in words,
        code="CODE" if "code" in words else "",
    )


def goods(text: str) -> list[Goods]:
    """`60.00×4 45.00×2`: so many units at that price, a line each."""
    return [
        Goods(
            variant_id=place,
            merchant_id=1,
            unit_price=Money(minor(price), "CNY"),
            quantity=int(units),
        )
        for place, (price, units) in enumerate((line.split("×") for line in text.split()), start=1)
    ]
