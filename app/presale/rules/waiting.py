"""When a place may be offered, and for how long (R15)."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.presale.models import Campaign, CampaignState

OFFER = timedelta(hours=24)
OFFER_ON_THE_LAST_DAY = timedelta(hours=2)
LAST_DAY = timedelta(hours=24)

WISHING = frozenset({CampaignState.OPEN, CampaignState.SOLD_OUT, CampaignState.EXTENDED})
"""States in which a wish may be put on the list."""

OFFERING = WISHING | {
    CampaignState.CLOSING,
    CampaignState.SUCCEEDED,
    CampaignState.IN_PRODUCTION,
    CampaignState.ARRIVING,
    CampaignState.BALANCE_OPEN,
}
"""States in which a place that became free is offered; closing only after a draw."""


def offered_until(campaign: Campaign, *, now: datetime) -> datetime | None:
    """Until when an offer made now lasts; None when none can be made any more."""
    if campaign.state not in OFFERING:
        return None
    if campaign.state == CampaignState.CLOSING and not campaign.is_draw:
        return None
    end = campaign.balance_closes_at if campaign.state == CampaignState.BALANCE_OPEN else None
    if campaign.state in WISHING:
        end = campaign.closes_at
    if end is None:
        return now + OFFER
    lasts = OFFER if end - now > LAST_DAY else OFFER_ON_THE_LAST_DAY
    until = min(now + lasts, end)
    return until if until > now else None
