"""The next instant at which something falls due on the copy, so that the clock can jump there."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select

from app.orders.models import Order
from app.platform.db import db
from app.presale.models import (
    BuyerQuestion,
    Campaign,
    CampaignHold,
    CampaignState,
    CampaignTask,
    HoldState,
    QuotaSlice,
    WaitingEntry,
    WaitingState,
)
from app.presale.rules.moves import RUNNING


def next_due(after: datetime) -> datetime | None:
    """The earliest instant later than `after`; None when nothing waits for the clock."""
    due = [instant for instant in (db.session.scalar(asked) for asked in _asked(after)) if instant]
    due += [instant for instant in _balance_closes() if instant > after]
    return min(due, default=None)


def _asked(after: datetime) -> list[Select[Any]]:
    running = [state.value for state in RUNNING]
    waits = (
        (Campaign.opens_at, Campaign.state == CampaignState.SCHEDULED),
        (Campaign.closes_at, Campaign.state.in_(running)),
        (Campaign.decide_by, Campaign.state == CampaignState.CLOSING),
        (CampaignTask.due_at, CampaignTask.finished_at.is_(None)),
        (BuyerQuestion.answer_until, BuyerQuestion.closed_at.is_(None)),
        (WaitingEntry.offered_until, WaitingEntry.state == WaitingState.OFFERED),
        (CampaignHold.expires_at, CampaignHold.state == HoldState.LIVE),
        (QuotaSlice.returns_at, QuotaSlice.returned_at.is_(None)),
        (Order.pay_until, Order.paid_at.is_(None) & Order.closed_at.is_(None)),
    )
    return [select(func.min(when)).where(condition, when > after) for when, condition in waits]


def _balance_closes() -> list[datetime]:
    """Balance windows end with their grace, which is written in days."""
    rows = db.session.execute(
        select(Campaign.balance_closes_at, Campaign.balance_grace_days).where(
            Campaign.state == CampaignState.BALANCE_OPEN
        )
    )
    return [at + timedelta(days=grace) for at, grace in rows if at is not None]
