"""What can stand on a page. Lengths are millimetres, from the top left; type is in points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

INK = "#1f1b16"
PALE = "#5a5146"
FAINT = "#b9ae9b"
BAND = "#f1eadc"
PAPER = "#ffffff"
MM = 25.4 / 72
"""Millimetres in a point."""


@dataclass(frozen=True, slots=True)
class Style:
    size: float
    is_strong: bool = False
    colour: str = INK

    @property
    def line(self) -> float:
        """From one baseline to the next; Chinese needs more air than Latin."""
        return self.size * MM * 1.38

    @property
    def rise(self) -> float:
        """From the top of a line to its baseline."""
        return self.size * MM * 1.04


@dataclass(frozen=True, slots=True)
class Text:
    """One line of it; `y` is the baseline."""

    x: float
    y: float
    text: str
    style: Style
    is_struck: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle: filled, or drawn as an outline."""

    x: float
    y: float
    width: float
    height: float
    colour: str = INK
    is_filled: bool = True


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal line."""

    x: float
    y: float
    width: float
    colour: str = FAINT
    weight: float = 0.15


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code in a square with its quiet zone, black on the white of the paper."""

    x: float
    y: float
    side: float
    text: str


Mark = Text | Area | Rule | Code


@dataclass(frozen=True, slots=True)
class Band:
    """Marks across the page that stay together, placed from the band's own top."""

    height: float
    marks: tuple[Mark, ...] = ()


@dataclass(slots=True)
class Page:
    """Bands, each with the place of its top."""

    placed: list[tuple[float, Band]] = field(default_factory=list)

    def put(self, band: Band, top: float = 0) -> None:
        self.placed.append((top, band))


@dataclass(frozen=True, slots=True)
class Format:
    """A sheet of paper, and how far from its edges printing keeps."""

    width: float
    height: float
    margin: float

    @property
    def inner(self) -> float:
        return self.width - 2 * self.margin


PORTRAIT = Format(210, 297, 12)
LANDSCAPE = Format(297, 210, 12)
LABEL = Format(100, 150, 5)


def stacked(bands: Sequence[Band]) -> float:
    return sum(band.height for band in bands)
