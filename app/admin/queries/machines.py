"""What other machines told us, and what our own worker gave up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.platform.db import db
from app.platform.inbox.models import InboundEvent, InboundState

PAGE = 50
OPEN = "open"
OPEN_STATES = (InboundState.REJECTED, InboundState.FAILED, InboundState.UNMATCHED)


@dataclass(frozen=True, slots=True)
class CallbackPage:
    """`after` is what to ask the next page with, None on the last."""

    rows: Sequence[InboundEvent]
    after: int | None


def callbacks(
    *, state: str = "", source: str = "", after: int | None = None, limit: int = PAGE
) -> CallbackPage:
    """Newest first; state `open` stands for all that changed nothing."""
    statement = select(InboundEvent).order_by(InboundEvent.id.desc()).limit(limit + 1)
    if state == OPEN:
        statement = statement.where(InboundEvent.state.in_(OPEN_STATES))
    elif state:
        statement = statement.where(InboundEvent.state == state)
    if source:
        statement = statement.where(InboundEvent.source == source)
    if after is not None:
        statement = statement.where(InboundEvent.id < after)
    rows = db.session.scalars(statement).all()
    return CallbackPage(rows[:limit], rows[limit - 1].id if len(rows) > limit else None)


def sources() -> Sequence[str]:
    """Who has ever called, for the filter."""
    statement = select(InboundEvent.source).distinct().order_by(InboundEvent.source)
    return db.session.scalars(statement).all()
