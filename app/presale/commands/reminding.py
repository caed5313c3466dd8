"""Remind somebody when a campaign opens, is offered again or will close: asked, confirmed, told
once. An address has at most two such mails of one campaign (`mails.write_reminder_due`).
"""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, delete, exists, func, or_, select, update
from sqlalchemy.orm import aliased

from app.customers.queries import email_of
from app.platform import clock
from app.platform.actor import Actor
from app.platform.configuration import settings
from app.platform.db import changed_rows, db, insert_if_new
from app.platform.due import each
from app.platform.facts import publish
from app.platform.quiet_hours import is_quiet
from app.platform.rbac import found
from app.platform.transaction import command
from app.presale.errors import NotNow
from app.presale.events import ReminderAsked, ReminderDue
from app.presale.models import Campaign, CampaignReminder, Participation, ReminderOccasion
from app.presale.rules.moves import JOINABLE, RUNNING
from app.presale.rules.reminding import (
    LAST_CALL,
    TOLD_FOR,
    UNCONFIRMED_FOR,
    UNTOLD_FOR,
    occasion,
)
from app.presale.rules.stage import Stage


@command
def ask(
    campaign_id: int, email: str, locale: str, *, stage: Stage, actor: Actor, now: datetime
) -> None:
    """Note an address; the mail to it asks whether that was meant. Again asks again.

    An account's own address needs no asking. While anybody can join it is reminded of the close;
    raises NotNow when that is too near.
    """
    campaign = found(db.session.get(Campaign, campaign_id))
    wanted = occasion(stage, closes_at=campaign.closes_at, now=now)
    if wanted is None:
        raise NotNow
    customer_id = actor.id if actor.kind == "customer" else None
    is_own = customer_id is not None and email_of(customer_id) == email
    insert_if_new(
        CampaignReminder, campaign_id=campaign_id, email=email, locale=locale,
        token=secrets.token_urlsafe(24), asked_at=now, occasion=wanted,
    )  # fmt: skip
    reminder = db.session.scalars(
        select(CampaignReminder)
        .where(CampaignReminder.campaign_id == campaign_id, CampaignReminder.email == email)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    reminder.locale, reminder.asked_at, reminder.occasion = locale, now, wanted
    reminder.told_at = reminder.told_of_id = None
    if is_own:
        reminder.customer_id = customer_id
        reminder.confirmed_at = reminder.confirmed_at or now
    elif reminder.confirmed_at is None:
        publish(ReminderAsked(reminder.id, now))


@command
def confirm(token: str, *, now: datetime) -> None:
    """It was meant; again changes nothing. Raises NotFound."""
    reminder = found(
        db.session.scalar(
            select(CampaignReminder).where(CampaignReminder.token == token).with_for_update()
        )
    )
    reminder.confirmed_at = reminder.confirmed_at or now


@command
def withdraw(token: str) -> None:
    """Forget the address at once; again changes nothing."""
    db.session.execute(delete(CampaignReminder).where(CampaignReminder.token == token))


def tell_due(limit: int = 100) -> int:
    """Tell who waits for what can be joined now, or soon no longer can; returns how many.

    In the quiet hours nobody is told anything: whatever is still true at their end is told then.
    """
    now = clock.now()
    if is_quiet(now, settings().zone):
        return 0
    rows = [
        *db.session.execute(_opening(now).limit(limit)).all(),
        *db.session.execute(_closing(now).limit(limit)).all(),
    ]
    due = {int(reminder_id): int(campaign_id) for reminder_id, campaign_id in rows}
    db.session.rollback()
    return each(list(due), lambda reminder_id: tell(reminder_id, due[reminder_id], now=now))


@command
def tell(reminder_id: int, campaign_id: int, *, now: datetime) -> bool:
    """Tell one of them of a campaign; False when somebody was quicker."""
    untold = update(CampaignReminder).where(
        CampaignReminder.id == reminder_id, CampaignReminder.told_at.is_(None)
    )
    if not changed_rows(untold.values(told_at=now, told_of_id=campaign_id)):
        return False
    publish(ReminderDue(reminder_id, campaign_id, now))
    return True


def forget_old() -> int:
    """Forget addresses that are needed no more; returns how many."""
    return _forget_old(now=clock.now())


@command
def _forget_old(*, now: datetime) -> int:
    asked, confirmed = CampaignReminder.asked_at, CampaignReminder.confirmed_at
    closed = select(Campaign.id).where(Campaign.closes_at <= now)
    over = or_(
        _waits_for(ReminderOccasion.CLOSING) & CampaignReminder.campaign_id.in_(closed),
        and_(confirmed.is_(None), asked <= now - UNCONFIRMED_FOR),
        CampaignReminder.told_at <= now - TOLD_FOR,
        asked <= now - UNTOLD_FOR,
    )
    return changed_rows(delete(CampaignReminder).where(over))


def _opening(now: datetime) -> Select[int, int]:
    """Reminders with the campaign that can be joined, or a copy of it."""
    waited_for, running = aliased(Campaign), aliased(Campaign)
    return (
        select(CampaignReminder.id, func.max(running.id))
        .join(waited_for, waited_for.id == CampaignReminder.campaign_id)
        .join(running, _of_one_origin(waited_for, running))
        .where(
            _waits_for(ReminderOccasion.OPENING),
            running.state.in_([state.value for state in RUNNING]),
            running.opens_at <= now,
            running.closes_at > now,
            or_(
                running.id != CampaignReminder.campaign_id,
                running.opens_at > CampaignReminder.asked_at,
            ),
        )
        .group_by(CampaignReminder.id)
        .order_by(CampaignReminder.id)
    )


def _closing(now: datetime) -> Select[int, int]:
    """Reminders of campaigns that can be joined for a day yet, of those who have not joined."""
    has_joined = exists().where(
        Participation.campaign_id == CampaignReminder.campaign_id,
        func.lower(Participation.email) == func.lower(CampaignReminder.email),
        Participation.left_at.is_(None),
    )
    return (
        select(CampaignReminder.id, Campaign.id)
        .join(Campaign, Campaign.id == CampaignReminder.campaign_id)
        .where(
            _waits_for(ReminderOccasion.CLOSING),
            Campaign.state.in_([state.value for state in JOINABLE]),
            Campaign.closes_at > now,
            Campaign.closes_at <= now + LAST_CALL,
            ~has_joined,
        )
        .order_by(CampaignReminder.id)
    )


def _waits_for(occasion: ReminderOccasion) -> ColumnElement[bool]:
    return and_(
        CampaignReminder.occasion == occasion,
        CampaignReminder.told_at.is_(None),
        CampaignReminder.confirmed_at.is_not(None),
    )


def _of_one_origin(one: type[Campaign], other: type[Campaign]) -> ColumnElement[bool]:
    """Copies of copies have the origin of the first."""
    return func.coalesce(one.origin_id, one.id) == func.coalesce(other.origin_id, other.id)
