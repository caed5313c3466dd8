"""What an applied callback said is forgotten after half a year.

Its row stays and says that it was applied, so that a repeat of it is known whenever it comes.
What was refused is kept within bounds of its own (`commands.KEPT_REJECTED`), and what is still to
be applied or looked at stays whole.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select, update

from app.platform import clock
from app.platform.db import changed_rows, db
from app.platform.inbox.models import InboundEvent, InboundState
from app.platform.transaction import command

KEPT: Final = timedelta(days=184)
"""Six months, as the Cybersecurity Law of China, article 21, asks of records of a network."""
AT_ONCE: Final = 500


def forget_bodies(limit: int = AT_ONCE) -> int:
    """Empty the bodies and headers of callbacks that were applied half a year ago; returns how
    many.
    """
    forgotten, some = 0, limit
    while some == limit:
        some = _forget(limit, now=clock.now())
        forgotten += some
    return forgotten


@command
def _forget(limit: int, *, now: datetime) -> int:
    event = InboundEvent
    old = (
        event.state == InboundState.APPLIED,
        event.received_at < now - KEPT,
        event.applied_at < now - KEPT,
        func.length(event.body) > 0,
    )
    found = select(event.id).where(*old).order_by(event.received_at).limit(limit)
    ids = db.session.scalars(found.with_for_update(skip_locked=True)).all()
    emptied = update(event).where(event.id.in_(ids), *old).values(body=b"", headers={})
    return changed_rows(emptied.execution_options(synchronize_session=False))
