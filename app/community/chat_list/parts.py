"""Which tokens belong together: 黑色 M1 L2 is two parts, M 黑 两件 is one.

Options and quantities are gathered left to right; a new part begins where an option would be named
twice or a second quantity comes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.community.chat_list.tokens import EITHER, Kind, Token
from app.community.chat_list.vocabulary import Meaning


@dataclass(slots=True)
class Part:
    """One item in the making.

    `options` keep the order they were written in; `apart` tells that a comma stands before it,
    `group` which 各 it is under, `either` that it was offered instead of the one before.
    """

    apart: bool
    options: dict[int, frozenset[int]] = field(default_factory=dict)
    quantity: int | None = None
    group: int = 0
    either: bool = False

    @property
    def counted(self) -> bool:
        return self.quantity is not None or self.group > 0

    def completes(self, other: Part) -> bool:
        """Whether the two are halves of one item."""
        if self.quantity is not None and other.quantity is not None:
            return False
        return self.options.keys().isdisjoint(other.options)

    def take(self, other: Part) -> None:
        self.options.update(other.options)
        self.quantity = other.quantity if self.quantity is None else self.quantity
        self.group = self.group or other.group


@dataclass(slots=True)
class Parts:
    """The parts so far; the last one is open until a separator comes."""

    found: list[Part] = field(default_factory=list)
    each: list[int] = field(default_factory=list)
    open: bool = False
    awaiting_each: bool = False

    def begin(self) -> Part:
        part = Part(apart=not self.open)
        if self.awaiting_each:
            part.group = len(self.each)
        self.found.append(part)
        self.open = True
        return part

    def current(self) -> Part:
        return self.found[-1] if self.open else self.begin()

    def count_each(self, number: int) -> None:
        """各 counts the parts before it that have no quantity, or else those that follow."""
        self.each.append(number)
        counted = False
        for part in reversed(self.found):
            if part.counted:
                break
            part.group, part.either, counted = len(self.each), False, True
        self.awaiting_each = not counted


def gather(tokens: Sequence[Token], *, look_ahead: bool) -> Parts:
    """The parts of these tokens; with `look_ahead` an option after a quantity may begin the next.

    M1 黑 L2 白 is (M 黑 1)(L 白 2) without it, and (M 1)(黑 L 2)(白) with it.
    """
    parts = Parts()
    instead = False
    for at, token in enumerate(tokens):
        if token.meaning is not None:
            following = tokens[at:] if look_ahead else ()
            _add_option(parts, token.meaning, following, instead=instead)
        elif token.kind is Kind.QUANTITY:
            part = parts.current()
            part = parts.begin() if part.quantity is not None else part
            part.quantity = token.number
        elif token.kind is Kind.EACH:
            parts.count_each(token.number or 1)
        elif token.kind is Kind.SEPARATOR:
            parts.open = False
        if token.kind is not Kind.SPACE:
            instead = token.kind is Kind.SOFT and token.number == EITHER
    return parts


def _add_option(
    parts: Parts, meaning: Meaning, following: Sequence[Token], *, instead: bool
) -> None:
    part = parts.current()
    if meaning.place in part.options:
        instead = instead and not part.counted
        part = parts.begin()
        part.either = instead
    elif part.quantity is not None and part.options and _runs_into(part, following):
        part = parts.begin()
    part.options[meaning.place] = meaning.fits


def _runs_into(part: Part, following: Sequence[Token]) -> bool:
    """Whether the options up to the next quantity name again what the part has already."""
    for token in following:
        if token.meaning is not None and token.meaning.place in part.options:
            return True
        if token.kind in (Kind.QUANTITY, Kind.EACH, Kind.SEPARATOR):
            return False
    return False
