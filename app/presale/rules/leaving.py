"""Whether somebody may leave a campaign, and what that costs (R17)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from app.presale.models import Campaign, CampaignState, DepositKind, PaymentMode, SupplyMode

BEFORE_PRODUCTION = frozenset(
    {
        CampaignState.OPEN,
        CampaignState.SOLD_OUT,
        CampaignState.EXTENDED,
        CampaignState.CLOSING,
        CampaignState.SUCCEEDED,
    }
)
OPEN_WINDOW = frozenset({CampaignState.OPEN, CampaignState.SOLD_OUT, CampaignState.EXTENDED})
ASKABLE = BEFORE_PRODUCTION | {
    CampaignState.IN_PRODUCTION,
    CampaignState.ARRIVING,
    CampaignState.BALANCE_OPEN,
    CampaignState.BALANCE_CLOSED,
}


class Leaving(StrEnum):
    """`free` pays everything back, `ask` lets the shop decide, `never` is too late."""

    FREE = "free"
    ASK = "ask"
    NEVER = "never"


def may_leave(campaign: Campaign, *, now: datetime) -> Leaving:
    """Free while the window is open below a threshold, to its instant; with a 订金 or full payment
    free until production begins; a 定金 is not paid back for a change of mind: the shop is asked.
    """
    state = CampaignState(campaign.state)
    if state not in ASKABLE:
        return Leaving.NEVER
    is_open = state in OPEN_WINDOW and now < campaign.closes_at
    if campaign.supply_mode == SupplyMode.THRESHOLD and is_open:
        return Leaving.FREE
    is_earnest = (
        campaign.payment_mode == PaymentMode.DEPOSIT
        and campaign.deposit_kind == DepositKind.EARNEST
    )
    if state in BEFORE_PRODUCTION and not is_earnest:
        return Leaving.FREE
    return Leaving.ASK
