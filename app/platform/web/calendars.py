"""Calendar files (RFC 5545): one event that a phone offers to put into its owner's calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import Response

LONGEST_LINE = 73
"""Octets of a line before it is folded; the standard asks for at most 75."""


@dataclass(frozen=True, slots=True)
class Entry:
    """`uid` is the same for the same event, so that taking it twice changes it once; the phone
    rings `alarm` before the start.
    """

    uid: str
    summary: str
    text: str
    url: str
    starts_at: datetime
    ends_at: datetime
    alarm: timedelta


def calendar(entry: Entry, *, now: datetime) -> Response:
    """The file as an answer."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Vitrine//EN",
        "BEGIN:VEVENT",
        f"UID:{entry.uid}",
        f"DTSTAMP:{_utc(now)}",
        f"DTSTART:{_utc(entry.starts_at)}",
        f"DTEND:{_utc(entry.ends_at)}",
        f"SUMMARY:{_escaped(entry.summary)}",
        f"DESCRIPTION:{_escaped(entry.text)}",
        f"URL:{entry.url}",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_escaped(entry.summary)}",
        f"TRIGGER:-PT{int(entry.alarm.total_seconds()) // 60}M",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    body = "".join(f"{_folded(line)}\r\n" for line in lines)
    return Response(body, mimetype="text/calendar", headers={"Content-Disposition": "inline"})


def _utc(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    """RFC 5545 §3.3.11: what separates values is written with a backslash."""
    plain = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(plain.splitlines())


def _folded(line: str) -> str:
    """A long line goes on in the next after a space, never inside a character (§3.1)."""
    parts, current = [], ""
    for mark in line:
        if len((current + mark).encode()) > LONGEST_LINE:
            parts.append(current)
            current = ""
        current += mark
    return "\r\n ".join([*parts, current])
