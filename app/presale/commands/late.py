"""Payments that came late: whether they may have their place back, and who heads the list (R3)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from app.platform.db import db
from app.platform.transaction import command
from app.presale.commands import waiting
from app.presale.commands.waiting import NewWish
from app.presale.models import Campaign, Commitment, CommitmentState, Participation, PersonQuota
from app.presale.rules.moves import GONE
from app.presale.rules.waiting import WISHING


def is_within_limits(order_id: int) -> bool:
    """Whether an order that was given up may come back beside what its buyer has taken since.

    The rows that count a person are locked, so that the answer holds until the commit.
    """
    rows = db.session.execute(
        select(Participation, Campaign, func.sum(Commitment.quantity + Commitment.tolerance))
        .join(Campaign, Campaign.id == Participation.campaign_id)
        .join(Commitment, Commitment.participation_id == Participation.id)
        .where(Participation.order_id == order_id, Commitment.state.in_(GONE))
        .group_by(Participation.id, Campaign.id)
    ).all()
    for participation, campaign, units in rows:
        limit = campaign.per_person_limit
        if limit is not None and _taken(participation) + int(units) > limit:
            return False
    return True


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
            Participation.name != "",  # who was taken out of it waits for nothing
        )
        .order_by(Commitment.id)
    ).all()
    put = 0
    for commitment, participation, campaign in rows:
        if campaign.state not in WISHING:
            continue
        new = NewWish(
            commitment.sku_id, commitment.quantity, participation.email, participation.locale,
            participation.name, participation.link_id, participation.listed_id,
        )  # fmt: skip
        waiting.put_first(commitment.sku_id, new, now=now)
        put += 1
    return put


def _taken(participation: Participation) -> int:
    """The most units one of a person's names has in the campaign."""
    counted = db.session.scalars(
        select(PersonQuota.units)
        .where(
            PersonQuota.campaign_id == participation.campaign_id,
            PersonQuota.person.in_(participation.person.split()),
        )
        .order_by(PersonQuota.person)
        .with_for_update()
    )
    return max(counted, default=0)
