"""The balance window of a campaign: open it when the goods are there, remind, close it (R6, R7)."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from app.orders.commands import balance as orders
from app.orders.commands.cancel import pay_back_delivery
from app.orders.commands.pay import settle_what_was_begun
from app.orders.errors import NothingDue
from app.orders.locks import lock_order
from app.orders.models import OrderDue
from app.platform import clock
from app.platform.actor import SYSTEM, Actor
from app.platform.db import db
from app.platform.due import each
from app.platform.facts import publish
from app.platform.rbac import ensure
from app.platform.transaction import command
from app.presale.commands import tasks
from app.presale.commands.paying_back import pay_back
from app.presale.commands.standing import follow_order
from app.presale.errors import NotNow
from app.presale.events import Notice
from app.presale.locks import lock_campaign, lock_participation, move
from app.presale.models import (
    BalanceUnpaid,
    Campaign,
    CampaignState,
    CampaignTask,
    Participation,
    PaymentMode,
)
from app.presale.queries.orders import balances_of, last_balance_end, somebody_owes
from app.presale.rules.more_time import BY_RULE

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
    last = closes_at + _grace(campaign)
    facts = {"opens_at": now.isoformat(), "closes_at": last.isoformat()}
    tasks.call_for(campaign.id, ASK, now=now, facts=facts)
    call_for_reminders(campaign, "", now=now)


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
    """Of the end as it is for this buyer: who was given more time is reminded of that one.

    A worker that comes late to it reminds nobody of what is over.
    """
    due = open_due_of(campaign, participation)
    before = REMINDERS[task.key.partition(":")[0]] + _grace(campaign)
    if due is not None and due.closes_at - before == task.due_at and due.closes_at > now:
        publish(Notice(participation.id, "balance_reminder", task.key, now))


def close_due(limit: int = 50) -> int:
    """Close balance windows that are over, grace included; returns how many began to close.

    Each only after the providers were asked about what was begun in it (R2): a window stays open
    while one of them is silent.
    """
    now = clock.now()
    due = db.session.scalars(
        select(Campaign.id)
        .where(Campaign.state == CampaignState.BALANCE_OPEN, Campaign.balance_closes_at <= now)
        .order_by(Campaign.id)
        .limit(limit)
    ).all()
    db.session.rollback()
    return each(due, lambda campaign_id: _ask_and_close(campaign_id, now=now))


def _ask_and_close(campaign_id: int, *, now: datetime) -> bool:
    campaign = db.session.get_one(Campaign, campaign_id, populate_existing=True)
    closes_at, subject = campaign.balance_closes_at, campaign.subject
    if closes_at is None or now < closes_at + _grace(campaign):
        return False
    return settle_what_was_begun(subject) and close_one(campaign_id, now=now)


@command
def close_one(campaign_id: int, *, now: datetime) -> bool:
    """End a balance window; who has not paid by then is dealt with as fixed at publish."""
    campaign = lock_campaign(campaign_id, SYSTEM)
    closes_at = campaign.balance_closes_at
    if campaign.state != CampaignState.BALANCE_OPEN or closes_at is None:
        return False
    if now < closes_at + _grace(campaign):
        return False
    facts = {"extended": True} if _was_extended(campaign.id, closes_at) else {}
    return tasks.call_for(campaign.id, UNPAID, key=closes_at.isoformat(), now=now, facts=facts)


@tasks.does(UNPAID)
def _deal_with_one(
    campaign: Campaign, participation: Participation, task: CampaignTask, now: datetime
) -> None:
    order_id, rule = participation.order_id, BalanceUnpaid(campaign.balance_unpaid)
    if order_id is None:
        return
    lock_order(order_id, SYSTEM)  # a payment that is arriving now is waited for
    due = open_due_of(campaign, participation)
    if due is None:
        return
    if rule is BalanceUnpaid.EXTEND and "extended" not in task.facts:
        last = _extended_until(campaign, task) + _grace(campaign)
        if orders.extend_balance(order_id, campaign.subject, closes_at=last, now=now):
            publish(Notice(participation.id, "balance_extended", BY_RULE, now))
    elif due.closes_at > now:
        return  # given more time by hand: their own end is the next to come
    elif rule is BalanceUnpaid.FORFEIT:
        orders.forfeit(order_id, campaign.subject, cause="balance_unpaid", now=now)
        pay_back_delivery(
            order_id, cause="balance_unpaid", now=now,
            idempotency_key=f"participation:{participation.id}:delivery",
        )  # fmt: skip
    else:
        pay_back(participation.id, cause="balance_unpaid", now=now)


@tasks.ends(UNPAID)
def _close_window(campaign: Campaign, task: CampaignTask, now: datetime) -> None:
    """The window is over, unless somebody was given more time: the one extension, or by hand."""
    campaign = lock_campaign(campaign.id, SYSTEM)
    if campaign.state != CampaignState.BALANCE_OPEN:
        return
    may_extend = campaign.balance_unpaid == BalanceUnpaid.EXTEND and "extended" not in task.facts
    if may_extend and somebody_owes(campaign.subject):
        campaign.balance_closes_at = _extended_until(campaign, task)
        call_for_reminders(campaign, ":extended", now=now)
        return
    last = last_balance_end(campaign.subject)
    if last is not None and last > now:
        campaign.balance_closes_at = last - _grace(campaign)
        call_for_reminders(campaign, f":{last.isoformat()}", now=now)
        return
    move(campaign, CampaignState.BALANCE_CLOSED, actor=SYSTEM, now=now)


def call_for_reminders(campaign: Campaign, occasion: str, *, now: datetime) -> None:
    """Remind 24 and 3 hours before the window's end, where that is still to come."""
    for key, before in REMINDERS.items():
        if campaign.balance_closes_at and campaign.balance_closes_at - before > now:
            due_at = campaign.balance_closes_at - before
            tasks.call_for(campaign.id, REMIND, key=key + occasion, due_at=due_at, now=now)


def _extended_until(campaign: Campaign, task: CampaignTask) -> datetime:
    """The same instant for every batch, whenever it is done."""
    return task.created_at + timedelta(hours=campaign.balance_hours)


def _was_extended(campaign_id: int, closes_at: datetime) -> bool:
    """Whether another window than the one that ends then was closed before."""
    earlier = select(CampaignTask.id).where(
        CampaignTask.campaign_id == campaign_id,
        CampaignTask.kind == UNPAID,
        CampaignTask.key != closes_at.isoformat(),
    )
    return db.session.scalar(earlier.limit(1)) is not None


@command
def waive(participation_id: int, *, actor: Actor, now: datetime) -> None:
    """Let somebody have the goods without paying the rest. Raises NothingDue."""
    ensure(actor, "presales.decide")
    participation = lock_participation(participation_id, actor)
    campaign = db.session.get_one(Campaign, participation.campaign_id)
    if participation.order_id is None or not owes_balance(campaign, participation):
        raise NothingDue
    orders.waive_balance(participation.order_id, campaign.subject, actor=actor, now=now)
    follow_order(participation.order_id, now=now)


def owes_balance(campaign: Campaign, participation: Participation) -> bool:
    """Whether a participation has been asked for a balance that is neither paid nor given up."""
    return open_due_of(campaign, participation) is not None


def open_due_of(campaign: Campaign, participation: Participation) -> OrderDue | None:
    """The balance a participation still owes, with its own end."""
    if participation.order_id is None:
        return None
    due = balances_of(participation.order_id).get(campaign.subject)
    return due if due is not None and due.is_open else None


def _grace(campaign: Campaign) -> timedelta:
    return timedelta(days=campaign.balance_grace_days)
