"""The book of a rehearsal in the reader's words, a line for everything that happened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from app.admin import timeline
from app.admin.presales import history
from app.admin.presales.rehearsing import words
from app.admin.words import mail_kind
from app.platform.web.formats import day

Report = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """`of` is campaign, order, mail or note; `mail` is the mail to read, if it is one."""

    of: str
    label: str
    detail: str
    who: str
    at: datetime
    has_failed: bool = False
    mail: int | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """What happened on one day of the rehearsal's clock."""

    title: str
    lines: tuple[Line, ...]


def days(report: Report) -> list[Day]:
    """Everything, by day, in the order it happened."""
    lines = _lines(report)
    return [Day(title, tuple(together)) for title, together in groupby(lines, _day_of)]


def _day_of(line: Line) -> str:
    return day(line.at)


def _lines(report: Report) -> Iterator[Line]:
    for step in report["steps"]:
        yield _line(step, report)


def _line(step: Mapping[str, Any], report: Report) -> Line:
    at = datetime.fromisoformat(step["at"])
    word, facts = step["word"], step["facts"]
    if step["of"] == "campaign":
        return Line("campaign", history.label_of(word), history.detail_of(word, facts), "", at)
    if step["of"] == "order":
        label, detail = timeline.said(word, facts, report["currency"])
        return Line("order", label, detail, step["name"], at, timeline.has_failed(word))
    if step["of"] == "mail":
        return Line("mail", mail_kind(word), facts["subject"], step["name"], at, mail=facts["mail"])
    label, detail = words.said(word, facts, report["skus"])
    return Line("note", label, detail, facts.get("name", ""), at, word == "refused")
