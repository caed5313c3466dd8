"""Who may ask to be told that a campaign can be joined or is about to close, when they are told,
and for how long that is kept.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.platform.quiet_hours import QUIET_FROM, QUIET_UNTIL, is_quiet
from app.presale.models import ReminderOccasion
from app.presale.rules.stage import JOINABLE_STAGES, Stage

UNCONFIRMED_FOR = timedelta(days=7)
"""How long an address is kept that nobody has confirmed."""
TOLD_FOR = timedelta(days=30)
"""How long an address is kept after its one mail, to answer questions about it."""
UNTOLD_FOR = timedelta(days=730)
"""How long somebody waits for a campaign that never comes again."""
LAST_CALL = timedelta(hours=24)
"""How long before the close somebody is reminded of it."""


def occasion(stage: Stage, *, closes_at: datetime, now: datetime) -> ReminderOccasion | None:
    """What somebody could be reminded of who asks now; None for nothing."""
    if stage is Stage.PREVIEW:
        return None
    if stage not in JOINABLE_STAGES:
        return ReminderOccasion.OPENING
    return ReminderOccasion.CLOSING if closes_at - now > LAST_CALL else None


def is_slept_through(opens_at: datetime, closes_at: datetime, zone: ZoneInfo) -> bool:
    """Whether a window is over before anybody could be told of it."""
    if not is_quiet(opens_at, zone):
        return False
    local = opens_at.astimezone(zone)
    day = local.date() + timedelta(days=1 if local.time() >= QUIET_FROM else 0)
    return closes_at <= datetime.combine(day, QUIET_UNTIL, tzinfo=zone)
