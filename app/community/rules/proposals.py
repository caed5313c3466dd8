"""What a pasted list would change of what is kept of it already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.community.chat_list.repeats import Line


class Change(StrEnum):
    """What becomes of a line when it is confirmed; the last four are no proposals."""

    NEW = "new"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    SAME = "same"
    JOINED = "joined"
    TAKEN_OUT = "taken_out"
    NOTHING = "nothing"


PROPOSED = frozenset({Change.NEW, Change.CHANGED, Change.CANCELLED})


@dataclass(frozen=True, slots=True)
class Known:
    """An entry that is kept."""

    id: int
    key: str
    said: str
    has_joined: bool
    is_withdrawn: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """A line and what it would do; `known` is the entry it is about, None for a new one."""

    line: Line
    change: Change
    known: Known | None


@dataclass(frozen=True, slots=True)
class Proposals:
    """Every line in its order, and the entries that stand in the list no more."""

    lines: tuple[Proposal, ...]
    gone: tuple[Known, ...]

    @property
    def proposed(self) -> int:
        """How many lines would change something."""
        return sum(each.change in PROPOSED for each in self.lines)


def propose(lines: Sequence[Line], kept: Mapping[str, Known]) -> Proposals:
    """Compare a list with the entries kept of it, by key. Who has joined is never changed."""
    read = tuple(_proposal(line, kept.get(line.key)) for line in lines)
    keys = {line.key for line in lines}
    gone = (each for each in kept.values() if each.key not in keys)
    return Proposals(
        read, tuple(each for each in gone if not each.has_joined and not each.is_withdrawn)
    )


def _proposal(line: Line, known: Known | None) -> Proposal:
    return Proposal(line, _change(line, known), known)


def _change(line: Line, known: Known | None) -> Change:
    if known is None:
        return Change.NOTHING if line.entry.cancelled else Change.NEW
    if known.has_joined:
        return Change.JOINED
    if line.entry.cancelled:
        return Change.NOTHING if known.is_withdrawn else Change.CANCELLED
    if known.said == line.said:
        return Change.TAKEN_OUT if known.is_withdrawn else Change.SAME
    return Change.CHANGED
