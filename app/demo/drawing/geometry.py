"""Outlines and lines: smooth curves through a few points, parallels, dashes, placement."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

Point = tuple[float, float]
Line = list[Point]
Knot = tuple[float, ...]
"""A point to pass through: (x, y) smoothly, (x, y, 1) with a corner."""


def smooth(knots: Sequence[Knot], *, closed: bool = True, steps: int = 10) -> Line:
    """A line through all knots, rounded except where a knot has a third member."""
    count = len(knots)
    directions = [_direction(knots, index, closed=closed) for index in range(count)]
    line: Line = []
    for index in range(count if closed else count - 1):
        start, end = knots[index], knots[(index + 1) % count]
        chord = _unit(end[0] - start[0], end[1] - start[1])
        leave = chord if len(start) > 2 else directions[index]
        arrive = chord if len(end) > 2 else directions[(index + 1) % count]
        line.extend(_hermite(start, end, leave, arrive, steps))
    if not closed:
        line.append((knots[-1][0], knots[-1][1]))
    return line


def _direction(knots: Sequence[Knot], index: int, *, closed: bool) -> Point:
    last = len(knots) - 1
    before = knots[index - 1] if closed or index else knots[0]
    after = knots[(index + 1) % len(knots)] if closed or index < last else knots[last]
    return _unit(after[0] - before[0], after[1] - before[1])


def _unit(x: float, y: float) -> Point:
    length = math.hypot(x, y) or 1.0
    return x / length, y / length


def _hermite(start: Knot, end: Knot, leave: Point, arrive: Point, steps: int) -> Line:
    length = math.hypot(end[0] - start[0], end[1] - start[1])
    if leave == arrive:
        steps = 1
    line = []
    for step in range(steps):
        t = step / steps
        h1 = (1 + 2 * t) * (1 - t) ** 2
        h2 = t * (1 - t) ** 2 * length
        h3 = t * t * (3 - 2 * t)
        h4 = t * t * (t - 1) * length
        line.append(
            (
                h1 * start[0] + h2 * leave[0] + h3 * end[0] + h4 * arrive[0],
                h1 * start[1] + h2 * leave[1] + h3 * end[1] + h4 * arrive[1],
            )
        )
    return line


def mirrored(points: Iterable[Knot], axis: float = 540.0) -> list[Knot]:
    """The same points on the other side of a vertical axis, in reverse order."""
    return [(2 * axis - point[0], *point[1:]) for point in reversed(list(points))]


def parallel(line: Sequence[Point], distance: float) -> Line:
    """The line moved to its right-hand side (seen in its direction, y down) by `distance`."""
    moved = []
    last = len(line) - 1
    for index, (x, y) in enumerate(line):
        before, after = line[max(index - 1, 0)], line[min(index + 1, last)]
        dx, dy = _unit(after[0] - before[0], after[1] - before[1])
        moved.append((x - dy * distance, y + dx * distance))
    return moved


def dashes(line: Sequence[Point], on: float, off: float) -> list[tuple[Point, Point]]:
    """Straight strokes of length `on` along the line with gaps of length `off`."""
    strokes: list[tuple[Point, Point]] = []
    start: Point | None = None
    left = on
    for (x0, y0), (x1, y1) in pairwise(line):
        length = math.hypot(x1 - x0, y1 - y0)
        done = 0.0
        if start is None and left == on:
            start = (x0, y0)
        while length - done > left:
            done += left
            at = (x0 + (x1 - x0) * done / length, y0 + (y1 - y0) * done / length)
            if start is None:
                start, left = at, on
            else:
                strokes.append((start, at))
                start, left = None, off
        left -= length - done
    return strokes


def along(line: Sequence[Point], share: float) -> tuple[Point, float]:
    """The point at a share (0 to 1) of the line's length, and the line's angle there in degrees."""
    lengths = [math.dist(a, b) for a, b in pairwise(line)]
    wanted = share * sum(lengths)
    for (a, b), length in zip(pairwise(line), lengths, strict=True):
        if wanted <= length and length:
            t = wanted / length
            angle = math.degrees(math.atan2(b[1] - a[1], b[0] - a[0]))
            return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t), angle
        wanted -= length
    a, b = line[-2], line[-1]
    return b, math.degrees(math.atan2(b[1] - a[1], b[0] - a[0]))


def tapered(line: Sequence[Point], width: float) -> Line:
    """A leaf-shaped outline around the line: nothing at its ends, `width` in the middle."""
    last = len(line) - 1
    one, other = [], []
    for index, (x, y) in enumerate(line):
        before, after = line[max(index - 1, 0)], line[min(index + 1, last)]
        dx, dy = _unit(after[0] - before[0], after[1] - before[1])
        half = width / 2 * math.sin(math.pi * index / last) + 0.4
        one.append((x - dy * half, y + dx * half))
        other.append((x + dy * half, y - dx * half))
    return one + other[::-1]


def ellipse(x: float, y: float, rx: float, ry: float, *, steps: int = 40) -> Line:
    """A closed ellipse around (x, y)."""
    turn = 2 * math.pi / steps
    return [(x + rx * math.cos(i * turn), y + ry * math.sin(i * turn)) for i in range(steps)]


def box(x0: float, y0: float, x1: float, y1: float, corner: float = 0.0) -> Line:
    """A rectangle, its corners cut by a small curve of radius `corner`."""
    if corner <= 0:
        return [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
    line: Line = []
    for cx, cy, start in (
        (x1 - corner, y0 + corner, -90),
        (x1 - corner, y1 - corner, 0),
        (x0 + corner, y1 - corner, 90),
        (x0 + corner, y0 + corner, 180),
    ):
        for step in range(6):
            angle = math.radians(start + step * 18)
            line.append((cx + corner * math.cos(angle), cy + corner * math.sin(angle)))
    return line


def touches(line: Sequence[Point], box: tuple[int, int, int, int], margin: float) -> bool:
    """Whether the line's surroundings reach into the box."""
    left, top, right, bottom = box
    return (
        max(x for x, _ in line) > left - margin
        and min(x for x, _ in line) < right + margin
        and max(y for _, y in line) > top - margin
        and min(y for _, y in line) < bottom + margin
    )


@dataclass(frozen=True)
class Placement:
    """Turns, scales and moves drawing coordinates (1080 by 1350) onto the picture."""

    scale: float = 1.0
    angle: float = 0.0
    focus: Point = (540.0, 675.0)
    centre: Point = (540.0, 675.0)
    sway: float = 0.0

    def point(self, point: Sequence[float]) -> Point:
        """Where a drawing point lands; `sway` is how a hand laid it, not quite even."""
        turn = math.radians(self.angle)
        x, y = point[0] - self.focus[0], point[1] - self.focus[1]
        if self.sway:
            x += 3.2 * math.sin(point[1] / 170 + self.sway) + 1.4 * math.sin(
                point[1] / 61 + 2 * self.sway
            )
            y += 3.0 * math.sin(point[0] / 190 + self.sway * 3)
        cos, sin = math.cos(turn) * self.scale, math.sin(turn) * self.scale
        return self.centre[0] + x * cos - y * sin, self.centre[1] + x * sin + y * cos

    def line(self, line: Iterable[Sequence[float]]) -> Line:
        """Where a whole line lands."""
        return [self.point(point) for point in line]
