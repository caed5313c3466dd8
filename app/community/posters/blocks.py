"""What stands below each other on a picture: each knows its height and draws itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from PIL import ImageDraw

from app.community.posters.palette import ACCENT, INK, LINE
from app.platform.fonts.lettering import Lettering

_MIDDLE = 0.37
"""How far above the baseline the middle of 汉字 and capitals is, as a share of the size."""


class Block(Protocol):
    """Something as high as it says, drawn below `y` and right of `x`."""

    @property
    def height(self) -> float: ...

    def draw(self, pen: ImageDraw.ImageDraw, x: float, y: float) -> None: ...


def height_of(blocks: Iterable[Block]) -> float:
    return sum(block.height for block in blocks)


def stack(pen: ImageDraw.ImageDraw, blocks: Iterable[Block], x: float, y: float) -> None:
    """Draw them below each other, the first below `y`."""
    for block in blocks:
        block.draw(pen, x, y)
        y += block.height


@dataclass(frozen=True, slots=True)
class Space:
    height: float

    def draw(self, pen: ImageDraw.ImageDraw, x: float, y: float) -> None:
        """Nothing."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that are already broken; `leading` is their distance as a share of the size."""

    lines: Sequence[str]
    lettering: Lettering
    fill: str
    leading: float = 1.4

    @property
    def height(self) -> float:
        return len(self.lines) * self.lettering.size * self.leading

    def draw(self, pen: ImageDraw.ImageDraw, x: float, y: float) -> None:
        for line in self.lines:
            self.lettering.draw(
                pen, (x, y + baseline(self.lettering, self.leading)), line, self.fill
            )
            y += self.lettering.size * self.leading


@dataclass(frozen=True, slots=True)
class Words:
    """A text with its look, as part of a line."""

    text: str
    lettering: Lettering
    fill: str

    @property
    def width(self) -> float:
        return self.lettering.width(self.text)


@dataclass(frozen=True, slots=True)
class Line:
    """Two texts on one baseline: the second behind the first, or at the end of `width`."""

    first: Words
    second: Words
    gap: float
    width: float | None = None
    leading: float = 1.4

    @property
    def height(self) -> float:
        return self.first.lettering.size * self.leading

    def draw(self, pen: ImageDraw.ImageDraw, x: float, y: float) -> None:
        y += baseline(self.first.lettering, self.leading)
        after = self.first.lettering.draw(pen, (x, y), self.first.text, self.first.fill) + self.gap
        start = after if self.width is None else x + self.width - self.second.width
        self.second.lettering.draw(pen, (start, y), self.second.text, self.second.fill)


@dataclass(frozen=True, slots=True)
class Thread:
    """The sewing line: sewn with accent as far as `share`, a mark where `mark` is reached."""

    width: int
    share: float
    mark: float | None = None
    height: float = 24

    STITCH = (22, 12)
    THICK = (10, 4)

    def draw(self, pen: ImageDraw.ImageDraw, x: float, y: float) -> None:
        middle, left = round(y + self.height / 2), round(x)
        sewn = left + round(self.width * min(1.0, self.share))
        stitch, gap = self.STITCH
        for start in range(left, left + self.width, stitch + gap):
            end = min(start + stitch, left + self.width)
            _dash(pen, (max(start, sewn), end), middle, (self.THICK[1], LINE))
            _dash(pen, (start, min(end, sewn)), middle, (self.THICK[0], ACCENT))
        if self.mark is not None:
            at = left + round(self.width * self.mark)
            pen.rectangle((at - 2, middle - 12, at + 1, middle + 11), fill=INK)


def _dash(
    pen: ImageDraw.ImageDraw, span: tuple[int, int], middle: int, look: tuple[int, str]
) -> None:
    (start, end), (thick, fill) = span, look
    if end > start:
        pen.rectangle(
            (start, middle - thick // 2, end - 1, middle - thick // 2 + thick - 1), fill=fill
        )


def baseline(lettering: Lettering, leading: float) -> float:
    """How far below its top a line of that leading is written."""
    return lettering.size * (leading / 2 + _MIDDLE)
