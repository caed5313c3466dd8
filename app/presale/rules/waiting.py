"""When a place may be offered, and for how long (R15)."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.presale.models import OFF_THE_SHELF, Campaign, CampaignSku, CampaignState

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
"""States in which a place that became free is offered; closing only after a draw, and in a draw
nothing before.
"""


def offered_until(campaign: Campaign, *, now: datetime) -> datetime | None:
    """Until when an offer made now lasts; None when none can be made any more."""
    if campaign.state not in OFFERING:
        return None
    if campaign.is_draw and campaign.state in WISHING:
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


def made(campaign: Campaign, sku: CampaignSku) -> int | None:
    """Units that are being made or have passed; None while the cap alone says how many there are.

    A place that a shortage or a pack left empty has no goods, so it cannot be offered.
    """
    if campaign.supply_mode in OFF_THE_SHELF:
        return None
    if campaign.state == CampaignState.IN_PRODUCTION:
        return sku.ordered
    if campaign.state in {CampaignState.ARRIVING, CampaignState.BALANCE_OPEN}:
        return sku.passed
    return None
