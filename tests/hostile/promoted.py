"""A promotion of the hostile world, a code of it, and a link that is to reach a goal."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from app.community.commands import reach
from app.community.commands.reach import NewGoal
from app.community.models import ReachCounts
from app.marketing.commands import promotions
from app.marketing.commands.promotions import Draft
from app.marketing.models import PromotionKind
from app.marketing.rules import Terms
from app.shop.delivering import replace_zones
from app.shop.rules import Rate
from app.shop.zones import Zone
from tests.cast import House
from tests.community import cast as community
from tests.hostile.values import MARKUP


def build(owner: House, campaign_id: int, now: datetime) -> tuple[dict[str, str], str]:
    """Genuine values for parts of addresses, and the page of the link with the goal."""
    draft = Draft(
        name={"en": MARKUP, "zh-Hans": MARKUP},
        kind=PromotionKind.PERCENT,
        terms=Terms(percent=Decimal(10)),
        needs_code=True,
        starts_at=now,
        with_presales=True,
    )
    promotion_id = promotions.create(draft, actor=owner.staff(), now=now)
    promotions.add_code(
        promotion_id, "GROUPCODE", label=MARKUP[:60], max_uses=9, actor=owner.staff(), now=now
    )
    link = community.link(community.leader(owner, "goalkeeper"), campaign_id, now, name="Goal")
    goal = NewGoal(promotion_id, ReachCounts.JOINS, 5)
    # One zone is enough: each of its fields is walked.
    zone = Zone("all", {"en": "China", "zh-Hans": "中国"}, ("CN",))
    replace_zones([zone], [Rate("all", 20000, 1200)], actor=owner.staff(), now=now)
    reach.set_goal(link.code, goal, actor=owner.staff(), now=now)
    return {"promotion_id": str(promotion_id)}, f"/admin/g/{link.code}"
