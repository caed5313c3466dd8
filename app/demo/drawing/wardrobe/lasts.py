"""The shape of a shoe, and where it lies."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from app.demo.drawing.geometry import Knot, Line, smooth

SOLE: tuple[Knot, ...] = (
    (4, -330), (86, -286), (120, -170), (106, -30), (84, 120), (92, 236), (66, 312), (0, 334),
    (-64, 312), (-86, 236), (-78, 120), (-98, -20), (-112, -160), (-76, -290),
)  # fmt: skip


MOUTH: tuple[Knot, ...] = (
    (0, -44), (50, -22), (62, 60), (58, 160), (58, 236), (38, 286), (0, 298), (-38, 286),
    (-56, 236), (-56, 160), (-60, 60), (-50, -22),
)  # fmt: skip


@dataclass(frozen=True)
class Spot:
    """Where one shoe lies: its middle, its turn in degrees, and which foot (-1 or 1)."""

    x: float
    y: float
    turn: float
    foot: int
    size: float = 1.18

    def line(self, knots: Iterable[Knot]) -> Line:
        """Shoe coordinates (toe up, in the middle) as drawing coordinates."""
        angle = math.radians(self.turn)
        cos, sin = math.cos(angle) * self.size, math.sin(angle) * self.size
        return [
            (self.x + kx * self.foot * cos - ky * sin, self.y + kx * self.foot * sin + ky * cos)
            for kx, ky, *_ in knots
        ]

    def shape(self, knots: Iterable[Knot]) -> Line:
        """A smooth closed outline."""
        points = list(knots)
        placed = self.line(points)
        return smooth([(*at, *knot[2:]) for at, knot in zip(placed, points, strict=True)])

    def open(self, *knots: Knot) -> Line:
        """A smooth open line."""
        return smooth(self.line(knots), closed=False)


def grown(knots: Iterable[Knot], share: float) -> list[Knot]:
    """The shape grown about its middle."""
    return [(x * share, y * (1 + (share - 1) * 0.4), *rest) for x, y, *rest in knots]
