"""The numbers a campaign is judged by."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import case, func, select

from app.platform.db import db
from app.presale.models import (
    Commitment,
    CommitmentState,
    Participation,
    WaitingEntry,
    WaitingState,
)
from app.presale.rules.moves import PAID
from app.presale.rules.threshold import Counted

COUNTING = [*sorted(PAID), CommitmentState.COMMITTED]
_LEFT = Commitment.quantity + Commitment.tolerance - Commitment.cut
_WANTED = case((Commitment.cut > Commitment.tolerance, _LEFT), else_=Commitment.quantity)
_SPARE = _LEFT - _WANTED


@dataclass(frozen=True, slots=True)
class SkuCount:
    """Confirmed units of one SKU: wanted, and taken in addition if a pack needs them."""

    sku_id: int
    quantity: int
    tolerance: int


def confirmed(campaign_id: int) -> Counted:
    """Confirmed units of a campaign, and the orders and offers that may still become some."""
    row = db.session.execute(
        select(
            func.coalesce(func.sum(_WANTED), 0),
            func.coalesce(func.sum(_SPARE), 0),
        ).where(Commitment.campaign_id == campaign_id, Commitment.state.in_(COUNTING))
    ).one()
    unsettled = db.session.scalar(
        select(func.count(func.distinct(Commitment.participation_id))).where(
            Commitment.campaign_id == campaign_id, Commitment.state == CommitmentState.HOLD
        )
    )
    offered = db.session.scalar(
        select(func.count()).where(
            WaitingEntry.campaign_id == campaign_id, WaitingEntry.state == WaitingState.OFFERED
        )
    )
    return Counted(int(row[0]), int(row[1]), (unsettled or 0) + (offered or 0))


def by_sku(campaign_id: int) -> dict[int, SkuCount]:
    """Confirmed units of each SKU."""
    rows = db.session.execute(
        select(Commitment.sku_id, func.sum(_WANTED), func.sum(_SPARE))
        .where(Commitment.campaign_id == campaign_id, Commitment.state.in_(COUNTING))
        .group_by(Commitment.sku_id)
    )
    return {
        sku_id: SkuCount(sku_id, int(quantity), int(tolerance))
        for sku_id, quantity, tolerance in rows
    }


def joined(campaign_id: int) -> int:
    """How many people are in: numbered participations that have not left."""
    return (
        db.session.scalar(
            select(func.count()).where(
                Participation.campaign_id == campaign_id,
                Participation.number.is_not(None),
                Participation.left_at.is_(None),
            )
        )
        or 0
    )
