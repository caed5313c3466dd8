"""Campaigns side by side: those that run, for the shop window, and every page for machines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.platform.configuration import settings
from app.platform.content.reading import holds_until
from app.platform.db import db
from app.platform.i18n import pick
from app.platform.money import Money
from app.presale.models import Campaign, CampaignSku, CampaignState
from app.presale.queries.pages import UNSEEN, path_of


@dataclass(frozen=True, slots=True)
class Running:
    """A campaign that can be joined now. `joined` units are paid for or registered."""

    title: str
    path: str
    price: Money
    joined: int
    goal: int | None
    closes_at: datetime


def running(limit: int, *, now: datetime) -> list[Running]:
    """What is open now, the soonest to close first; one query."""
    rows = db.session.execute(
        select(Campaign, func.min(CampaignSku.price), func.sum(CampaignSku.committed))
        .join(CampaignSku, CampaignSku.campaign_id == Campaign.id)
        .where(
            Campaign.state.in_(
                [CampaignState.OPEN, CampaignState.EXTENDED, CampaignState.SOLD_OUT]
            ),
            Campaign.closes_at > now,
        )
        .group_by(Campaign.id)
        .order_by(Campaign.closes_at, Campaign.id)
    ).all()
    for campaign, *_sums in rows:
        holds_until(campaign.opens_at, campaign.closes_at, now=now)
    is_open = [row for row in rows if row.Campaign.opens_at <= now]
    return [
        Running(
            title=pick(campaign.title),
            path=path_of(campaign.slug),
            price=Money(int(price), settings().currency),
            joined=int(joined),
            goal=campaign.threshold,
            closes_at=campaign.closes_at,
        )
        for campaign, price, joined in is_open[:limit]
    ]


def public_paths() -> list[str]:
    """The page of every campaign that was published, the newest first."""
    slugs = db.session.scalars(
        select(Campaign.slug)
        .where(Campaign.published_at.is_not(None), Campaign.state.not_in(UNSEEN))
        .order_by(Campaign.id.desc())
    )
    return [path_of(slug) for slug in slugs]
