"""Store an inbound callback once, keep what was refused, and note what came of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.platform.actor import Actor
from app.platform.audit.commands import record
from app.platform.db import db
from app.platform.inbox.models import InboundEvent, InboundState
from app.platform.rbac import ensure
from app.platform.transaction import command

MAX_BODY = 256 * 1024
TOO_LARGE = "too_large"
KEPT_OF_TOO_LARGE = 16 * 1024
KEPT_REJECTED = 500
REJECTED_REPEAT = timedelta(hours=1)
KEPT_HEADERS = frozenset(
    {
        "content-type",
        "user-agent",
        "webhook-id",
        "webhook-timestamp",
        "webhook-signature",
        "sandbox-signature",
    }
)


@dataclass(frozen=True, slots=True)
class _Callback:
    """What a sender sent; `event_id` is the same over its repeats."""

    source: str
    event_id: str
    headers: Mapping[str, str]
    body: bytes


@command
def store(
    source: str, event_id: str, *, headers: Mapping[str, str], body: bytes, now: datetime
) -> int | None:
    """Keep a genuine callback; returns its row id, or None when this event was stored before."""
    callback = _Callback(source, event_id, headers, body)
    inserted = _insert(callback, InboundState.STORED, now=now)
    if inserted is None:
        _count_repeat(callback)
    return inserted


@command
def keep_rejected(
    source: str, reason: str, *, headers: Mapping[str, str], body: bytes, now: datetime
) -> None:
    """Keep what was refused at the door, to be seen and, its cause mended, played again.

    The same bytes refused again within the hour are counted, not stored; of each source the newest
    rows are kept. Of what is too large the beginning is kept, enough to see what it was.
    """
    digest = hashlib.sha256(source.encode() + body).hexdigest()[:24]
    event_id = f"rejected-{digest}-{int(now.timestamp() // REJECTED_REPEAT.total_seconds())}"
    kept = body[: KEPT_OF_TOO_LARGE if reason == TOO_LARGE else MAX_BODY]
    callback = _Callback(source, event_id, headers, kept)
    if _insert(callback, InboundState.REJECTED, reason=reason, now=now) is None:
        _count_repeat(callback)
        return
    _forget_old_rejected(source)


@command
def note_replay(event_id: int, *, actor: Actor, now: datetime) -> None:
    """Record that somebody wants a stored callback applied again."""
    ensure(actor, "callbacks.replay")
    record(actor, "callbacks.replay", "inbound_event", event_id, now=now)


@command
def mark(event_id: int, state: InboundState, *, now: datetime, reason: str | None = None) -> None:
    """Note what came of a stored callback."""
    applied_at = now if state is InboundState.APPLIED else None
    db.session.execute(
        update(InboundEvent)
        .where(InboundEvent.id == event_id)
        .values(state=state, reason=reason, applied_at=applied_at)
    )


def _count_repeat(callback: _Callback) -> None:
    db.session.execute(
        update(InboundEvent)
        .where(InboundEvent.source == callback.source, InboundEvent.event_id == callback.event_id)
        .values(repeats=InboundEvent.repeats + 1)
    )


def _forget_old_rejected(source: str) -> None:
    newest_forgotten = (
        select(InboundEvent.id)
        .where(InboundEvent.source == source, InboundEvent.state == InboundState.REJECTED)
        .order_by(InboundEvent.id.desc())
        .offset(KEPT_REJECTED)
        .limit(1)
        .scalar_subquery()
    )
    db.session.execute(
        delete(InboundEvent).where(
            InboundEvent.source == source,
            InboundEvent.state == InboundState.REJECTED,
            InboundEvent.id <= newest_forgotten,
        )
    )


def _insert(
    callback: _Callback, state: InboundState, *, now: datetime, reason: str | None = None
) -> int | None:
    """The new row's id; None when this event of this source is there already."""
    kept = {
        name.lower(): value
        for name, value in callback.headers.items()
        if name.lower() in KEPT_HEADERS
    }
    dialect = sqlite if db.session.get_bind().dialect.name == "sqlite" else postgresql
    statement = (
        dialect.insert(InboundEvent)
        .values(
            source=callback.source,
            event_id=callback.event_id,
            headers=kept,
            body=callback.body,
            state=state,
            reason=reason,
            repeats=0,
            received_at=now,
        )
        .on_conflict_do_nothing(index_elements=["source", "event_id"])
        .returning(InboundEvent.id)
    )
    return db.session.execute(statement).scalar_one_or_none()
