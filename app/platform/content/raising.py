"""The stamps of what a command has written, changed in its own transaction.

They are written last of all, in the order of their tags (docs/locking.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from random import SystemRandom

from app.platform.content.models import ContentStamp
from app.platform.content.parts import EVERYTHING, Part, Parts
from app.platform.content.statements import writes_in
from app.platform.db import insert_or_update

BITS = 48
"""So that the stamps of thousands of tags can be summed in 63."""
_random = SystemRandom()


@dataclass(slots=True)
class Writing:
    """What one transaction has written so far."""

    parts: dict[str, Part] = field(default_factory=dict)
    keys: dict[str, set[int]] = field(default_factory=dict)

    def tags(self) -> Iterator[str]:
        """A part that goes by key is raised as a whole if nobody has said of what in it."""
        for name, part in self.parts.items():
            if keys := self.keys.get(name):
                yield from map(part.tag_of, keys)
            else:
                yield part.tag_to_raise()


_writing: ContextVar[Writing | None] = ContextVar("content_writing", default=None)


@contextmanager
def noted() -> Iterator[None]:
    """Note what is written inside the block."""
    token = _writing.set(Writing())
    try:
        yield
    finally:
        _writing.reset(token)


def changed(part: str, keys: Iterable[int]) -> None:
    """Say which things of a part that goes by key this transaction changes."""
    writing = _writing.get()
    if writing is not None:
        writing.keys.setdefault(part, set()).update(keys)


def note_write(statement: str, parts: Parts) -> None:
    """Note what a statement writes, if a command is at work."""
    writing = _writing.get()
    if writing is None:
        return
    for written in writes_in(statement):
        for part in parts.written_by(written.table, written.columns):
            writing.parts[part.name] = part


def raise_stamps() -> None:
    """Give new stamps to what was written; the last thing before the commit."""
    writing = _writing.get()
    if writing is not None:
        raise_tags(writing.tags())


def raise_everything() -> None:
    """Every page that was kept is made anew; inside a command."""
    raise_tags([EVERYTHING])


def raise_tags(tags: Iterable[str]) -> None:
    rows = [{"tag": tag, "stamp": _random.getrandbits(BITS) + 1} for tag in sorted(set(tags))]
    insert_or_update(ContentStamp, rows)
