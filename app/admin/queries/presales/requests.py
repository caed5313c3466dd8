"""What people have asked of the shop: to be let go, and what it owes them beyond refunds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.admin.queries.presales.joins import Join, JoinView, joins
from app.orders.models import Order
from app.platform.actor import Actor
from app.platform.db import db
from app.platform.rbac import found, visible
from app.presale.models import (
    Campaign,
    Commitment,
    CommitmentState,
    Compensation,
    CompensationState,
    Participation,
)
from app.shop.models import Staff

MOST = 200


@dataclass(frozen=True, slots=True)
class Asking:
    """People of one campaign who have asked to leave."""

    campaign: Campaign
    joins: Sequence[Join]


@dataclass(frozen=True, slots=True)
class Owed:
    """One compensation with whose it is; `proposed_by` is a colleague's name."""

    row: Compensation
    campaign: Campaign
    number: int | None
    order_code: str
    proposed_by: str
    approved_by: str


def asking(actor: Actor) -> list[Asking]:
    """Campaigns in which somebody has asked to leave, the oldest first."""
    waiting = (
        select(Commitment.campaign_id)
        .join(Participation, Participation.id == Commitment.participation_id)
        .where(visible(actor, Participation), Commitment.state == CommitmentState.CANCEL_REQUESTED)
    )
    campaigns = db.session.scalars(
        select(Campaign)
        .where(visible(actor, Campaign), Campaign.id.in_(waiting))
        .order_by(Campaign.id)
    ).all()
    return [
        Asking(campaign, joins(campaign, JoinView.LEAVING, actor, limit=MOST).rows)
        for campaign in campaigns
    ]


def owed(actor: Actor) -> list[Owed]:
    """Compensations that are not paid yet, then those that are; the newest first."""
    statement = (
        select(Compensation, Campaign, Participation.number, Order.code)
        .join(Campaign, Campaign.id == Compensation.campaign_id)
        .join(Commitment, Commitment.id == Compensation.commitment_id)
        .join(Participation, Participation.id == Commitment.participation_id)
        .join(Order, Order.id == Compensation.order_id)
        .where(visible(actor, Campaign))
        .order_by(Compensation.state == CompensationState.PAID, Compensation.id.desc())
        .limit(MOST)
        .execution_options(populate_existing=True)
    )
    rows = db.session.execute(statement).all()
    names = _names(actor)
    return [
        Owed(
            row=row,
            campaign=campaign,
            number=number,
            order_code=code,
            proposed_by=names.get(row.proposed_by or 0, ""),
            approved_by=names.get(row.approved_by or 0, ""),
        )
        for row, campaign, number, code in rows
    ]


def own_compensation(compensation_id: int, actor: Actor) -> Compensation:
    """Raises NotFound for another merchant's."""
    statement = (
        select(Compensation)
        .join(Campaign, Campaign.id == Compensation.campaign_id)
        .where(Compensation.id == compensation_id, visible(actor, Campaign))
        .execution_options(populate_existing=True)
    )
    row: Compensation | None = db.session.scalar(statement)
    return found(row)


def _names(actor: Actor) -> Mapping[int, str]:
    statement = select(Staff.id, Staff.name).where(visible(actor, Staff))
    return dict(db.session.execute(statement).all())
