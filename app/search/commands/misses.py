"""Searches that found nothing: counted by what was typed, and forgotten after a while."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, func, select, update

from app.platform import clock
from app.platform.actor import Actor
from app.platform.audit.commands import record
from app.platform.db import changed_rows, db, insert_if_new
from app.platform.rbac import ensure, found
from app.platform.transaction import command
from app.search.models import SearchMiss
from app.search.rules import rememberable

KEPT: Final = timedelta(days=90)
MOST_KEPT: Final = 5_000
"""However many different searches somebody makes up, the list takes no more."""


@command
def note_miss(text: str, *, now: datetime) -> None:
    """Count a search that found nothing, unless it might tell of a person or the list is full."""
    kept = rememberable(text)
    if not kept:
        return
    again = (
        update(SearchMiss)
        .where(SearchMiss.text == kept)
        .values(count=SearchMiss.count + 1, last_at=now)
    )
    if changed_rows(again):
        return
    known = db.session.scalar(select(func.count()).select_from(SearchMiss)) or 0
    if known >= MOST_KEPT:
        return
    if not insert_if_new(SearchMiss, text=kept, count=1, first_at=now, last_at=now):
        db.session.execute(again)


@command
def forget_miss(miss_id: int, *, actor: Actor, now: datetime) -> None:
    """Take a search off the list; it comes back when it is made again."""
    ensure(actor, "search.edit")
    miss = found(db.session.get(SearchMiss, miss_id))
    record(actor, "search.forget_miss", "search_miss", miss_id, now=now, before={"text": miss.text})
    db.session.delete(miss)


@command
def forget_old_misses() -> int:
    """Delete what nobody has searched for in 90 days; returns how many."""
    old = delete(SearchMiss).where(SearchMiss.last_at < clock.now() - KEPT)
    return changed_rows(old)
