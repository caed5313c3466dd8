"""The campaigns a leader can share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select

from app.platform.actor import Actor
from app.platform.db import db
from app.platform.i18n import pick
from app.platform.rbac import visible
from app.presale.models import Campaign, CampaignSku, CampaignState

SHAREABLE = (
    CampaignState.SCHEDULED,
    CampaignState.OPEN,
    CampaignState.SOLD_OUT,
    CampaignState.EXTENDED,
)
"""States in which somebody who is told of it can still join, or wait for a place."""


@dataclass(frozen=True, slots=True)
class Shareable:
    """A campaign that can be shared, in the reader's language."""

    id: int
    title: str
    slug: str
    closes_at: datetime
    commission_bp: int
    commission_cap: int | None


def shareable(campaign_id: int, actor: Actor, *, now: datetime) -> Shareable | None:
    """A campaign of the actor's merchant, if it can still be joined."""
    statement = select(Campaign).where(Campaign.id == campaign_id, _open(actor, now))
    campaign = db.session.scalar(statement.execution_options(populate_existing=True))
    return _shown(campaign) if campaign is not None else None


def all_shareable(actor: Actor, *, now: datetime) -> list[Shareable]:
    """Every campaign the actor could share, the one that closes first on top."""
    statement = select(Campaign).where(_open(actor, now))
    return [_shown(row) for row in db.session.scalars(statement.order_by(Campaign.closes_at)).all()]


def sku_ids(campaign_id: int) -> list[int]:
    """A campaign's SKUs in the order they are shown."""
    statement = select(CampaignSku.id).where(CampaignSku.campaign_id == campaign_id)
    return list(db.session.scalars(statement.order_by(CampaignSku.position, CampaignSku.id)))


def _open(actor: Actor, now: datetime) -> ColumnElement[bool]:
    return visible(actor, Campaign) & Campaign.state.in_(SHAREABLE) & (Campaign.closes_at > now)


def _shown(campaign: Campaign) -> Shareable:
    return Shareable(
        campaign.id,
        pick(campaign.title),
        campaign.slug,
        campaign.closes_at,
        campaign.commission_bp,
        campaign.commission_cap,
    )
