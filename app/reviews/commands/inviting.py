"""Ask buyers how it is: once per order, a week after something of it has arrived, in daytime."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists, select, update
from sqlalchemy.orm import aliased

from app.orders.queries import for_mail
from app.platform import clock
from app.platform.configuration import settings
from app.platform.db import changed_rows, db, insert_if_new
from app.platform.due import each
from app.platform.facts import publish
from app.platform.quiet_hours import is_quiet
from app.platform.transaction import command
from app.reviews.events import InvitationDue
from app.reviews.models import ReviewInvitation
from app.reviews.queries import arrival_of
from app.reviews.rules import INVITED_AFTER


def note_arrival(order_id: int, *, now: datetime) -> None:
    """Within the command that says so; what arrived before is noted already."""
    email = arrival_of(order_id)
    if email is not None:
        insert_if_new(
            ReviewInvitation, order_id=order_id, email=email.lower(), due_at=now + INVITED_AFTER
        )


def invite_due(limit: int = 100) -> int:
    """Ask whoever is to be asked by now; returns how many were."""
    now = clock.now()
    if not settings().review_invitations or is_quiet(now, settings().zone):
        return 0
    due = db.session.scalars(
        select(ReviewInvitation.order_id)
        .where(ReviewInvitation.sent_at.is_(None), ReviewInvitation.due_at <= now)
        .order_by(ReviewInvitation.due_at)
        .limit(limit)
    ).all()
    db.session.rollback()
    return each(due, lambda order_id: invite(order_id, now=now))


@command
def invite(order_id: int, *, now: datetime) -> bool:
    """Ask the buyer of one order; False when that was done, or they want no such mails."""
    unsent = update(ReviewInvitation).where(
        ReviewInvitation.order_id == order_id, ReviewInvitation.sent_at.is_(None)
    )
    if not changed_rows(unsent.values(sent_at=now)) or _is_declined(order_id):
        return False
    publish(InvitationDue(order_id, now))
    return True


@command
def decline(order_id: int, *, now: datetime) -> None:
    """Ask the buyer of this order no more, about this order or any other."""
    email = for_mail(order_id).order.email.lower()
    insert_if_new(ReviewInvitation, order_id=order_id, email=email, due_at=now)
    db.session.execute(
        update(ReviewInvitation)
        .where(ReviewInvitation.order_id == order_id)
        .values(declined_at=now)
    )


def _is_declined(order_id: int) -> bool:
    own, other = aliased(ReviewInvitation), aliased(ReviewInvitation)
    declined = exists().where(
        own.order_id == order_id, other.email == own.email, other.declined_at.is_not(None)
    )
    return bool(db.session.scalar(select(declined)))
