"""Note when the last of a campaign's goods has left: what its promise is measured by (R9)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from app.platform.actor import SYSTEM
from app.platform.db import db
from app.presale.locks import lock_campaign, note
from app.presale.models import (
    Campaign,
    CampaignEvent,
    CampaignState,
    Commitment,
    Participation,
)
from app.presale.queries.promises import ALL_SENT
from app.presale.rules.moves import GONE, SENT


def note_what_was_sent(order_id: int, *, now: datetime) -> None:
    """Write it down, once, for every campaign of an order of which nothing is left to be sent."""
    sending = db.session.scalars(
        select(Campaign.id)
        .join(Participation, Participation.campaign_id == Campaign.id)
        .where(Participation.order_id == order_id, Campaign.state == CampaignState.FULFILLING)
        .order_by(Campaign.id)
    ).all()
    for campaign_id in sending:
        campaign = lock_campaign(campaign_id, SYSTEM)
        if _everything_left(campaign.id) and not _is_noted(campaign.id):
            note(campaign.id, ALL_SENT, {}, actor=SYSTEM, now=now)


def _everything_left(campaign_id: int) -> bool:
    waiting = select(Commitment.id).where(
        Commitment.campaign_id == campaign_id, Commitment.state.not_in(sorted(SENT | GONE))
    )
    return db.session.scalar(waiting.limit(1)) is None


def _is_noted(campaign_id: int) -> bool:
    before = select(CampaignEvent.id).where(
        CampaignEvent.campaign_id == campaign_id, CampaignEvent.kind == ALL_SENT
    )
    return db.session.scalar(before.limit(1)) is not None
