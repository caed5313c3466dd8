"""What happened to a campaign, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.admin.presales.words import STATES
from app.platform.i18n import gettext as _
from app.platform.i18n import pick
from app.platform.web.formats import full_moment
from app.presale.models import CampaignEvent, CampaignState

Facts = dict[str, object]


@dataclass(frozen=True, slots=True)
class Moment:
    """One line; `who` is a colleague's name, empty for the shop itself."""

    label: str
    detail: str
    who: str
    at: datetime
    is_public: bool


def moments(events: Sequence[CampaignEvent]) -> list[Moment]:
    """In the order they are given."""
    return [
        Moment(
            label=label_of(event.kind),
            detail=detail_of(event.kind, event.facts),
            who=event.actor_name if event.actor_kind == "staff" else "",
            at=event.at,
            is_public=event.public,
        )
        for event in events
    ]


def label_of(kind: str) -> str:
    """What happened."""
    if kind in _LABELS:
        return _LABELS[kind]()
    if kind in set(CampaignState):
        return str(STATES[CampaignState(kind)][0])
    return kind.replace("_", " ").capitalize()


def detail_of(kind: str, facts: Facts) -> str:
    """Until when, why, in which words."""
    about = _question(facts) if kind == "asked" else ""
    said = (_said(facts.get("reason")), _said(facts.get("text")))
    return " · ".join(filter(None, (about, _until(facts), _cause(facts), *said)))


def _question(facts: Facts) -> str:
    return _("about the new dates") if facts.get("kind") == "delay" else _("below the threshold")


def _until(facts: Facts) -> str:
    until = facts.get("until")
    if not isinstance(until, str):
        return ""
    return _("until %(moment)s", moment=full_moment(datetime.fromisoformat(until)))


def _cause(facts: Facts) -> str:
    words: dict[object, Callable[[], str]] = {
        "threshold_missed": lambda: _("below the threshold"),
        "nobody_joined": lambda: _("nobody joined"),
        "nobody_stayed": lambda: _("nobody wanted to stay"),
    }
    write = words.get(facts.get("cause"))
    return write() if write else ""


def _said(text: object) -> str:
    return pick(text) if isinstance(text, Mapping) else str(text or "")


_LABELS: dict[str, Callable[[], str]] = {
    "created": lambda: _("Draft begun"),
    "decision_asked": lambda: _("A decision is asked for"),
    "asked": lambda: _("The buyers are asked"),
    "promise_changed": lambda: _("New dates promised"),
    "more_time": lambda: _("More time for the balance"),
    "substitute_offered": lambda: _("Another variant is offered"),
    "update": lambda: _("Update for the buyers"),
    "drawn": lambda: _("The draw is made"),
}
