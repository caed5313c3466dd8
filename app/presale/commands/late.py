"""A payment that came when no place was left: its buyer heads the waiting list (R3)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from app.platform.db import db
from app.platform.transaction import command
from app.presale.commands import waiting
from app.presale.commands.waiting import NewWish
from app.presale.models import Campaign, Commitment, CommitmentState, Participation
from app.presale.rules.waiting import WISHING


@command
def put_first(order_id: int, *, now: datetime) -> int:
    """Put what an order wanted before all other wishes, while its campaign runs.

    Returns how many wishes; a repeat changes nothing that was offered since.
    """
    rows = db.session.execute(
        select(Commitment, Participation, Campaign)
        .join(Participation, Participation.id == Commitment.participation_id)
        .join(Campaign, Campaign.id == Commitment.campaign_id)
        .where(
            Participation.order_id == order_id,
            Commitment.state == CommitmentState.HOLD_EXPIRED,
        )
        .order_by(Commitment.id)
    ).all()
    put = 0
    for commitment, participation, campaign in rows:
        if campaign.state not in WISHING:
            continue
        new = NewWish(
            commitment.sku_id, commitment.quantity, participation.email, participation.locale,
            participation.name, participation.link_id,
        )  # fmt: skip
        waiting.put_first(commitment.sku_id, new, now=now)
        put += 1
    return put
