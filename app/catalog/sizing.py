"""Sizes as a tape knows them: bands of the one measurement that matters for a garment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from app.catalog.rules import KEY_MEASUREMENT

EDGES: Mapping[str, tuple[int, ...]] = {
    "chest": (880, 960, 1040, 1120),
    "waist": (660, 740, 820, 900),
    "insole": (230, 240, 250, 260, 270),
}
"""Millimetres at which a new band begins, by what is measured."""
LARGEST = 1000
"""Centimetres no garment reaches; a larger number is no size."""


@dataclass(frozen=True, slots=True)
class Band:
    """From `low` up to but not including `high`, in millimetres; None where it is open."""

    part: str
    low: int | None
    high: int | None

    @property
    def key(self) -> str:
        """`chest-96-104` in an address, in centimetres; an open end is left out."""
        ends = (str(edge // 10) if edge else "" for edge in (self.low, self.high))
        return "-".join((self.part, *ends))

    def holds(self, millimetres: int) -> bool:
        return (self.low or 0) <= millimetres < (self.high or LARGEST * 10)


BANDS: Mapping[str, Band] = {
    band.key: band
    for part, edges in EDGES.items()
    for band in (Band(part, low, high) for low, high in pairwise((None, *edges, None)))
}
"""Every band by its key, the smallest of a part first."""


def band_for(part: str, millimetres: int) -> Band | None:
    """The band of a part that a measurement falls into."""
    bands = (band for band in BANDS.values() if band.part == part)
    return next((band for band in bands if band.holds(millimetres)), None)


def size_of(garment: str, measurements: Mapping[str, object]) -> str:
    """The key of the band a piece is in; empty when it was not measured there."""
    part = KEY_MEASUREMENT.get(garment, "")
    measured = measurements.get(part)
    band = band_for(part, measured) if isinstance(measured, int) and measured > 0 else None
    return band.key if band else ""
