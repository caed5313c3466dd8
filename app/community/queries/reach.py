"""How far a link is from its goal, and what opens then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.community.models import LinkHour, ReachCounts, ReachGoal
from app.marketing.models import Promotion, PromotionCode, PromotionKind
from app.marketing.rules import Terms
from app.marketing.words import gift
from app.platform.configuration import settings
from app.platform.db import db
from app.presale.models import Participation


@dataclass(frozen=True, slots=True)
class Goal:
    """`code` is empty until it has opened; `count` never shows more than there is."""

    counts: ReachCounts
    target: int
    count: int
    code: str
    reached_at: datetime | None
    name: Mapping[str, str]
    kind: PromotionKind
    terms: Terms
    ends_at: datetime | None
    is_over: bool

    @property
    def gift(self) -> str:
        """What opens, in one line."""
        return gift(self.kind, self.terms, settings().currency)

    @property
    def is_due(self) -> bool:
        """Reached, and not opened yet."""
        return self.reached_at is None and self.count >= self.target and not self.is_over


def count_of(link_id: int, counts: ReachCounts) -> int:
    """People who looked, each once a day, or those who joined and are in."""
    if counts is ReachCounts.JOINS:
        statement = select(func.count()).where(
            Participation.link_id == link_id,
            Participation.number.is_not(None),
            Participation.left_at.is_(None),
        )
    else:
        statement = select(func.coalesce(func.sum(LinkHour.viewed), 0)).where(
            LinkHour.link_id == link_id
        )
    return int(db.session.scalar(statement) or 0)


def goal_of(link_id: int, *, now: datetime) -> Goal | None:
    """The goal of a link; None where it has none, as links have at first."""
    row = db.session.execute(
        select(ReachGoal, PromotionCode.code, Promotion)
        .join(PromotionCode, PromotionCode.id == ReachGoal.code_id)
        .join(Promotion, Promotion.id == PromotionCode.promotion_id)
        .where(ReachGoal.link_id == link_id)
    ).one_or_none()
    if row is None:
        return None
    goal, code, promotion = row
    counts = ReachCounts(goal.counts)
    ended = promotion.ends_at is not None and promotion.ends_at <= now
    return Goal(
        counts=counts,
        target=goal.target,
        count=count_of(link_id, counts),
        code=code if goal.reached_at is not None else "",
        reached_at=goal.reached_at,
        name=promotion.name,
        kind=PromotionKind(promotion.kind),
        terms=Terms.read(promotion.terms),
        ends_at=promotion.ends_at,
        is_over=ended or promotion.stopped_at is not None,
    )
