"""Presales at the counter: the list, and one campaign with everything that is decided about it."""

from app.admin.presales import (
    actions,
    balances,
    editor,
    listing,
    more_time,
    news,
    overview,
    people,
    playbook,
    production,
    promise,
    rehearsing,
    requests,
    sheets,
    wording,
)
from app.admin.presales.blueprint import bp

__all__ = [
    "actions",
    "balances",
    "bp",
    "editor",
    "listing",
    "more_time",
    "news",
    "overview",
    "people",
    "playbook",
    "production",
    "promise",
    "rehearsing",
    "requests",
    "sheets",
    "wording",
]
