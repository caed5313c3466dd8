"""Carriers call: how many callbacks a second are stored and answered, how fast an outbox drains
that filled up without a worker, and how fast callbacks are applied while more come in, each once.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.sql.elements import ColumnElement

from app.fulfilment.carriers.base import TrackingEvent, TrackingStatus
from app.fulfilment.carriers.rehearsal import standard_callback
from app.fulfilment.models import Parcel, ParcelEvent
from app.notifications.models import Message
from app.platform import clock
from app.platform.db import Model, db
from app.platform.inbox.models import InboundEvent, InboundState
from app.platform.outbox.models import DeliveryState, OutboxDelivery
from tests.bench import ordered, stocked
from tests.bench.asking import Asked, ask_each, post
from tests.bench.serving import CARRIER_SECRET, everything, web_only
from tests.bench.surroundings import know_thyself, shop_on
from tests.bench.table import Figure, at_least, exactly
from tests.cast import house
from tests.servers.process import wait_until

PARCELS = 1_500
ACKNOWLEDGED = {"sqlite": 200, "postgresql": 500}
APPLIED_BAR = 100
LONGEST = 300.0
DOOR = "/hooks/logistics/standard"


def measure(parcels: int = PARCELS) -> list[Figure]:
    return [figure for name in ACKNOWLEDGED for figure in _on(name, parcels)]


def _on(database: str, parcels: int) -> Iterator[Figure]:
    part = f"callbacks, {database}"
    with shop_on(database):
        owner, now = house(clock.now()), clock.now()
        stocked.stock_up(owner, range(1, 101))
        ordered.sell(owner, range(1, parcels + 1), products=100, now=now, state="shipped")
        know_thyself()
        with web_only() as served:
            moved = _call(served.port, parcels, TrackingStatus.IN_TRANSIT, now)
            yield at_least(
                part, "acknowledged, nothing beside it", moved.rate, "/s", ACKNOWLEDGED[database]
            )
        with everything() as served:
            drained = _rate_until_applied(parcels)
            yield at_least(part, "applied from a full outbox", drained, "/s", APPLIED_BAR)
            began = time.perf_counter()
            arrived = _call(served.port, parcels, TrackingStatus.DELIVERED, now)
            _call(served.port, parcels, TrackingStatus.DELIVERED, now)  # the carrier did not listen
            wait_until(lambda: _applied() >= parcels * 2, seconds=LONGEST, what="the last callback")
            applied = parcels / (time.perf_counter() - began)
            wait_until(lambda: _pending() == 0, seconds=LONGEST, what="the end of the outbox")
            emptied = time.perf_counter() - began
        yield Figure(part, "acknowledged while all else runs", arrived.rate, "/s")
        yield at_least(part, "applied meanwhile", applied, "/s", APPLIED_BAR)
        yield Figure(part, "outbox empty after", emptied, "s")
        yield from _each_once(part, parcels)


def _each_once(part: str, parcels: int) -> Iterator[Figure]:
    delivered = Parcel.state == TrackingStatus.DELIVERED
    told = Message.event.startswith("fulfilment.delivered:")
    yield exactly(part, "callbacks kept", _count(InboundEvent, _OURS), "", parcels * 2)
    yield exactly(part, "lines of parcels", _count(ParcelEvent), "", parcels * 2)
    yield exactly(part, "parcels delivered", _count(Parcel, delivered), "", parcels)
    yield exactly(part, "buyers told of it", _count(Message, told), "", parcels)


def _call(port: int, parcels: int, status: TrackingStatus, now: datetime) -> Asked:
    requests = [_callback(number, status, now) for number in range(1, parcels + 1)]
    asked = ask_each(port, requests)
    if set(asked.statuses) != {200}:
        raise RuntimeError(f"a callback was answered with {asked.statuses}")
    return asked


def _callback(number: int, status: TrackingStatus, now: datetime) -> bytes:
    at = now + timedelta(hours=1 if status is TrackingStatus.IN_TRANSIT else 2)
    event = TrackingEvent("shunfeng", f"SF{number:010d}", at, status, text="Said by the carrier")
    said = standard_callback(CARRIER_SECRET, f"{status}-{number}", [event], now=clock.now())
    return post(DOOR, said.body, said.headers)


def _rate_until_applied(parcels: int) -> float:
    """From the first that is applied to the last."""
    wait_until(lambda: _applied() > 0, seconds=LONGEST, what="the first callback")
    already, began = _applied(), time.perf_counter()
    wait_until(lambda: _applied() >= parcels, seconds=LONGEST, what="the last callback")
    return (parcels - already) / (time.perf_counter() - began)


_OURS = InboundEvent.source == "logistics/standard"


def _applied() -> int:
    return _count(InboundEvent, _OURS, InboundEvent.state == InboundState.APPLIED)


def _pending() -> int:
    return _count(OutboxDelivery, OutboxDelivery.state == DeliveryState.PENDING)


def _count(model: type[Model], *conditions: ColumnElement[bool]) -> int:
    db.session.rollback()
    statement = select(func.count()).select_from(model).where(*conditions)
    found = db.session.scalar(statement) or 0
    db.session.rollback()
    return found
