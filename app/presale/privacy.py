"""What is kept about a shopper in presales: where they joined, wait, and want to be reminded.

Their place stays in the sequence without a name, because numbers are never given twice; a wish of
theirs ends, and an address that waits for a reminder is forgotten.
"""

from __future__ import annotations

from datetime import datetime

from flask import Flask
from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update

from app.customers.queries import email_of
from app.orders import queries as orders
from app.platform.actor import Actor
from app.platform.db import db
from app.platform.privacy import PersonalData, register
from app.platform.transaction import command
from app.presale.commands import waiting
from app.presale.models import CampaignReminder, Participation, WaitingEntry, WaitingState

TABLES = frozenset({"participation", "waiting_entry", "campaign_reminder"})
MOST = 10_000
"""However many orders one account may have."""
_LIVING = (WaitingState.WAITING, WaitingState.OFFERED)


def init_app(_app: Flask) -> None:
    register(PersonalData("presale", TABLES, export, erase))


def export(customer_id: int) -> list[dict[str, object]]:
    """Places, wishes and reminders, in that order."""
    joined = db.session.scalars(
        select(Participation).where(_joined(customer_id)).order_by(Participation.id)
    )
    wishes = db.session.scalars(
        select(WaitingEntry).where(_waits(customer_id)).order_by(WaitingEntry.id)
    )
    reminders = db.session.scalars(
        select(CampaignReminder).where(_reminded(customer_id)).order_by(CampaignReminder.id)
    )
    return [
        *map(_exported_place, joined),
        *map(_exported_wish, wishes),
        *map(_exported_reminder, reminders),
    ]


@command
def erase(customer_id: int, now: datetime) -> None:
    """Take the person out; what is still under way keeps them in their order until it is not."""
    nobody = f"erased-{customer_id}"
    db.session.execute(delete(CampaignReminder).where(_reminded(customer_id)))
    living = select(WaitingEntry.token).where(_waits(customer_id), WaitingEntry.state.in_(_LIVING))
    for token in db.session.scalars(living).all():
        waiting.withdraw(token, now=now)
    db.session.execute(
        update(WaitingEntry).where(_waits(customer_id)).values(name="", email=nobody)
    )
    db.session.execute(
        update(Participation)
        .where(_joined(customer_id))
        .values(name="", email=nobody, answers={}, visible_note="", private_note="")
    )


def _joined(customer_id: int) -> ColumnElement[bool]:
    """By the account, by an order of its, or, where nothing is bought, by its proved address."""
    own = [order.id for order in orders.of_customer(Actor("customer", customer_id), MOST)]
    interested = and_(Participation.order_id.is_(None), _is_theirs(Participation, customer_id))
    return or_(
        Participation.customer_id == customer_id, Participation.order_id.in_(own), interested
    )


def _waits(customer_id: int) -> ColumnElement[bool]:
    return or_(WaitingEntry.customer_id == customer_id, _is_theirs(WaitingEntry, customer_id))


def _reminded(customer_id: int) -> ColumnElement[bool]:
    """By the account or by its proved address."""
    return or_(
        CampaignReminder.customer_id == customer_id,
        CampaignReminder.email == (email_of(customer_id) or ""),
    )


def _is_theirs(model: type[Participation | WaitingEntry], customer_id: int) -> ColumnElement[bool]:
    """Under the proved address of an account, and in no other account's name."""
    return and_(
        model.customer_id.is_(None),
        func.lower(model.email) == (email_of(customer_id) or ""),
    )


def _exported_place(one: Participation) -> dict[str, object]:
    return {
        "presale": one.campaign_id,
        "number": one.number,
        "name": one.name,
        "email": one.email,
        "answers": one.answers,
        "note": one.visible_note,
        "joined_at": one.joined_at.isoformat(),
    }


def _exported_wish(one: WaitingEntry) -> dict[str, object]:
    return {
        "waits_for_presale": one.campaign_id,
        "name": one.name,
        "email": one.email,
        "state": one.state,
        "since": one.created_at.isoformat(),
    }


def _exported_reminder(one: CampaignReminder) -> dict[str, object]:
    return {
        "reminder_of_presale": one.campaign_id,
        "occasion": one.occasion,
        "email": one.email,
        "asked_at": one.asked_at.isoformat(),
    }
