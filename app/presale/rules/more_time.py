"""More time for a balance, given by hand: never less than before, never without an end (R6)."""

from __future__ import annotations

from datetime import datetime, timedelta

CHOICES = (1, 2, 3, 7)
"""Days that can be added to the end as it stands."""
AT_MOST = timedelta(days=14)
"""How far from now an end may lie: the goods are here, and others wait for the same parcel."""
BY_RULE = "1"
"""What tells the one extension fixed at publish (R7) from those given by hand."""


def allows(until: datetime, *, ends_at: datetime, now: datetime) -> bool:
    """Whether a window that ends at `ends_at` may end then instead."""
    return max(ends_at, now) < until <= now + AT_MOST
