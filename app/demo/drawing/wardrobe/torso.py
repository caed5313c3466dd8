"""Bodies and sleeves, the patterns most garments share."""

import math
from dataclasses import dataclass, replace
from random import Random

from app.demo.drawing.geometry import Knot, Line, Point, mirrored, parallel, smooth
from app.demo.drawing.parts import Fold, Part, Sewn, Stitch

AXIS = 540.0


@dataclass(frozen=True)
class Torso:
    """Half widths and heights of a body laid flat, measured from the centre line."""

    neck: float = 90
    neck_y: float = 262
    shoulder: float = 240
    shoulder_y: float = 318
    under: float = 274
    under_y: float = 570
    waist: float = 272
    waist_y: float = 800
    hem: float = 284
    hem_y: float = 1070
    drop: float = 10
    dip: float = 46
    corner: float = 0

    def left(self) -> list[Knot]:
        """From the neck over the shoulder and down the left side to the hem's middle."""
        return [
            (AXIS - self.neck, self.neck_y, 1),
            (AXIS - self.shoulder, self.shoulder_y, 1),
            (AXIS - self.shoulder + 16, (self.shoulder_y + self.under_y) / 2),
            (AXIS - self.under, self.under_y, 1),
            (AXIS - self.waist, self.waist_y),
            *self._hem_corner(),
        ]

    def _hem_corner(self) -> list[Knot]:
        if not self.corner:
            return [(AXIS - self.hem, self.hem_y, 1)]
        return [
            (AXIS - self.hem, self.hem_y - self.corner, 1),
            (AXIS - self.hem * 0.82, self.hem_y - self.corner * 0.2),
        ]

    def outline(self) -> Line:
        """The whole body."""
        left = self.left()
        low: list[Knot] = [(AXIS, self.hem_y + self.drop)]
        neck: list[Knot] = [(AXIS, self.neck_y + self.dip)]
        return smooth([*left, *low, *mirrored(left), *neck])

    def raised(self) -> "Torso":
        """The same body seen from behind, where the neck is cut high."""
        return replace(self, dip=12)

    def hemline(self, up: float = 0.0) -> Line:
        """The hem from left to right, or a line parallel to it `up` pixels higher."""
        if self.corner:
            left = smooth([*self._hem_corner(), (AXIS, self.hem_y + self.drop)], closed=False)
            whole = left + [(2 * AXIS - x, y) for x, y in reversed(left[:-1])]
        else:
            ends: list[Knot] = [(AXIS - self.hem, self.hem_y), (AXIS, self.hem_y + self.drop)]
            whole = smooth([*ends, (AXIS + self.hem, self.hem_y)], closed=False)
        return parallel(whole, -up) if up else whole

    def armhole(self, side: int) -> Line:
        """From the shoulder to the underarm; side -1 is the left of the picture."""
        knots: list[Knot] = [
            (AXIS + side * self.shoulder, self.shoulder_y),
            (AXIS + side * (self.shoulder - 16), (self.shoulder_y + self.under_y) / 2),
            (AXIS + side * self.under, self.under_y),
        ]
        return smooth(knots, closed=False)

    def width_at(self, y: float) -> float:
        """Half the width of the body at a height."""
        if y <= self.waist_y:
            share = max(0.0, (y - self.under_y) / (self.waist_y - self.under_y))
            return self.under + (self.waist - self.under) * share
        share = min(1.0, (y - self.waist_y) / (self.hem_y - self.waist_y))
        return self.waist + (self.hem - self.waist) * share

    def folds(self, dice: Random, amount: float = 1.0) -> tuple[Fold, ...]:
        """How the body falls: drag from the arms, long soft waves above the hem."""
        folds = []
        for side in (-1, 1):
            start = (AXIS + side * (self.under - 6), self.under_y + dice.uniform(-26, 10))
            end = (AXIS + side * self.under * 0.3, self.under_y + dice.uniform(130, 230))
            folds.append(bent(start, end, dice.uniform(-26, 26), 30, 0.75 * amount))
            start = (AXIS + side * (self.under - 2), self.under_y + dice.uniform(20, 60))
            end = (AXIS + side * self.under * 0.5, self.under_y + dice.uniform(230, 330))
            folds.append(bent(start, end, dice.uniform(-20, 20), 22, -0.6 * amount))
        for _ in range(5):
            x = AXIS + dice.uniform(-0.85, 0.85) * self.hem
            top = self.hem_y - dice.uniform(170, 420)
            lean = (x - AXIS) * 0.1 + dice.uniform(-16, 16)
            depth = dice.choice((-0.6, 0.7)) * amount
            folds.append(
                bent(
                    (x - lean, top),
                    (x + lean, self.hem_y - 8),
                    dice.uniform(-14, 14),
                    dice.uniform(18, 40),
                    depth,
                )
            )
        return tuple(folds)


@dataclass(frozen=True)
class Sleeve:
    """A sleeve from the shoulder to the cuff, for the left of the picture."""

    elbow: Point = (190, 690)
    cuff: Point = (146, 1016)
    middle: float = 84
    end: float = 62
    lean: float = -12
    short: bool = False

    def outline(self, torso: Torso, side: int) -> Line:
        """The sleeve's edge; it reaches under the body, which is laid on it."""
        x0, y0 = AXIS - torso.shoulder, torso.shoulder_y
        cuff_x, cuff_y = self.cuff
        elbow_x, elbow_y = self.elbow
        outer: list[Knot] = [(x0 - 50, y0 + 92), (elbow_x - self.middle, elbow_y)]
        inner: list[Knot] = [(elbow_x + self.middle, elbow_y - 6)]
        if self.short:
            outer, inner = [(x0 - 78, y0 + 66)], []
        knots: list[Knot] = [
            (x0 + 30, y0 - 12, 1),
            (x0 - 4, y0 + 2),
            *outer,
            (cuff_x - self.end, cuff_y + self.lean, 1),
            (cuff_x + self.end, cuff_y - self.lean, 1),
            *inner,
            (AXIS - torso.under + 2, torso.under_y + 8, 1),
            (AXIS - torso.under + 60, torso.under_y - 60),
        ]
        return smooth(knots if side < 0 else mirrored(knots))

    def axis(self, torso: Torso, side: int) -> Line:
        """The middle of the sleeve from top to cuff."""
        top = (AXIS - torso.shoulder - 4, torso.shoulder_y + 40)
        knots: list[Knot] = [top, self.elbow, self.cuff]
        line = smooth(knots, closed=False)
        return line if side < 0 else [(2 * AXIS - x, y) for x, y in line]

    def cuff_line(self, side: int, up: float = 0.0) -> Line:
        """The edge of the cuff from left to right, or a line `up` pixels above it."""
        x, y = self.cuff
        left, right = (x - self.end, y + self.lean - up), (x + self.end, y - self.lean - up)
        bow = ((left[0] + right[0]) / 2, (left[1] + right[1]) / 2 + 5)
        spread = up * 0.03
        line = smooth(
            [(left[0] - spread, left[1]), bow, (right[0] + spread, right[1])], closed=False
        )
        return line if side < 0 else [(2 * AXIS - px, py) for px, py in reversed(line)]

    def folds(self, torso: Torso, side: int, dice: Random, amount: float = 1.0) -> tuple[Fold, ...]:
        """Creases inside the elbow and a long soft ridge."""
        elbow_x, elbow_y = self.elbow
        if self.short:
            start, end = (AXIS - torso.under, torso.under_y - 30), (self.cuff[0] - 20, self.cuff[1])
            low = bent((start[0] + 8, start[1] - 70), (end[0] + 30, end[1] - 60), 6, 22, 0.5)
            folds = [bent(start, end, -14, 20, -0.6 * amount), low]
            return self._on_side(folds, side)
        folds = []
        for index in range(4):
            y = elbow_y + (index - 1.4) * dice.uniform(30, 46)
            start = (elbow_x + self.middle - 2, y)
            end = (elbow_x - self.middle * dice.uniform(0.1, 0.7), y + dice.uniform(-44, 26))
            folds.append(
                bent(
                    start,
                    end,
                    dice.uniform(-8, 8),
                    dice.uniform(12, 22),
                    dice.choice((-0.7, 0.8)) * amount,
                )
            )
        top = (AXIS - torso.shoulder - 2, torso.shoulder_y + 60)
        folds.append(
            bent(top, (elbow_x - 8, elbow_y - 60), dice.uniform(-14, 14), 30, 0.7 * amount)
        )
        folds.append(
            bent(
                (elbow_x + 4, elbow_y + 60),
                (self.cuff[0] + 6, self.cuff[1] - 50),
                10,
                24,
                -0.6 * amount,
            )
        )
        start = (AXIS - torso.under - 2, torso.under_y - 20)
        folds.append(bent(start, (elbow_x - 30, torso.under_y + 20), -12, 16, -0.8 * amount))
        return self._on_side(folds, side)

    @staticmethod
    def _on_side(folds: list[Fold], side: int) -> tuple[Fold, ...]:
        if side < 0:
            return tuple(folds)
        return tuple(
            Fold([(2 * AXIS - x, y) for x, y in fold.line], fold.width, fold.depth)
            for fold in folds
        )


def bent(start: Point, end: Point, bow: float, width: float, depth: float) -> Fold:
    """A fold from start to end that bows to one side."""
    middle = ((start[0] + end[0]) / 2 + bow, (start[1] + end[1]) / 2 + bow * 0.3)
    return Fold(smooth([start, middle, end], closed=False), width, depth)


def sleeve_part(
    torso: Torso, sleeve: Sleeve, side: int, dice: Random, sewn: tuple[Sewn, ...] = ()
) -> Part:
    """A sleeve ready to be laid down before the body."""
    return Part(
        sleeve.outline(torso, side),
        grain=8.0 if side < 0 else -8.0,
        puff=13,
        folds=sleeve.folds(torso, side, dice),
        sewn=sewn,
    )


def cuff_band(
    sleeve: Sleeve, side: int, height: float, cloth: str = "main", spare: float = 3.0
) -> Part:
    """A separate cuff on the end of a sleeve."""
    (x, y), end = sleeve.cuff, sleeve.end + spare
    length = math.hypot(end, sleeve.lean)
    up = (-sleeve.lean / length * height, -end / length * height)
    left, right = (x - end, y + sleeve.lean), (x + end, y - sleeve.lean)
    knots: list[Knot] = [
        (left[0] + up[0], left[1] + up[1], 1),
        (x + up[0], y + up[1] + 3),
        (right[0] + up[0], right[1] + up[1], 1),
        (right[0] - 2, right[1] + 5, 1),
        (x, y + 10),
        (left[0] + 2, left[1] + 5, 1),
    ]
    outline = smooth(knots if side < 0 else mirrored(knots))
    return Part(outline, cloth, grain=8.0 if side < 0 else -8.0, puff=8, lift=0.35)


def sewn_along(*lines: Line, stitch: Stitch = "seam", width: float = 1.0) -> tuple[Sewn, ...]:
    """Several lines sewn the same way."""
    return tuple(Sewn(line, stitch, width=width) for line in lines)
