"""Count how often links are opened, without keeping who opened them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import delete, update

from app.community.models import LinkHour, LinkVisitor
from app.community.rules.visitors import visitor_hash
from app.platform import clock
from app.platform.configuration import settings
from app.platform.db import db, insert_if_new
from app.platform.transaction import command


@command
def note_open(link_id: int, address: str, browser: str, *, now: datetime) -> None:
    """Count one opening, and who opens once a day; of address and browser only a hash is kept,
    for that day.
    """
    day = _day(now)
    hour = now.replace(minute=0, second=0, microsecond=0)
    visitor = visitor_hash(settings().secret_key, day, str(link_id), address, browser)
    is_new = insert_if_new(LinkVisitor, link_id=link_id, day=day, visitor=visitor)
    insert_if_new(LinkHour, link_id=link_id, hour=hour, opened=0, viewed=0)
    db.session.execute(
        update(LinkHour)
        .where(LinkHour.link_id == link_id, LinkHour.hour == hour)
        .values(opened=LinkHour.opened + 1, viewed=LinkHour.viewed + int(is_new))
    )


def forget_visitors() -> None:
    """Forget who looked once their day is over, so that no hash outlives 24 hours by much."""
    _forget_before(_day(clock.now()))


@command
def _forget_before(day: date) -> None:
    db.session.execute(delete(LinkVisitor).where(LinkVisitor.day < day))


def _day(instant: datetime) -> date:
    return instant.astimezone(settings().zone).date()
