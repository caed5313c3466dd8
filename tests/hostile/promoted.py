"""A promotion of the hostile world, and a code of it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from app.marketing.commands import promotions
from app.marketing.commands.promotions import Draft
from app.marketing.models import PromotionKind
from app.marketing.rules import Terms
from tests.cast import House
from tests.hostile.values import MARKUP


def build(owner: House, now: datetime) -> dict[str, str]:
    """Genuine values for parts of addresses."""
    draft = Draft(
        name={"en": MARKUP, "zh-Hans": MARKUP},
        kind=PromotionKind.PERCENT,
        terms=Terms(percent=Decimal(10)),
        needs_code=True,
        starts_at=now,
    )
    promotion_id = promotions.create(draft, actor=owner.staff(), now=now)
    promotions.add_code(
        promotion_id, "GROUPCODE", label=MARKUP[:60], max_uses=9, actor=owner.staff(), now=now
    )
    return {"promotion_id": str(promotion_id)}
