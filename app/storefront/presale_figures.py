"""How far a campaign is, in figures, and what is counted down to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from babel.dates import format_timedelta

from app.platform.configuration import settings
from app.platform.content.reading import holds_until
from app.platform.i18n import gettext as _
from app.platform.i18n import ngettext
from app.platform.web.formats import babel_locale
from app.presale.models import SupplyMode
from app.presale.queries.pages import CampaignView
from app.presale.queries.paid_back import PaidBack
from app.presale.rules.stage import BEFORE_CLOSE, GIVEN_UP, JOINABLE_STAGES, Stage


@dataclass(frozen=True, slots=True)
class Figure:
    """How far it has come. `maximum` is None where there is nothing to reach."""

    value: int
    unit: str
    maximum: int | None
    text: str
    state: str | None
    beside: str
    """What is still missing, or that nothing is."""


@dataclass(frozen=True, slots=True)
class Until:
    """What is counted down to; `text` is what the server says now."""

    label: str
    iso: str
    text: str


def figure_of(view: CampaignView, paid: PaidBack | None) -> Figure | None:
    """What the stage is measured by; None before there is anything to count."""
    stage = view.stage
    if stage in GIVEN_UP:
        return _paid_back(paid)
    if stage in {Stage.SENDING, Stage.DONE} and not view.is_interest:
        total = view.joined + view.tolerance
        text = _("%(sent)d of %(total)d sent", sent=view.sent, total=total)
        unit = _("/ %(total)d sent", total=total)
        state = "reached" if view.sent >= total else None
        return Figure(view.sent, unit, total, text, state, "")
    if view.campaign.is_draw and stage in {Stage.UPCOMING, *JOINABLE_STAGES}:
        beside = ngettext("%(num)d place is drawn", "%(num)d places are drawn", view.cap or 0)
        count = view.waiting
        text = ngettext("%(num)d person takes part", "%(num)d people take part", count)
        return Figure(count, _("take part"), None, text, None, beside)
    if stage in {Stage.PREVIEW, Stage.UPCOMING} or view.campaign.supply_mode == SupplyMode.SINGLE:
        return None
    return _joined(view)


def _joined(view: CampaignView) -> Figure:
    goal = view.campaign.threshold
    if goal is not None:
        text = _("%(joined)d of %(goal)d joined", joined=view.joined, goal=goal)
        unit = _("/ %(goal)d needed", goal=goal)
        if view.missing == 0:
            return Figure(view.joined, unit, goal, text, "reached", _("The goal is reached"))
        is_over = view.stage not in BEFORE_CLOSE
        missing = ngettext("%(num)d more is needed", "%(num)d more are needed", view.missing)
        return Figure(view.joined, unit, goal, text, "failed" if is_over else None, missing)
    if view.cap is not None and view.stage in BEFORE_CLOSE:
        text = _("%(joined)d of %(cap)d places taken", joined=view.joined, cap=view.cap)
        unit = ngettext("/ %(num)d place", "/ %(num)d places", view.cap)
        return Figure(view.joined, unit, view.cap, text, None, "")
    if view.stage not in BEFORE_CLOSE:
        text = ngettext("%(num)d joined in all", "%(num)d joined in all", view.joined)
        return Figure(view.joined, _("joined in all"), None, text, None, "")
    text = ngettext("%(num)d joined so far", "%(num)d joined so far", view.joined)
    return Figure(view.joined, _("joined so far"), None, text, None, "")


def _paid_back(paid: PaidBack | None) -> Figure | None:
    if paid is None or paid.total == 0:
        return None
    text = _("%(done)d of %(total)d paid back", done=paid.done, total=paid.total)
    unit = _("/ %(total)d paid back", total=paid.total)
    state = "reached" if paid.done == paid.total else None
    return Figure(paid.done, unit, paid.total, text, state, "")


def until_of(view: CampaignView, now: datetime) -> Until | None:
    """The next instant somebody waits for; None when there is none."""
    campaign, stage = view.campaign, view.stage
    if stage in {Stage.PREVIEW, Stage.UPCOMING}:
        label, end = _("Opens in"), campaign.opens_at
    elif stage in {*JOINABLE_STAGES, Stage.FULL}:
        label, end = _("Left:"), campaign.closes_at
    elif stage is Stage.DECIDING and campaign.decide_by is not None:
        label, end = _("Decided in"), campaign.decide_by
    elif stage is Stage.BALANCE and campaign.balance_closes_at is not None:
        label, end = _("Left:"), campaign.balance_closes_at
    else:
        return None
    if end <= now:
        return None
    # A minute less is left only once the last one has begun: after its instant, not at it.
    holds_until(now + (end - now) % timedelta(minutes=1) + timedelta.resolution, now=now)
    local = end.astimezone(settings().zone)
    return Until(label, local.isoformat(timespec="seconds"), left(end - now))


def left(time: timedelta) -> str:
    """`2 days 6 hours`: the two largest units, as the shop's script goes on counting them."""
    minutes = max(int(time.total_seconds()) // 60, 0)
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return f"{_of(timedelta(days=days), 'day')} {_of(timedelta(hours=hours), 'hour')}"
    if hours:
        return f"{_of(timedelta(hours=hours), 'hour')} {_of(timedelta(minutes=minutes), 'minute')}"
    return _of(timedelta(minutes=minutes), "minute")


def _of(time: timedelta, unit: Literal["day", "hour", "minute"]) -> str:
    return format_timedelta(time, granularity=unit, threshold=10_000, locale=babel_locale())
