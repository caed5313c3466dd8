"""The sentences a picture adds to its facts."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from app.community.posters.facts import PosterFacts
from app.platform.i18n import current_locale
from app.platform.i18n import gettext as _

_MOMENTS = {"en": "d MMM, HH:mm", "zh-Hans": "M月d日 HH:mm"}
_UNSAID = {"zh-Hans": timedelta(hours=8)}
"""The offset that readers of a language take for granted."""


def standing(facts: PosterFacts) -> str:
    """How many have joined, and what that means."""
    counts = {"joined": facts.joined, "goal": facts.goal, "cap": facts.cap}
    if facts.is_full:
        return taken(facts)
    if facts.is_reached and facts.cap:
        return _("Going ahead, %(joined)s of %(cap)s taken", **counts)
    if facts.is_reached:
        return _("Going ahead with %(joined)s so far", **counts)
    if facts.goal:
        return _("%(joined)s of %(goal)s needed", **counts)
    if facts.cap:
        return _("%(joined)s of %(cap)s taken", **counts)
    return _("%(joined)s ordered so far", **counts) if facts.joined else ""


def taken(facts: PosterFacts) -> str:
    """That nothing is left."""
    if facts.cap == 1:
        return _("Taken")
    return _("All %(cap)s taken", cap=facts.cap)


def deadline(facts: PosterFacts) -> str:
    """Until when one can join, in the shop's time."""
    if facts.closes_at is None:
        return ""
    return _("Closes %(moment)s", moment=_moment(facts.closes_at, facts.zone))


def scanning(facts: PosterFacts) -> str:
    if facts.is_full:
        return _("Press and hold, or scan, to have a look")
    return _("Press and hold, or scan, to join")


def spoken_code(facts: PosterFacts) -> str:
    return _("Code %(code)s", code=facts.code)


def stock_number(facts: PosterFacts) -> str:
    return "" if facts.number is None else f"№ {facts.number:04d}"


def _moment(instant: datetime, zone: ZoneInfo) -> str:
    local = instant.astimezone(zone)
    language = current_locale()
    moment = format_datetime(local, _MOMENTS[language], locale=language.replace("-", "_"))
    offset = local.utcoffset() or timedelta()
    return moment if offset == _UNSAID.get(language) else f"{moment} {_offset(offset)}"


def _offset(offset: timedelta) -> str:
    """UTC, UTC+8, UTC-3:30."""
    minutes = round(offset.total_seconds() / 60)
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '-'}{hours}" + (f":{rest:02d}" if rest else "")
