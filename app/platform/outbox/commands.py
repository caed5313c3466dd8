"""Write deliveries with the change that caused them; claim, deliver, retry and replay them."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

import structlog
from sqlalchemy import ColumnElement, Table, insert, or_, select, update

from app.platform import clock, doorbell
from app.platform.actor import SYSTEM, Actor
from app.platform.audit.commands import record
from app.platform.db import db, insert_rows
from app.platform.facts import Fact, registry
from app.platform.outbox.models import DeliveryState, OutboxDelivery, OutboxFact
from app.platform.transaction import after_commit, command, gather

LEASE = timedelta(seconds=45)
AT_ONCE = 8
ENOUGH = 15.0
NOTED_WITHIN = 5.0
"""Seconds after which those of a claim that are told are noted, though others are still to come."""
MAX_ATTEMPTS = 12
FIRST_RETRY = timedelta(seconds=5)
LONGEST_RETRY = timedelta(hours=6)
log = structlog.get_logger()
_FACTS = cast("Table", OutboxFact.__table__)
_DELIVERIES = cast("Table", OutboxDelivery.__table__)
_NEW_FACTS = insert(_FACTS).returning(_FACTS.c.id, sort_by_parameter_order=True)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A leased delivery; only the holder of `lease_token` may end it."""

    id: int
    lease_token: str
    handler: str
    attempts: int
    fact_name: str
    payload: dict[str, object]


def write_deliveries(fact: Fact, handlers: list[str]) -> None:
    """Store a fact and one row per listener in the caller's transaction; ring once after its
    commit.
    """
    gather(_write, (fact, handlers))


def _write(told: list[tuple[Fact, list[str]]]) -> None:
    """Facts in the order they were told, and their deliveries."""
    now = clock.now()
    written = db.session.scalars(
        _NEW_FACTS,
        [
            {"name": fact.name, "payload": fact.payload(), "published_at": now}
            for fact, _handlers in told
        ],
    )
    rows = [
        {
            "fact_id": fact_id,
            "handler": key,
            "state": DeliveryState.PENDING,
            "attempts": 0,
            "due_at": now,
        }
        for fact_id, (_fact, handlers) in zip(written, told, strict=True)
        for key in handlers
    ]
    if rows:
        insert_rows(OutboxDelivery, rows)
        after_commit(doorbell.ring)


def drain(limit: int = 50) -> int:
    """Deliver up to `limit` due deliveries; returns how many were tried.

    They are leased a few at a time and for no longer than ENOUGH seconds, so that slow ones
    (pictures) neither outlive their lease nor the job that delivers them.
    """
    began, tried = time.monotonic(), 0
    while tried < limit and time.monotonic() - began < ENOUGH:
        batch = claim(min(AT_ONCE, limit - tried), now=clock.now())
        if not batch:
            break
        tell_all(batch, tell, finish)
        tried += len(batch)
    return tried


def tell_all(
    batch: Sequence[Claimed],
    tell_one: Callable[[Claimed], bool],
    note: Callable[[Sequence[Claimed]], None],
) -> None:
    """Run the listeners of one claim and note them done together, long before their lease ends:
    whoever is slow must not have what was told before told again.
    """
    told, since = list[Claimed](), time.monotonic()
    try:
        for claimed in batch:
            if tell_one(claimed):
                told.append(claimed)
            if time.monotonic() - since > NOTED_WITHIN:
                note(told)
                told, since = [], time.monotonic()
    finally:
        note(told)


@command
def claim(limit: int, *, now: datetime) -> list[Claimed]:
    """Lease due deliveries to this caller. A lease that ran out is due again.

    Of those to patient listeners one, and only when nothing else is due: a hundred new pictures
    hold up no mail.
    """
    patient = _DELIVERIES.c.handler.in_(registry.patient())
    return _lease(limit, ~patient, now=now) or _lease(min(limit, 1), patient, now=now)


def _lease(limit: int, whose: ColumnElement[bool], *, now: datetime) -> list[Claimed]:
    token, rows = secrets.token_hex(8), _DELIVERIES.c
    due = (
        select(rows.id)
        .where(
            rows.state == DeliveryState.PENDING,
            rows.due_at <= now,
            whose,
            or_(rows.lease_until.is_(None), rows.lease_until < now),
        )
        .order_by(rows.due_at, rows.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    leased = db.session.scalars(
        update(_DELIVERIES)
        .where(rows.id.in_(due))
        .values(lease_token=token, lease_until=now + LEASE, attempts=rows.attempts + 1)
        .returning(rows.id)
    ).all()
    if not leased:
        return []
    found = db.session.execute(
        select(rows.id, rows.handler, rows.attempts, _FACTS.c.name, _FACTS.c.payload)
        .join(_FACTS, _FACTS.c.id == rows.fact_id)
        .where(rows.id.in_(leased))
        .order_by(rows.id)
    )
    return [
        Claimed(row.id, token, row.handler, row.attempts, row.name, row.payload) for row in found
    ]


def deliver(claimed: Claimed) -> bool:
    """Run one listener and note that it is done."""
    is_told = tell(claimed)
    if is_told:
        finish([claimed])
    return is_told


def tell(claimed: Claimed) -> bool:
    """Run one listener, for whoever notes it with others of its claim.

    A failure is kept with its reason and tried again later, at last by hand.
    """
    try:
        _tell_listener(claimed)
    except Exception as error:
        log.exception("outbox.delivery_failed", handler=claimed.handler, delivery=claimed.id)
        _put_off(claimed, error=type(error).__name__, now=clock.now())
        return False
    return True


def finish(told: Sequence[Claimed]) -> None:
    """Note that these of one claim are done, all at once: a commit for each costs more than what
    most listeners do. Whoever is killed before tells them again, as listeners expect.
    """
    if told:
        ids = [claimed.id for claimed in told]
        _finish(ids, told[0].lease_token, now=clock.now())


@command
def _finish(ids: list[int], lease_token: str, *, now: datetime) -> None:
    db.session.execute(
        update(_DELIVERIES)
        .where(_DELIVERIES.c.id.in_(ids), _DELIVERIES.c.lease_token == lease_token)
        .values(state=DeliveryState.DONE, done_at=now, lease_token=None, lease_until=None)
    )


def _tell_listener(claimed: Claimed) -> None:
    subscription = registry.find(claimed.fact_name, claimed.handler)
    if subscription is None:
        raise LookupError(f"no listener is called {claimed.handler}")
    subscription.handler(subscription.fact.from_payload(claimed.payload))


@command
def replay(delivery_id: int, *, actor: Actor = SYSTEM, now: datetime) -> None:
    """Make a dead or waiting delivery due at once."""
    begun = db.session.execute(
        update(OutboxDelivery)
        .where(OutboxDelivery.id == delivery_id, OutboxDelivery.state != DeliveryState.DONE)
        .values(
            state=DeliveryState.PENDING, attempts=0, due_at=now, lease_token=None, lease_until=None
        )
        .returning(OutboxDelivery.id)
    ).scalar_one_or_none()
    if begun is not None:
        record(actor, "outbox.replay", "outbox_delivery", delivery_id, now=now)
    after_commit(doorbell.ring)


@command
def _put_off(claimed: Claimed, *, error: str, now: datetime) -> None:
    wait = min(FIRST_RETRY * 2 ** (claimed.attempts - 1), LONGEST_RETRY)
    state = DeliveryState.DEAD if claimed.attempts >= MAX_ATTEMPTS else DeliveryState.PENDING
    db.session.execute(
        update(OutboxDelivery)
        .where(OutboxDelivery.id == claimed.id, OutboxDelivery.lease_token == claimed.lease_token)
        .values(
            state=state, due_at=now + wait, lease_token=None, lease_until=None, last_error=error
        )
    )
