"""Send parcels, and bring each to the state its carrier's events add up to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from app.fulfilment.carriers.base import TrackingEvent, TrackingStatus
from app.fulfilment.errors import NumberTaken
from app.fulfilment.events import ParcelDelivered, ParcelOutForDelivery, ParcelShipped
from app.fulfilment.locks import lock_number
from app.fulfilment.models import Parcel, ParcelEvent, ParcelLine
from app.fulfilment.tracking import digest, fold
from app.orders.commands import fulfil
from app.orders.commands.standing import tell
from app.orders.locks import lock_order
from app.orders.models import Attention
from app.platform.actor import SYSTEM, Actor
from app.platform.audit.commands import record
from app.platform.db import db
from app.platform.facts import publish
from app.platform.rbac import ensure
from app.platform.transaction import command

_TROUBLE = {
    TrackingStatus.EXCEPTION,
    TrackingStatus.REFUSED,
    TrackingStatus.RETURNING,
    TrackingStatus.RETURNED,
}


@dataclass(frozen=True, slots=True)
class NewParcel:
    """Units by line of the order, and the number under which a carrier takes them."""

    units: Mapping[int, int]
    carrier: str
    tracking_number: str
    idempotency_key: str


@command
def ship(order_id: int, new: NewParcel, *, actor: Actor, now: datetime) -> int:
    """Send part of an order in one parcel; returns its id. The same key ships once.

    What the carrier said of the number before we knew it is applied at once.
    Raises NumberTaken, TooManyUnits, NotNow.
    """
    ensure(actor, "orders.ship")
    number = new.tracking_number.strip().upper()
    lock_number(new.carrier, number)
    lock_order(order_id, actor)
    again = db.session.scalar(
        select(Parcel.id).where(
            Parcel.order_id == order_id, Parcel.idempotency_key == new.idempotency_key
        )
    )
    if again is not None:
        return again
    fulfil.mark_shipped(order_id, new.units, actor=actor, now=now)
    taken = db.session.scalar(
        select(Parcel.id).where(Parcel.carrier == new.carrier, Parcel.tracking_number == number)
    )
    if taken is not None:
        raise NumberTaken
    parcel = Parcel(
        order_id=order_id,
        merchant_id=actor.merchant_id,
        idempotency_key=new.idempotency_key,
        carrier=new.carrier,
        tracking_number=number,
        state=TrackingStatus.LABEL_CREATED,
        shipped_at=now,
    )
    db.session.add(parcel)
    db.session.flush()
    db.session.add_all(
        ParcelLine(parcel_id=parcel.id, order_line_id=line_id, quantity=quantity)
        for line_id, quantity in new.units.items()
    )
    _say_shipped(parcel, sum(new.units.values()), actor=actor, now=now)
    publish(ParcelShipped(parcel.id, order_id, now))
    advance(parcel, now=now)
    return parcel.id


@command
def take_in(events: Iterable[TrackingEvent], *, inbound_event_id: int | None, now: datetime) -> int:
    """Keep what a carrier said, each line once, and advance the parcels concerned.

    Returns how many parcels of ours were meant; 0 means nobody here knows the numbers yet.
    """
    said = list(events)
    numbers = sorted({(event.carrier, event.tracking_number) for event in said})
    for carrier, number in numbers:
        lock_number(carrier, number)
    for event in said:
        _keep(event, inbound_event_id, now)
    known = 0
    for carrier, number in numbers:
        parcel = _by_number(carrier, number)
        if parcel is not None:
            known += 1
            advance(parcel, now=now)
    return known


def advance(parcel: Parcel, *, now: datetime) -> None:
    """Fold all that is known of a parcel and tell what is new, each once."""
    summary = fold(_events_of(parcel.carrier, parcel.tracking_number))
    if summary.state is None or summary.latest_event is None:
        return
    before = parcel.state
    parcel.state = summary.state
    parcel.last_event_at = summary.latest_event.occurred_at
    parcel.last_text = summary.latest_event.text
    if summary.out_for_delivery_at and parcel.out_for_delivery_at is None:
        parcel.out_for_delivery_at = summary.out_for_delivery_at
        _tell(parcel, "out_for_delivery", now)
        if summary.delivered_at is None:
            publish(ParcelOutForDelivery(parcel.id, parcel.order_id, now))
    if summary.delivered_at and parcel.delivered_at is None:
        parcel.delivered_at = summary.delivered_at
        fulfil.mark_delivered(parcel.order_id, _units(parcel.id), now=now)
        _tell(parcel, "delivered", now)
        publish(ParcelDelivered(parcel.id, parcel.order_id, now))
    if parcel.state != before and summary.state in _TROUBLE:
        fulfil.raise_attention(parcel.order_id, Attention.PARCEL_PROBLEM)
        _tell(parcel, "parcel_problem", now)
    db.session.flush()


def _say_shipped(parcel: Parcel, units: int, *, actor: Actor, now: datetime) -> None:
    tell(
        parcel.order_id,
        "shipped",
        actor=actor,
        now=now,
        merchant_id=parcel.merchant_id,
        carrier=parcel.carrier,
        number=parcel.tracking_number,
        units=units,
    )
    after = {"carrier": parcel.carrier, "number": parcel.tracking_number, "units": units}
    record(actor, "parcels.ship", "order", parcel.order_id, now=now, after=after)


def _tell(parcel: Parcel, kind: str, now: datetime) -> None:
    tell(
        parcel.order_id,
        kind,
        actor=SYSTEM,
        now=now,
        merchant_id=parcel.merchant_id,
        carrier=parcel.carrier,
        number=parcel.tracking_number,
    )


def _keep(event: TrackingEvent, inbound_event_id: int | None, now: datetime) -> None:
    dialect = sqlite if db.session.get_bind().dialect.name == "sqlite" else postgresql
    db.session.execute(
        dialect.insert(ParcelEvent)
        .values(
            digest=digest(event),
            inbound_event_id=inbound_event_id,
            carrier=event.carrier,
            tracking_number=event.tracking_number,
            occurred_at=event.occurred_at,
            status=event.status,
            code=event.code,
            text=event.text,
            location=event.location,
            received_at=now,
        )
        .on_conflict_do_nothing(index_elements=["digest"])
    )


def _by_number(carrier: str, number: str) -> Parcel | None:
    """The parcel, locked: two callbacks about it queue up."""
    statement = (
        select(Parcel)
        .where(Parcel.carrier == carrier, Parcel.tracking_number == number)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return db.session.scalar(statement)


def _events_of(carrier: str, number: str) -> list[TrackingEvent]:
    rows = db.session.scalars(
        select(ParcelEvent).where(
            ParcelEvent.carrier == carrier, ParcelEvent.tracking_number == number
        )
    )
    return [
        TrackingEvent(
            carrier=row.carrier,
            tracking_number=row.tracking_number,
            occurred_at=row.occurred_at,
            status=TrackingStatus(row.status),
            code=row.code,
            text=row.text,
            location=row.location,
        )
        for row in rows
    ]


def _units(parcel_id: int) -> dict[int, int]:
    rows = db.session.scalars(select(ParcelLine).where(ParcelLine.parcel_id == parcel_id))
    return {row.order_line_id: row.quantity for row in rows}
