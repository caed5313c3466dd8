"""When nobody is written to who has not just done something."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

QUIET_FROM, QUIET_UNTIL = time(22), time(9)
"""On the clock of the shop."""


def is_quiet(at: datetime, zone: ZoneInfo) -> bool:
    """Whether an instant lies in the quiet hours, [22:00, 9:00) where the shop is."""
    local = at.astimezone(zone).time()
    return local >= QUIET_FROM or local < QUIET_UNTIL
