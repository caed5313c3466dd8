"""What purging takes away of facts and callbacks: those about rows that go.

A fact that is still to be told would find nothing there and be tried for days. Facts that name
lists of products stay: the index learns from them that these are gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from sqlalchemy import delete, select, text

from app.platform.db import db
from app.platform.inbox.models import InboundEvent
from app.platform.outbox.models import OutboxDelivery, OutboxFact

AT_ONCE = 500


def forget_facts(gone: Mapping[str, Iterable[int]]) -> None:
    """Delete the facts that name one of these ids under its key (`order_id`), told or not."""
    for key, ids in gone.items():
        named = OutboxFact.payload[key].as_integer()
        for some in _some(ids):
            about = db.session.scalars(select(OutboxFact.id).where(named.in_(some))).all()
            for facts in _some(about):
                db.session.execute(delete(OutboxDelivery).where(OutboxDelivery.fact_id.in_(facts)))
                db.session.execute(delete(OutboxFact).where(OutboxFact.id.in_(facts)))


def callbacks_about(names: str) -> list[int]:
    """The callbacks whose body names one of these, which a statement selects: references of
    payments and refunds, numbers of parcels.
    """
    known = [re.escape(str(name).encode()) for name in db.session.scalars(text(names)) if name]
    if not known:
        return []
    named = re.compile(rb"(?<![0-9A-Za-z])(?:" + b"|".join(known) + rb")(?![0-9A-Za-z])")
    rows = db.session.execute(select(InboundEvent.id, InboundEvent.body)).yield_per(AT_ONCE)
    return [row.id for row in rows if named.search(row.body)]


def forget_callbacks(ids: Sequence[int]) -> None:
    """Delete these, but those from which a parcel that stays was told of."""
    unused = "NOT EXISTS (SELECT 1 FROM parcel_event WHERE inbound_event_id = inbound_event.id)"
    for each in ids:
        db.session.execute(
            text(f"DELETE FROM inbound_event WHERE id = :id AND {unused}"), {"id": each}
        )


def _some(ids: Iterable[int]) -> Iterator[tuple[int, ...]]:
    left = iter(ids)
    while some := tuple(islice(left, AT_ONCE)):
        yield some
