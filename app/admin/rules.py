"""How long a task may wait before it is late. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TypeVar

SHIP_WITHIN = timedelta(hours=24)
LAY_OUT_WITHIN = timedelta(hours=4)
KEPT_IN_STORE = timedelta(days=7)
PAY_BACK_WITHIN = timedelta(days=7)
"""Refunds reach the buyer within seven days of the goods' return (guide of consumer law)."""

Timed = TypeVar("Timed")


def due(since: datetime | None, within: timedelta) -> datetime | None:
    return None if since is None else since + within


def urgency(due_at: datetime | None, now: datetime) -> tuple[datetime, bool]:
    """A sort key: what has no deadline is due now, before what is due later."""
    return (due_at or now, due_at is not None)
