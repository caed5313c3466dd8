"""What the clock and the merchant do to a campaign from opening to the decision at its close.

Every timed step looks at the state under the campaign's lock and does nothing when it is done: it
may run twice, late, or after a crash, and ends the same.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Select, select

from app.catalog.commands import stock
from app.orders.commands.place import PAY_BY_TRANSFER_WITHIN
from app.platform import clock
from app.platform.actor import SYSTEM, Actor
from app.platform.db import db
from app.platform.due import each
from app.platform.facts import publish
from app.platform.rbac import ensure
from app.platform.transaction import command
from app.presale.commands import slices, tasks
from app.presale.commands.draws import draw
from app.presale.commands.questions import ask_buyers, open_question
from app.presale.errors import NotNow
from app.presale.events import StandingChanged
from app.presale.locks import lock_campaign, move, note
from app.presale.models import (
    OFF_THE_SHELF,
    Answer,
    Campaign,
    CampaignState,
    Decision,
    PaymentMode,
    QuestionKind,
)
from app.presale.queries.counting import confirmed
from app.presale.rules import threshold
from app.presale.rules.moves import RUNNING
from app.presale.rules.threshold import Verdict

NOTICE = "notice"
REFUND = "refund"


def open_due(limit: int = 50) -> int:
    """Open campaigns whose time has come; returns how many."""
    now = clock.now()
    due = select(Campaign.id).where(
        Campaign.state == CampaignState.SCHEDULED, Campaign.opens_at <= now
    )
    return each(_ids(due, limit), lambda campaign_id: open_one(campaign_id, now=now))


@command
def open_one(campaign_id: int, *, now: datetime) -> bool:
    """Open a scheduled campaign whose time has come. Goods that lie on a shelf are kept for it."""
    campaign = lock_campaign(campaign_id, SYSTEM)
    if campaign.state != CampaignState.SCHEDULED or campaign.opens_at > now:
        return False
    move(campaign, CampaignState.OPEN, actor=SYSTEM, now=now)
    return True


def close_due(limit: int = 50) -> int:
    """Close windows that are over; returns how many."""
    now = clock.now()
    over = select(Campaign.id).where(
        Campaign.state.in_([state.value for state in RUNNING]), Campaign.closes_at <= now
    )
    return each(_ids(over, limit), lambda campaign_id: close_one(campaign_id, now=now))


def conclude_due(limit: int = 50) -> int:
    """Decide what can be decided of closed campaigns; returns how many moved."""
    now = clock.now()
    closing = select(Campaign.id).where(Campaign.state == CampaignState.CLOSING)
    return each(_ids(closing, limit), lambda campaign_id: conclude(campaign_id, now=now))


@command
def close_one(campaign_id: int, *, now: datetime) -> bool:
    """End the window of a campaign: nobody joins from `closes_at` on."""
    campaign = lock_campaign(campaign_id, SYSTEM)
    if campaign.state not in RUNNING or campaign.closes_at > now:
        return False
    move(campaign, CampaignState.CLOSING, actor=SYSTEM, now=now)
    if campaign.is_draw:
        draw(campaign, now=now)
    return True


@command
def close_early(campaign_id: int, *, actor: Actor, now: datetime) -> None:
    """The merchant ends the window now. Raises NotNow when it is not open."""
    ensure(actor, "presales.decide")
    campaign = lock_campaign(campaign_id, actor)
    if campaign.state not in RUNNING:
        raise NotNow
    campaign.closes_at = max(now, campaign.opens_at + timedelta(seconds=1))
    slices.return_all(campaign_id, now=now)
    move(campaign, CampaignState.CLOSING, actor=actor, now=now)
    if campaign.is_draw:
        draw(campaign, now=now)


@command
def conclude(campaign_id: int, *, now: datetime) -> bool:
    """Decide a closed campaign: met, or missed once nobody can still pay for an order in time.

    Below a threshold the merchant has until `decide_by`; then the default applies.
    """
    campaign = lock_campaign(campaign_id, SYSTEM)
    if campaign.state != CampaignState.CLOSING or open_question(campaign.id) is not None:
        return False
    counted = confirmed(campaign.id)
    waits_until = campaign.closes_at + PAY_BY_TRANSFER_WITHIN
    outcome = threshold.verdict(
        counted, threshold=campaign.threshold, waits_until=waits_until, now=now
    )
    if outcome is Verdict.MET:
        succeed(campaign, actor=SYSTEM, now=now)
    elif outcome is Verdict.UNDECIDED or not _missed(campaign, counted.quantity, now=now):
        return False
    return True


def _missed(campaign: Campaign, quantity: int, *, now: datetime) -> bool:
    """What a missed threshold leads to at this instant; False when it is still waited for."""
    if campaign.threshold is None or quantity == 0:
        fail(campaign, actor=SYSTEM, now=now, cause="nobody_joined")
    elif campaign.decide_by is None:
        campaign.decide_by = now + timedelta(hours=campaign.decide_within_hours)
        note(campaign.id, "decision_asked", {}, actor=SYSTEM, now=now)
        publish(StandingChanged(campaign.id, now))
    elif campaign.decide_by <= now:
        apply_default(campaign, now=now)
    else:
        return False
    return True


@command
def decide(
    campaign_id: int, decision: Decision, *, actor: Actor, now: datetime,
    until: datetime | None = None,
) -> None:  # fmt: skip
    """The merchant decides about a campaign below its threshold; `until` is a new close.

    Raises NotNow unless it is waiting for that, or an extension is not allowed (R11).
    """
    ensure(actor, "presales.decide")
    campaign = lock_campaign(campaign_id, actor)
    if campaign.state != CampaignState.CLOSING or campaign.decide_by is None:
        raise NotNow
    if decision is Decision.EXTEND:
        extend(campaign, until=until or campaign.closes_at, actor=actor, now=now)
    elif decision is Decision.RUN:
        succeed(campaign, actor=actor, now=now)
    elif decision is Decision.REFUND:
        fail(campaign, actor=actor, now=now, cause="threshold_missed")
    else:
        ask(campaign, actor=actor, now=now)


@command
def cancel(campaign_id: int, *, reason: str, actor: Actor, now: datetime) -> None:
    """The shop gives a campaign up: everybody is paid back, the task is written at once."""
    ensure(actor, "presales.decide")
    campaign = lock_campaign(campaign_id, actor)
    campaign.cancelled_at = now
    move(campaign, CampaignState.CANCELLED, actor=actor, now=now, reason=reason)
    if campaign.published_at is not None:
        _pay_everybody_back(campaign, cause="campaign_cancelled", now=now)


def apply_default(campaign: Campaign, *, now: datetime) -> None:
    """What was fixed at publish for a merchant who does not choose; else everybody is refunded."""
    chosen = Decision(campaign.default_decision)
    until = campaign.closes_at + threshold.EXTEND_AT_MOST
    if chosen is Decision.RUN:
        succeed(campaign, actor=SYSTEM, now=now)
    elif chosen is Decision.EXTEND and now < until and can_extend(campaign):
        extend(campaign, until=until, actor=SYSTEM, now=now)
    elif chosen is Decision.ASK:
        ask(campaign, actor=SYSTEM, now=now)
    else:
        fail(campaign, actor=SYSTEM, now=now, cause="threshold_missed")


def can_extend(campaign: Campaign, until: datetime | None = None) -> bool:
    """Whether a campaign may be extended, by the whole time allowed or until then."""
    return threshold.may_extend(
        quantity=confirmed(campaign.id).quantity,
        threshold=campaign.threshold or 1,
        was_extended=campaign.extended_at is not None,
        closes_at=campaign.closes_at,
        until=until or campaign.closes_at + threshold.EXTEND_AT_MOST,
    )


def extend(campaign: Campaign, *, until: datetime, actor: Actor, now: datetime) -> None:
    """Open the window again until then, once. Raises NotNow above what R11 allows."""
    if not can_extend(campaign, until) or until <= now:
        raise NotNow
    campaign.closes_at = until
    campaign.extended_at = now
    campaign.decide_by = None
    move(campaign, CampaignState.EXTENDED, actor=actor, now=now, until=until.isoformat())
    tasks.call_for(campaign.id, NOTICE, key="extended", now=now)


def succeed(campaign: Campaign, *, actor: Actor, now: datetime) -> None:
    """The campaign goes ahead; what follows depends on whether the goods exist."""
    campaign.decide_by = None
    move(campaign, CampaignState.SUCCEEDED, actor=actor, now=now)
    tasks.call_for(campaign.id, NOTICE, key="succeeded", now=now)
    if campaign.payment_mode == PaymentMode.INTEREST:
        campaign.completed_at = now
        move(campaign, CampaignState.COMPLETED, actor=actor, now=now)
        _let_the_shelf_go(campaign)


def fail(campaign: Campaign, *, actor: Actor, now: datetime, cause: str) -> None:
    """The campaign does not take place; everybody is paid back."""
    campaign.decide_by = None
    move(campaign, CampaignState.FAILED, actor=actor, now=now, cause=cause)
    _pay_everybody_back(campaign, cause="campaign_failed", now=now)


def ask(campaign: Campaign, *, actor: Actor, now: datetime) -> None:
    """Ask the buyers whether they would rather wait or have their money back.

    The campaign stays closing until they have answered; who does not answer is paid back.
    """
    question_id = ask_buyers(
        campaign, QuestionKind.THRESHOLD, silence=Answer.REFUND, actor=actor, now=now
    )
    campaign.decide_by = None
    tasks.call_for(campaign.id, NOTICE, key=f"asked:{question_id}", now=now)


def _pay_everybody_back(campaign: Campaign, *, cause: str, now: datetime) -> None:
    move(campaign, CampaignState.REFUNDING, actor=SYSTEM, now=now)
    tasks.call_for(campaign.id, REFUND, now=now, facts={"cause": cause})
    _let_the_shelf_go(campaign)


def _let_the_shelf_go(campaign: Campaign) -> None:
    """Nobody has bought what was kept for it: anybody may."""
    if campaign.supply_mode in OFF_THE_SHELF:
        stock.release(campaign.subject)


def _ids(due: Select[int], limit: int) -> list[int]:
    found = list(db.session.scalars(due.order_by(Campaign.id).limit(limit)))
    db.session.rollback()
    return found
