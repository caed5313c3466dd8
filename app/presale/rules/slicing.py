"""How long units stay kept for a group's link. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

RETURNS_BEFORE_CLOSE = timedelta(hours=6)
LAST_PART = 4


def returns_at(opens_at: datetime, closes_at: datetime) -> datetime:
    """Six hours before the close (R20); in a window shorter than a day, when its last quarter
    begins, so that a drop of an hour can keep units for groups as well.
    """
    return closes_at - min(RETURNS_BEFORE_CLOSE, (closes_at - opens_at) / LAST_PART)
