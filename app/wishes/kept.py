"""A wish list as a browser keeps it: `427-128000.13-9900`, numbers with the prices seen.

A list that is only the copy of an account's begins with a tilde.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

MOST: Final = 100
MIRROR: Final = "~"
_ENTRY = re.compile(r"([0-9]{1,9})-([0-9]{1,12})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Kept:
    """A product by its № and the price it had, in minor units, when it was put on the list."""

    number: int
    price: int


def read(text: str) -> tuple[Kept, ...]:
    """The list, the newest first; what is no entry of ours is left out."""
    matched = (_ENTRY.fullmatch(entry) for entry in text.removeprefix(MIRROR).split(".")[:MOST])
    wishes = {int(one[1]): Kept(int(one[1]), int(one[2])) for one in matched if one is not None}
    return tuple(wishes.values())


def written(kept: Sequence[Kept], *, is_mirror: bool) -> str:
    """A copy says so even while it is empty: its browser asks for what another device has added."""
    entries = ".".join(f"{one.number}-{one.price}" for one in kept)
    return MIRROR + entries if is_mirror else entries


def is_mirror(text: str) -> bool:
    """Whether an account has all of it already."""
    return text.startswith(MIRROR)
