"""Take in a carrier's callback: verify, store once, answer; a worker applies it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from app.fulfilment.carriers.base import RejectedCallback, Reply
from app.fulfilment.carriers.registry import carrier_named
from app.fulfilment.commands.parcels import take_in
from app.fulfilment.events import CarrierCallbackReceived
from app.platform.facts import publish
from app.platform.inbox import commands as inbox
from app.platform.inbox import queries as stored
from app.platform.inbox.models import InboundState
from app.platform.transaction import command, transaction

SOURCE = "logistics/"


def receive(carrier_name: str, *, headers: Mapping[str, str], body: bytes, now: datetime) -> Reply:
    """The answer in the carrier's own form. Raises RejectedCallback after keeping what came."""
    carrier = carrier_named(carrier_name)
    source = SOURCE + carrier_name
    try:
        carrier.verify(headers, body, now)
        batch = carrier.read(headers, body)
    except RejectedCallback as error:
        inbox.keep_rejected(source, error.code, headers=headers, body=body, now=now)
        raise
    with transaction():
        row = inbox.store(source, batch.event_id, headers=headers, body=body, now=now)
        if row is not None:
            publish(CarrierCallbackReceived(row, carrier_name, now))
    return carrier.acknowledge(ok=True)


@command
def apply(event_id: int, *, now: datetime) -> None:
    """Apply a stored callback; doing it again changes nothing."""
    event = stored.get(event_id)
    carrier = carrier_named(event.source.removeprefix(SOURCE))
    try:
        batch = carrier.read(event.headers, event.body)
    except RejectedCallback as error:
        inbox.mark(event_id, InboundState.FAILED, now=now, reason=error.code)
        return
    known = take_in(batch.events, inbound_event_id=event_id, now=now)
    matched = known > 0 or not batch.events
    state = InboundState.APPLIED if matched else InboundState.UNMATCHED
    inbox.mark(event_id, state, now=now, reason=None if matched else "unknown_number")


@command
def replay(event_id: int, *, now: datetime) -> None:
    """Play a kept callback again: a rejected one must have a genuine signature by now, however old.

    Raises RejectedCallback when it still has not.
    """
    event = stored.get(event_id)
    if event.state == InboundState.REJECTED:
        carrier = carrier_named(event.source.removeprefix(SOURCE))
        carrier.verify(event.headers, event.body, event.received_at)
    apply(event_id, now=now)
