"""How far the balances of a campaign have come."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from app.orders.models import DuePurpose, OrderDue
from app.platform.configuration import settings
from app.platform.db import db
from app.platform.money import Money
from app.presale.models import Campaign, CampaignTask


@dataclass(frozen=True, slots=True)
class BalanceStanding:
    """`reminders` is how many rounds of reminders have gone out."""

    paid: int
    paid_amount: Money
    owing: int
    owing_amount: Money
    ended: int
    reminders: int


def standing(campaign: Campaign) -> BalanceStanding:
    is_paid, is_ended = OrderDue.settled_at.is_not(None), OrderDue.ended_at.is_not(None)
    is_open = ~is_paid & ~is_ended
    statement = select(
        func.count().filter(is_paid),
        func.sum(OrderDue.amount).filter(is_paid),
        func.count().filter(is_open),
        func.sum(OrderDue.amount).filter(is_open),
        func.count().filter(is_ended),
    ).where(OrderDue.purpose == DuePurpose.BALANCE, OrderDue.subject == campaign.subject)
    row = db.session.execute(statement).one()
    currency = settings().currency
    return BalanceStanding(
        paid=int(row[0]),
        paid_amount=Money(int(row[1] or 0), currency),
        owing=int(row[2]),
        owing_amount=Money(int(row[3] or 0), currency),
        ended=int(row[4]),
        reminders=_reminders(campaign.id),
    )


def _reminders(campaign_id: int) -> int:
    statement = select(func.count()).where(
        CampaignTask.campaign_id == campaign_id,
        CampaignTask.kind == "remind_balance",
        CampaignTask.finished_at.is_not(None),
    )
    return db.session.scalar(statement) or 0
