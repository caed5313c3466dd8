"""The shape of trouser legs."""

from dataclasses import dataclass
from random import Random

from app.demo.drawing.geometry import Knot, Line, smooth
from app.demo.drawing.parts import Fold
from app.demo.drawing.wardrobe.torso import AXIS, bent


@dataclass(frozen=True)
class Leg:
    """Half the waist, the hip, and the leg's edges at knee and hem, from the centre line."""

    waist: float = 158
    waist_y: float = 168
    hip: float = 206
    hip_y: float = 400
    crotch_y: float = 520
    knee_out: float = 222
    knee_in: float = 62
    hem_out: float = 238
    hem_in: float = 78
    hem_y: float = 1230

    def outline(self) -> Line:
        """The left leg with its half of the seat; it reaches a little over the middle."""
        knots: list[Knot] = [
            (AXIS - self.waist, self.waist_y, 1),
            (AXIS - self.hip, self.hip_y),
            (AXIS - self.knee_out, 800),
            (AXIS - self.hem_out, self.hem_y, 1),
            (AXIS - (self.hem_out + self.hem_in) / 2, self.hem_y + 8),
            (AXIS - self.hem_in, self.hem_y + 4, 1),
            (AXIS - self.knee_in, 800),
            (AXIS - 10, self.crotch_y, 1),
            (AXIS + 4, self.crotch_y - 60),
            (AXIS + 6, self.waist_y + 8, 1),
        ]
        return smooth(knots)

    def crease(self) -> Line:
        """The pressed line down the middle of the leg."""
        top = (AXIS - self.hip * 0.52, self.hip_y - 90)
        knee = (AXIS - (self.knee_out + self.knee_in) / 2, 800)
        hem = (AXIS - (self.hem_out + self.hem_in) / 2, self.hem_y)
        return smooth([top, knee, hem], closed=False)

    def hem(self, up: float) -> Line:
        """A line above the hem of the left leg, from outside to inside."""
        share = up / (self.hem_y - 800)
        out = self.hem_out + (self.knee_out - self.hem_out) * share
        inner = self.hem_in + (self.knee_in - self.hem_in) * share
        middle = (AXIS - (out + inner) / 2, self.hem_y - up + 7)
        return smooth(
            [(AXIS - out, self.hem_y - up), middle, (AXIS - inner, self.hem_y - up + 3)],
            closed=False,
        )

    def folds(self, dice: Random) -> tuple[Fold, ...]:
        """Whiskers from the crotch, creases at the knee, a long fall below."""
        folds = []
        for index in range(3):
            y = self.crotch_y - 60 + index * dice.uniform(20, 34)
            end = (AXIS - self.hip * dice.uniform(0.55, 0.95), y - 66 + index * 50)
            folds.append(bent((AXIS - 16, y), end, -10, 18, dice.choice((0.7, -0.6))))
        for _ in range(3):
            y = 800 + dice.uniform(-70, 80)
            start = (AXIS - self.knee_in - 2, y)
            folds.append(
                bent(
                    start,
                    (AXIS - self.knee_out + dice.uniform(10, 70), y + dice.uniform(-40, 40)),
                    8,
                    20,
                    dice.choice((0.5, -0.6)),
                )
            )
        for _ in range(3):
            share = dice.uniform(0.2, 0.8)
            top = AXIS - (self.knee_in + (self.knee_out - self.knee_in) * share)
            low = AXIS - (self.hem_in + (self.hem_out - self.hem_in) * share)
            folds.append(
                bent(
                    (top, 850 + dice.uniform(0, 90)),
                    (low, self.hem_y - 14),
                    dice.uniform(-10, 10),
                    30,
                    dice.choice((0.6, -0.55)),
                )
            )
        return tuple(folds)

    def grain(self) -> float:
        """How far the leg leans outwards, in degrees."""
        lean = (self.hem_out + self.hem_in - self.hip) / 2 / (self.hem_y - self.hip_y)
        return lean * 57.3


SHAPES: dict[str, Leg] = {
    "flare": Leg(hip=198, knee_out=186, knee_in=52, hem_out=286, hem_in=44),
    "wide": Leg(hip=214, knee_out=254, knee_in=40, hem_out=272, hem_in=52),
    "straight": Leg(knee_out=214, knee_in=58, hem_out=222, hem_in=76),
    "painter": Leg(waist=168, hip=216, knee_out=232, knee_in=50, hem_out=242, hem_in=66),
    "drawstring": Leg(
        waist=176, hip=224, knee_out=252, knee_in=42, hem_out=258, hem_in=60, hem_y=1140
    ),
}
