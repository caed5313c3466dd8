"""How far a campaign that does not take place has paid everybody back."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, String, cast, func, select

from app.orders.models import OrderRefund
from app.platform.db import db
from app.presale.models import Participation


@dataclass(frozen=True, slots=True)
class PaidBack:
    """Of `total` orders that are paid back, the money of `done` has arrived."""

    done: int
    total: int


def paid_back(campaign_id: int) -> PaidBack:
    """Counted over who was in when it ended; who had left before is not counted."""
    waiting = (
        select(func.count())
        .where(
            Participation.campaign_id == campaign_id,
            Participation.order_id.is_not(None),
            Participation.number.is_not(None),
            Participation.left_at.is_(None),
        )
        .scalar_subquery()
    )
    row = db.session.execute(
        select(func.count(OrderRefund.id), func.count(OrderRefund.completed_at), waiting)
        .select_from(Participation)
        .join(OrderRefund, OrderRefund.idempotency_key == _key())
        .where(
            Participation.campaign_id == campaign_id,
            OrderRefund.cause.in_(["campaign_failed", "campaign_cancelled"]),
        )
    ).one()
    return PaidBack(done=row[1], total=row[0] + row[2])


def _key() -> ColumnElement[str]:
    """Under which `paying_back.pay_back` decides the one refund of a participation."""
    return "participation:" + cast(Participation.id, String) + ":back"
