"""The balance window of a campaign: open it when the goods are there, remind, close it (R6, R7)."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from app.orders.commands import balance as orders
from app.orders.errors import NothingDue
from app.platform import clock
from app.platform.actor import SYSTEM, Actor
from app.platform.db import db
from app.platform.facts import publish
from app.platform.rbac import ensure
from app.platform.transaction import command
from app.presale.commands import tasks
from app.presale.commands.paying_back import pay_back
from app.presale.commands.standing import follow_order
from app.presale.errors import NotNow
from app.presale.events import Notice
from app.presale.locks import lock_campaign, move
from app.presale.models import (
    BalanceUnpaid,
    Campaign,
    CampaignState,
    CampaignTask,
    Commitment,
    CommitmentState,
    Participation,
    PaymentMode,
)
from app.presale.queries.orders import balances_of, somebody_owes

ASK = "ask_balance"
REMIND = "remind_balance"
UNPAID = "balance_unpaid"
REMINDERS = {"24h": timedelta(hours=24), "3h": timedelta(hours=3)}


@command
def open_balance(campaign_id: int, *, actor: Actor, now: datetime) -> None:
    """Ask everybody for the rest, in one window for all. Raises NotNow without deposits."""
    ensure(actor, "presales.decide")
    campaign = lock_campaign(campaign_id, actor)
    if campaign.payment_mode != PaymentMode.DEPOSIT:
        raise NotNow
    closes_at = now + timedelta(hours=campaign.balance_hours)
    campaign.balance_closes_at = closes_at
    move(campaign, CampaignState.BALANCE_OPEN, actor=actor, now=now, until=closes_at.isoformat())
    last = closes_at + timedelta(days=campaign.balance_grace_days)
    facts = {"opens_at": now.isoformat(), "closes_at": last.isoformat()}
    tasks.call_for(campaign.id, ASK, now=now, facts=facts)
    for key, before in REMINDERS.items():
        if closes_at - before > now:
            tasks.call_for(campaign.id, REMIND, key=key, due_at=closes_at - before, now=now)


@tasks.does(ASK)
def _ask_one(
    campaign: Campaign, participation: Participation, task: CampaignTask, now: datetime
) -> None:
    if participation.order_id is None:
        return
    orders.ask_balance(
        participation.order_id,
        campaign.subject,
        opens_at=datetime.fromisoformat(task.facts["opens_at"]),
        closes_at=datetime.fromisoformat(task.facts["closes_at"]),
        now=now,
    )


@tasks.does(REMIND)
def _remind_one(
    campaign: Campaign, participation: Participation, task: CampaignTask, now: datetime
) -> None:
    if owes_balance(campaign, participation):
        publish(Notice(participation.id, "balance_reminder", task.key, now))


def close_due(limit: int = 50) -> int:
    """Close balance windows that are over, grace included; returns how many began to close."""
    now = clock.now()
    due = db.session.scalars(
        select(Campaign.id)
        .where(Campaign.state == CampaignState.BALANCE_OPEN, Campaign.balance_closes_at <= now)
        .order_by(Campaign.id)
        .limit(limit)
    ).all()
    db.session.rollback()
    return sum(close_one(campaign_id, now=now) for campaign_id in due)


@command
def close_one(campaign_id: int, *, now: datetime) -> bool:
    """End a balance window; who has not paid by then is dealt with as fixed at publish."""
    campaign = lock_campaign(campaign_id, SYSTEM)
    closes_at = campaign.balance_closes_at
    if campaign.state != CampaignState.BALANCE_OPEN or closes_at is None:
        return False
    if now < closes_at + timedelta(days=campaign.balance_grace_days):
        return False
    return tasks.call_for(campaign.id, UNPAID, key=closes_at.isoformat(), now=now)


@tasks.does(UNPAID)
def _deal_with_one(
    campaign: Campaign, participation: Participation, task: CampaignTask, now: datetime
) -> None:
    if participation.order_id is None or not owes_balance(campaign, participation):
        return
    order_id, rule = participation.order_id, BalanceUnpaid(campaign.balance_unpaid)
    if rule is BalanceUnpaid.EXTEND and "extended" not in task.facts:
        until = now + timedelta(hours=campaign.balance_hours)
        orders.extend_balance(order_id, campaign.subject, closes_at=until, now=now)
        publish(Notice(participation.id, "balance_extended", "1", now))
    elif rule is BalanceUnpaid.FORFEIT:
        orders.forfeit(order_id, campaign.subject, cause="balance_unpaid", now=now)
    else:
        pay_back(participation.id, cause="balance_unpaid", now=now)


@tasks.ends(UNPAID)
def _close_window(campaign: Campaign, task: CampaignTask, now: datetime) -> None:
    """The window is over, unless the one extension has just been given to somebody."""
    campaign = lock_campaign(campaign.id, SYSTEM)
    if campaign.state != CampaignState.BALANCE_OPEN:
        return
    may_extend = campaign.balance_unpaid == BalanceUnpaid.EXTEND and "extended" not in task.facts
    if may_extend and somebody_owes(campaign.subject):
        campaign.balance_closes_at = now + timedelta(hours=campaign.balance_hours)
        tasks.call_for(
            campaign.id, UNPAID, key="extended", now=now, facts={"extended": True},
            due_at=campaign.balance_closes_at + timedelta(days=campaign.balance_grace_days),
        )  # fmt: skip
        return
    move(campaign, CampaignState.BALANCE_CLOSED, actor=SYSTEM, now=now)


@command
def waive(participation_id: int, *, actor: Actor, now: datetime) -> None:
    """Let somebody have the goods without paying the rest. Raises NothingDue."""
    ensure(actor, "presales.decide")
    participation = db.session.get_one(Participation, participation_id, populate_existing=True)
    campaign = lock_campaign(participation.campaign_id, actor)
    if participation.order_id is None or not owes_balance(campaign, participation):
        raise NothingDue
    for commitment in _commitments(participation.id):
        if commitment.state == CommitmentState.BALANCE_DUE:
            commitment.state = CommitmentState.WAIVED
    db.session.flush()
    orders.waive_balance(participation.order_id, campaign.subject, actor=actor, now=now)
    follow_order(participation.order_id, now=now)


def owes_balance(campaign: Campaign, participation: Participation) -> bool:
    """Whether a participation has been asked for a balance that is neither paid nor given up."""
    if participation.order_id is None:
        return False
    due = balances_of(participation.order_id).get(campaign.subject)
    return due is not None and due.is_open


def _commitments(participation_id: int) -> list[Commitment]:
    statement = select(Commitment).where(Commitment.participation_id == participation_id)
    return list(db.session.scalars(statement.execution_options(populate_existing=True)))
