"""Give more time for the balance by hand: to everybody who owes, or to one of them (R6).

What was fixed at publish stays: whoever has not paid at the new end is dealt with by R7.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from app.orders.commands.balance import extend_balance
from app.orders.errors import NothingDue
from app.platform.actor import Actor
from app.platform.audit.commands import record
from app.platform.db import db
from app.platform.facts import publish
from app.platform.rbac import ensure
from app.platform.transaction import command
from app.presale.commands import tasks
from app.presale.commands.balances import call_for_reminders, open_due_of, owes_balance
from app.presale.errors import NotNow
from app.presale.events import Notice, StandingChanged
from app.presale.locks import lock_campaign, lock_participation, note
from app.presale.models import Campaign, CampaignState, CampaignTask, Participation
from app.presale.rules import more_time

MORE_TIME = "more_time"


@command
def for_everybody(campaign_id: int, until: datetime, *, actor: Actor, now: datetime) -> None:
    """End the window later for all who still owe; again until the same instant does nothing.

    Raises NotNow when no balance is asked for, or until then is too late or too early.
    """
    ensure(actor, "presales.decide")
    campaign = lock_campaign(campaign_id, actor)
    ends_at, grace = campaign.balance_closes_at, timedelta(days=campaign.balance_grace_days)
    if campaign.state != CampaignState.BALANCE_OPEN or ends_at is None or ends_at + grace <= now:
        raise NotNow
    if until == ends_at:
        return
    if not more_time.allows(until, ends_at=ends_at, now=now):
        raise NotNow
    campaign.balance_closes_at = until
    note(campaign.id, MORE_TIME, {"until": until.isoformat()}, actor=actor, now=now)
    facts = {"closes_at": (until + grace).isoformat()}
    tasks.call_for(campaign.id, MORE_TIME, key=until.isoformat(), now=now, facts=facts)
    call_for_reminders(campaign, f":{until.isoformat()}", now=now)
    record(
        actor, "presale.more_time", "campaign", campaign.id, now=now,
        before={"until": ends_at.isoformat()}, after={"until": until.isoformat()},
    )  # fmt: skip
    publish(StandingChanged(campaign.id, now))


@command
def for_one(participation_id: int, until: datetime, *, actor: Actor, now: datetime) -> None:
    """Wait for one buyer's balance longer; again until the same instant does nothing.

    Raises NothingDue when they owe none, NotNow when until then is too late or too early.
    """
    ensure(actor, "presales.decide")
    participation = lock_participation(participation_id, actor)
    campaign = db.session.get_one(Campaign, participation.campaign_id)
    due = open_due_of(campaign, participation)
    if due is None or participation.order_id is None:
        raise NothingDue
    if until == due.closes_at:
        return
    if not more_time.allows(until, ends_at=due.closes_at, now=now):
        raise NotNow
    before = due.closes_at.isoformat()
    extend_balance(participation.order_id, campaign.subject, closes_at=until, now=now)
    publish(Notice(participation.id, "balance_extended", until.isoformat(), now))
    record(
        actor, "presale.more_time", "participation", participation.id, now=now,
        before={"until": before}, after={"until": until.isoformat()},
    )  # fmt: skip


@tasks.does(MORE_TIME)
def _give_one(
    campaign: Campaign, participation: Participation, task: CampaignTask, now: datetime
) -> None:
    closes_at = datetime.fromisoformat(task.facts["closes_at"])
    if participation.order_id is None or not owes_balance(campaign, participation):
        return
    if extend_balance(participation.order_id, campaign.subject, closes_at=closes_at, now=now):
        publish(Notice(participation.id, "balance_extended", closes_at.isoformat(), now))
