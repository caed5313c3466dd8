"""What presales wait for from their merchant, with its deadline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, String, cast, func, literal, or_, select

from app.admin.queries.presales.listing import day_ends
from app.orders.models import DuePurpose, OrderDue
from app.platform.actor import Actor
from app.platform.configuration import settings
from app.platform.db import Mapped, db
from app.platform.rbac import visible
from app.presale.models import (
    Campaign,
    CampaignState,
    Commitment,
    CommitmentState,
    Compensation,
    CompensationState,
    Participation,
)
from app.presale.rules.moves import RUNNING

ENDS_SOON = timedelta(hours=24)
BREAKS_SOON = timedelta(days=7)
PROMISED = (
    CampaignState.SUCCEEDED,
    CampaignState.IN_PRODUCTION,
    CampaignState.ARRIVING,
    CampaignState.BALANCE_OPEN,
    CampaignState.BALANCE_CLOSED,
    CampaignState.FULFILLING,
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many, and when the first of them is due; None means now."""

    number: int
    due_at: datetime | None = None


def to_decide(actor: Actor) -> Waiting:
    """Campaigns below their threshold; their default applies when the time is over."""
    return _first(
        actor,
        Campaign.decide_by,
        Campaign.state == CampaignState.CLOSING,
        Campaign.decide_by.is_not(None),
    )


def closing_today(actor: Actor, *, now: datetime) -> Waiting:
    """Windows that end before the shop's day does."""
    tonight = day_ends(now.astimezone(settings().zone).date())
    return _first(
        actor,
        Campaign.closes_at,
        Campaign.state.in_([state.value for state in RUNNING]),
        Campaign.closes_at <= tonight,
    )


def balances_ending(actor: Actor, *, now: datetime) -> Waiting:
    """People who owe a balance in a window that ends within a day; some are given more time than
    the others, whose dues stand until the days of grace are over.
    """
    window = (Campaign.balance_closes_at, Campaign.balance_grace_days, OrderDue.closes_at)
    statement = (
        select(
            *window,
            func.count(func.distinct(Participation.id)),
        )
        .select_from(Campaign)
        .join(Participation, Participation.campaign_id == Campaign.id)
        .join(OrderDue, OrderDue.order_id == Participation.order_id)
        .where(
            visible(actor, Campaign),
            Campaign.state == CampaignState.BALANCE_OPEN,
            Campaign.balance_closes_at <= now + ENDS_SOON,
            OrderDue.purpose == DuePurpose.BALANCE,
            OrderDue.settled_at.is_(None),
            OrderDue.ended_at.is_(None),
            OrderDue.subject == literal("campaign:") + cast(Campaign.id, String),
        )
        .group_by(*window)
    )
    soon: list[tuple[datetime, int]] = []
    for ends_at, grace, until, number in db.session.execute(statement):
        if ends_at is None:
            continue
        own = until if until > ends_at + timedelta(days=grace) else ends_at
        if own <= now + ENDS_SOON:
            soon.append((own, int(number)))
    first = min((end for end, _number in soon), default=None)
    return Waiting(sum(number for _end, number in soon), first)


def promises_breaking(actor: Actor, *, now: datetime) -> Waiting:
    """Campaigns whose last promised day is near or over while goods are still to be sent."""
    today = now.astimezone(settings().zone).date()
    statement = select(func.count(), func.min(Campaign.promise_latest)).where(
        visible(actor, Campaign),
        Campaign.state.in_(PROMISED),
        Campaign.promise_latest <= today + BREAKS_SOON,
    )
    number, latest = db.session.execute(statement).one()
    return Waiting(int(number), None if number == 0 else day_ends(latest))


def leaving(actor: Actor) -> Waiting:
    """People who have asked to leave."""
    statement = (
        select(func.count(func.distinct(Commitment.participation_id)))
        .join(Participation, Participation.id == Commitment.participation_id)
        .where(visible(actor, Participation), Commitment.state == CommitmentState.CANCEL_REQUESTED)
    )
    return Waiting(db.session.scalar(statement) or 0)


def compensations(actor: Actor) -> Waiting:
    """What is owed beyond refunds and this person may still say yes to, or pay."""
    statement = (
        select(func.count())
        .select_from(Compensation)
        .join(Campaign, Campaign.id == Compensation.campaign_id)
        .where(
            visible(actor, Campaign),
            Compensation.state != CompensationState.PAID,
            or_(
                Compensation.state == CompensationState.APPROVED,
                Compensation.proposed_by.is_(None),
                Compensation.proposed_by != (actor.id or 0),
            ),
        )
    )
    return Waiting(db.session.scalar(statement) or 0)


def _first(actor: Actor, instant: Mapped[Any], *which: ColumnElement[bool]) -> Waiting:
    statement = select(func.count(), func.min(instant)).where(visible(actor, Campaign), *which)
    number, due_at = db.session.execute(statement).one()
    return Waiting(int(number), due_at)
