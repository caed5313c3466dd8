"""A sentence about a consequence, and how grave it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.platform.configuration import settings
from app.platform.money import Money, format_money
from app.platform.web.formats import babel_locale, full_moment


@dataclass(frozen=True, slots=True)
class Said:
    """`tone` is empty for what is simply so, ok, warn or bad."""

    text: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Sentences about one thing."""

    title: str
    lines: tuple[Said, ...]


def amount(minor: int) -> str:
    return format_money(Money(minor, settings().currency), babel_locale())


def when(at: datetime) -> str:
    """With the weekday, on the shop's clock."""
    return full_moment(at)
