"""What one page has read, noted while it is made.

Every statement passes here (`db.tune`), so that no page can forget what it depends on. What the
statements do not tell, the queries say: which things of a part that goes by key, and until when an
answer holds that depends on the hour.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime

from app.platform.content.parts import EVERYTHING, Part, Parts
from app.platform.content.statements import tables_in, words_in


@dataclass(slots=True)
class Reading:
    """`until` is the earliest instant at which the page would say something else by itself.

    `is_complete` is False once it has read what cannot be noted: it must be made anew each time.
    """

    until: datetime | None = None
    is_complete: bool = True
    strangers: set[str] = field(default_factory=set)
    _parts: dict[str, Part] = field(default_factory=dict)
    _keys: set[str] = field(default_factory=set)

    def note(self, part: Part) -> None:
        self._parts[part.name] = part

    def note_keys(self, part: Part, keys: Iterable[int]) -> None:
        self._keys.update(part.tag_of(key) for key in keys)

    def note_stranger(self, name: str) -> None:
        self.is_complete = False
        self.strangers.add(name)

    @property
    def tags(self) -> tuple[str, ...]:
        tags = {EVERYTHING, *self._keys}
        for part in self._parts.values():
            tags.update(part.tags)
        return tuple(sorted(tags))


@dataclass(slots=True)
class _About:
    keys: set[int]
    parts: dict[str, Part] = field(default_factory=dict)


_reading: ContextVar[Reading | None] = ContextVar("reading", default=None)
_about: ContextVar[_About | None] = ContextVar("about", default=None)


@contextmanager
def noted() -> Iterator[Reading]:
    """Note what is read inside the block."""
    reading = Reading()
    token = _reading.set(reading)
    try:
        yield reading
    finally:
        _reading.reset(token)


@contextmanager
def about(keys: Iterable[int] = ()) -> Iterator[set[int]]:
    """Statements inside the block read of these things alone, in parts that go by key.

    Whoever learns only from the answer which these are adds them to what is handed out.
    """
    here = _About(set(keys))
    token = _about.set(here)
    try:
        yield here.keys
    finally:
        _about.reset(token)
    reading = _reading.get()
    if reading is not None:
        for part in here.parts.values():
            reading.note_keys(part, here.keys)


def holds_until(*instants: datetime | None, now: datetime) -> None:
    """Say when what was read will be otherwise by itself: at the first of these that lies ahead."""
    reading = _reading.get()
    if reading is not None:
        ahead = [each for each in instants if each is not None and each > now]
        reading.until = min([*ahead, *([reading.until] if reading.until else [])], default=None)


def spoil() -> None:
    """A page that has a command done on its way is nobody else's."""
    reading = _reading.get()
    if reading is not None:
        reading.is_complete = False


def note_read(statement: str, parts: Parts, known: frozenset[str]) -> None:
    """Note what a statement reads of the known tables, if a page is being made."""
    reading = _reading.get()
    if reading is None:
        return
    for table in tables_in(statement, known):
        try:
            for part in parts.read_by(table, words_in(statement)):
                _note(reading, part)
        except KeyError:
            reading.note_stranger(table)


def _note(reading: Reading, part: Part) -> None:
    here = _about.get()
    reading.note(part)
    if part.by_key and here is None:
        reading.note_stranger(part.name)
    elif part.by_key and here is not None:
        here.parts[part.name] = part
