"""Where a parcel is: a pure function of the set of everything carriers ever said of it.

Callbacks repeat, overlap and arrive in any order, so nothing here depends on arrival. The events
are made distinct, put in the carrier's own order of time, and walked once through `FOLLOWS`:

* what went ahead stays ahead: a late or stray “in transit” never takes back a delivery;
* delivered, then refused or returned, is possible; returned is the end;
* on the way back only “returned” counts, because the courier who brings a parcel back to the sender
  often reports it as delivered;
* an exception is a remark, not a place: it shows until the parcel moves again, and ends nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.fulfilment.carriers.base import TrackingEvent
from app.fulfilment.carriers.base import TrackingStatus as Status
from app.platform.i18n import LazyText
from app.platform.i18n import lazy_gettext as _

LABELS: dict[Status, LazyText] = {
    Status.LABEL_CREATED: _("Label created"),
    Status.COLLECTED: _("Collected by the carrier"),
    Status.IN_TRANSIT: _("On its way"),
    Status.OUT_FOR_DELIVERY: _("Out for delivery"),
    Status.AVAILABLE_FOR_PICKUP: _("Waiting at the parcel shop"),
    Status.EXCEPTION: _("Delayed or in question"),
    Status.DELIVERED: _("Delivered"),
    Status.REFUSED: _("Not accepted"),
    Status.RETURNING: _("On its way back"),
    Status.RETURNED: _("Returned to the shop"),
}
# At the same second the lower comes first, so that the further state wins.
RANK = {status: rank for rank, status in enumerate(Status)}

_MOVING = {Status.IN_TRANSIT, Status.OUT_FOR_DELIVERY, Status.AVAILABLE_FOR_PICKUP}
_ENDINGS = {Status.DELIVERED, Status.REFUSED, Status.RETURNING, Status.RETURNED}
FOLLOWS: dict[Status, frozenset[Status]] = {
    Status.LABEL_CREATED: frozenset({Status.COLLECTED} | _MOVING | _ENDINGS),
    Status.COLLECTED: frozenset(_MOVING | _ENDINGS),
    **{status: frozenset((_MOVING | _ENDINGS) - {status}) for status in _MOVING},
    Status.REFUSED: frozenset({Status.DELIVERED, Status.RETURNING, Status.RETURNED}),
    Status.DELIVERED: frozenset({Status.REFUSED, Status.RETURNING, Status.RETURNED}),
    Status.RETURNING: frozenset({Status.RETURNED}),
    Status.RETURNED: frozenset(),
}


@dataclass(frozen=True)
class TrackingSummary:
    """What the events say together. The instants are UTC, each of the first time it was so.

    `state` is None while nothing is known. It is EXCEPTION while one is open on the way out; on the
    way back the place is worth more than the remark, which stays in `exception`.
    `timeline` is every distinct event, oldest first, and `latest_event` its last.
    """

    state: Status | None = None
    latest_event: TrackingEvent | None = None
    collected_at: datetime | None = None
    out_for_delivery_at: datetime | None = None
    available_for_pickup_at: datetime | None = None
    delivered_at: datetime | None = None
    returned_at: datetime | None = None
    exception: TrackingEvent | None = None
    timeline: tuple[TrackingEvent, ...] = ()


def fold(events: Iterable[TrackingEvent]) -> TrackingSummary:
    """The summary of one parcel's events, whatever their order and however often each is given."""
    timeline = distinct(events)
    if not timeline:
        return TrackingSummary()
    reached: dict[Status, datetime] = {}
    position: Status | None = None
    exception: TrackingEvent | None = None
    for event in timeline:
        if event.status is Status.EXCEPTION:
            exception = event
            continue
        exception = None
        if position is None or event.status in FOLLOWS[position]:
            position = event.status
            reached.setdefault(position, event.occurred_at)
    if position in {Status.DELIVERED, Status.RETURNED}:
        exception = None
    return TrackingSummary(
        state=Status.EXCEPTION if exception and position not in _ENDINGS else position,
        latest_event=timeline[-1],
        collected_at=reached.get(Status.COLLECTED),
        out_for_delivery_at=reached.get(Status.OUT_FOR_DELIVERY),
        available_for_pickup_at=reached.get(Status.AVAILABLE_FOR_PICKUP),
        delivered_at=reached.get(Status.DELIVERED),
        returned_at=reached.get(Status.RETURNED),
        exception=exception,
        timeline=timeline,
    )


def distinct(events: Iterable[TrackingEvent]) -> tuple[TrackingEvent, ...]:
    """Each event once, oldest first; a line without a code gives way to the same line with one."""
    once: dict[str, TrackingEvent] = {}
    for event in sorted(events, key=_order):
        once.setdefault(digest(event), event)
    coded = {_line(event) for event in once.values() if event.code and event.text}
    return tuple(event for event in once.values() if event.code or _line(event) not in coded)


def digest(event: TrackingEvent) -> str:
    """The event's identity: carrier, number, carrier's time, code (else status) and text."""
    identity = (*_line(event), event.code or event.status.value)
    return hashlib.sha256("\x1f".join(identity).encode()).hexdigest()


def _line(event: TrackingEvent) -> tuple[str, str, str, str]:
    when = event.occurred_at.isoformat()
    return event.carrier, event.tracking_number, when, " ".join(event.text.split())


def _order(event: TrackingEvent) -> tuple[datetime, int, str, str, str, str, str, str]:
    """A total order, so that equal sets give equal timelines."""
    return (
        event.occurred_at,
        RANK[event.status],
        event.code,
        event.text,
        event.location,
        event.carrier,
        event.tracking_number,
        event.order_reference or "",
    )
