"""Reads of the inbox, for the modules that apply callbacks and for the admin."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from app.platform.db import db
from app.platform.errors import NotFound
from app.platform.inbox.models import InboundEvent, InboundState


def get(event_id: int) -> InboundEvent:
    """The event; raises NotFound."""
    event = db.session.get(InboundEvent, event_id)
    if event is None:
        raise NotFound
    return event


def page(
    *, state: str = "", source: str = "", before: int | None = None, limit: int = 50
) -> Sequence[InboundEvent]:
    """Newest first; `before` is the id of the last row already seen."""
    statement = select(InboundEvent).order_by(InboundEvent.id.desc()).limit(limit)
    if state:
        statement = statement.where(InboundEvent.state == state)
    if source:
        statement = statement.where(InboundEvent.source == source)
    if before:
        statement = statement.where(InboundEvent.id < before)
    return db.session.scalars(statement).all()


def counts() -> dict[str, int]:
    grouped = select(InboundEvent.state, func.count()).group_by(InboundEvent.state)
    found = dict(db.session.execute(grouped).all())
    return {state.value: found.get(state.value, 0) for state in InboundState}
