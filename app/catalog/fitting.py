"""Whether a garment fits a body: how much more, or less, it may measure than whoever wears it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Final

EASE: Final[Mapping[str, Mapping[str, tuple[int, int]]]] = {
    "top": {"chest": (20, 160)},
    "dress": {"chest": (10, 110), "waist": (0, 120), "hip": (10, 200)},
    "trousers": {"waist": (-15, 40), "hip": (10, 140)},
    "skirt": {"waist": (-10, 40), "hip": (10, 200)},
    "shoes": {"insole": (0, 12)},
}
"""Millimetres, least and most, that a garment of a kind measures more than the body there.

The full round in both cases; cloth gives a little at a waist, and a coat goes over a jersey.
"""
BODY_OF: Final[Mapping[str, str]] = {
    "chest": "chest", "waist": "waist", "hip": "hip", "insole": "foot",
}  # fmt: skip
"""The part of a body that a part of a garment goes around."""
_PART = re.compile(r"([a-z]+)-([0-9]{2,4})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Body:
    """Somebody's own measurements in millimetres, 0 where they said none."""

    chest: int = 0
    waist: int = 0
    hip: int = 0
    foot: int = 0

    @property
    def is_known(self) -> bool:
        return bool(self.chest or self.waist or self.hip or self.foot)

    def __str__(self) -> str:
        """`chest-960.waist-740`, as a browser keeps it."""
        sizes = ((part, getattr(self, part)) for part in PARTS)
        return ".".join(f"{part}-{size}" for part, size in sizes if size)

    @classmethod
    def parse(cls, text: str) -> Body:
        """What `str` made of one; what is no part of ours is left out."""
        found = (_PART.fullmatch(one) for one in text.split(".")[: len(PARTS)])
        return cls(**{one[1]: int(one[2]) for one in found if one and one[1] in PARTS})


PARTS: Final = tuple(field.name for field in fields(Body))


def wanted(body: Body) -> dict[str, dict[str, tuple[int, int]]]:
    """By kind of garment, what each part of it must measure, least and most; only kinds and parts
    that the body says something about.
    """
    found: dict[str, dict[str, tuple[int, int]]] = {}
    for garment, parts in EASE.items():
        for part, (least, most) in parts.items():
            size: int = getattr(body, BODY_OF[part])
            if size:
                found.setdefault(garment, {})[part] = (size + least, size + most)
    return found


def bodies(garment: str, measurements: Mapping[str, object]) -> dict[str, tuple[int, int]]:
    """By part of a body, for which sizes of it a piece fits; only parts that were measured."""
    found = {}
    for part, (least, most) in EASE.get(garment, {}).items():
        measured = measurements.get(part)
        if isinstance(measured, int) and measured > 0:
            found[BODY_OF[part]] = (measured - most, measured - least)
    return found


def said(made_for: Mapping[str, tuple[int, int]]) -> str:
    """`chest-880-1020 waist-700-820`, as scripts read it."""
    return " ".join(f"{part}-{low}-{high}" for part, (low, high) in made_for.items())


def fits(body: Body, piece: Mapping[str, tuple[int, int]]) -> bool:
    """Whether every part known of both lies within what the piece fits, and there is one."""
    compared = [part for part in piece if getattr(body, part)]
    within = (piece[part][0] <= getattr(body, part) <= piece[part][1] for part in compared)
    return bool(compared) and all(within)
