"""Tell the lines of a list again when it is pasted once more, longer than before.

Numbers move when somebody leaves, so a line goes by its name; one without goes by its words.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass

from app.community.chat_list.numbering import numbered
from app.community.chat_list.plain import lowered, plain
from app.community.chat_list.reasons import Reason
from app.community.chat_list.shapes import Entry, Note, ParsedList

_LENGTH = 32


@dataclass(frozen=True, slots=True)
class Line:
    """An entry with the `key` it is found again by; `said` differs when anything it says does."""

    key: str
    said: str
    entry: Entry


def lines_of(parsed: ParsedList) -> tuple[Line, ...]:
    """Every entry in the order of the list, and as entries without an order also the lines that
    belong to none and are left to a person.
    """
    entries = [*parsed.entries, *(_left(each.line, each.raw) for each in parsed.unclear)]
    met: Counter[str] = Counter()
    found = []
    for entry in sorted(entries, key=lambda entry: entry.lines):
        who = _who(entry)
        met[who] += 1
        found.append(Line(_hash(who, str(met[who])), _hash(*_said(entry)), entry))
    return tuple(found)


def _left(line: int, raw: str) -> Entry:
    """A line nobody could read, as an entry that a person fills in."""
    return Entry(
        number=None,
        name="",
        items=(),
        cancelled=False,
        note=Note(),
        lines=(line,),
        raw=(raw,),
        reasons=(Reason.NO_NAME, Reason.NO_ITEMS),
    )


def _who(entry: Entry) -> str:
    return f"name {lowered(plain(entry.name))}" if entry.name else f"words {_words(entry)}"


def _said(entry: Entry) -> tuple[str, ...]:
    """What it says, not how: several entries may stand in one line, where another one is added."""
    left = (_words(entry),) if not entry.name else entry.unread
    return repr(entry.items), str(entry.cancelled), repr(entry.note), *left


def _words(entry: Entry) -> str:
    """The lines without what may change by itself: the number, spaces, the shape of signs."""
    return "\n".join(_without_number(plain(line)) for line in entry.raw)


def _without_number(line: str) -> str:
    head = numbered(line)
    return lowered(head.rest if head is not None else line)


def _hash(*words: str) -> str:
    return hashlib.sha256("\0".join(words).encode()).hexdigest()[:_LENGTH]
