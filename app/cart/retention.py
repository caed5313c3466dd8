"""Bags are forgotten once nobody has come back to them for three months."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Select, delete, select

from app.cart.models import Bag
from app.platform.db import changed_rows, db
from app.platform.transaction import command

KEPT: Final = timedelta(days=90)
"""What the page of an empty bag promises, and as long as its cookie lives."""


@command
def forget_bags(limit: int, *, used: Select[int], now: datetime) -> int:
    """Delete up to `limit` bags that nobody has changed for 90 days, with all that belongs to them;
    returns how many. `used` selects the ids of those that are used without being changed.

    One that somebody changes at this moment is left alone.
    """
    old = (Bag.changed_at < now - KEPT, Bag.id.not_in(used))
    found = select(Bag.id).where(*old).order_by(Bag.changed_at).limit(limit)
    ids = db.session.scalars(found.with_for_update(skip_locked=True)).all()
    # Looked at once more: one may have been used before it was locked.
    gone = delete(Bag).where(Bag.id.in_(ids), *old)
    return changed_rows(gone.execution_options(synchronize_session=False))
