"""What all dresses share: their measures, waist, darts, gathers."""

from dataclasses import dataclass
from random import Random

from app.demo.drawing.geometry import Line, smooth
from app.demo.drawing.parts import Drawing, Fold, Item, Part, Sewn
from app.demo.drawing.wardrobe.skirts import gores
from app.demo.drawing.wardrobe.torso import AXIS, Torso, bent

Items = list[Item]


@dataclass(frozen=True)
class Frock:
    """Where a dress is narrow and where it is wide, as half widths and heights."""

    shoulder: float
    shoulder_y: float
    under: float
    under_y: float
    waist: float
    waist_y: float
    hem: float
    hem_y: float

    def torso(self, neck: float, neck_y: float, dip: float) -> Torso:
        """The bodice as a torso ending at the waist."""
        return Torso(
            neck=neck,
            neck_y=neck_y,
            shoulder=self.shoulder,
            shoulder_y=self.shoulder_y,
            under=self.under,
            under_y=self.under_y,
            waist=(self.under + self.waist) / 2,
            waist_y=(self.under_y + self.waist_y) / 2,
            hem=self.waist,
            hem_y=self.waist_y,
            dip=dip,
            drop=8,
        )


def skirt(drawing: Drawing, frock: Frock, dice: Random, folds: int = 9) -> None:
    drawing.add(*gores(dice, frock.waist_y - 6, frock.waist, frock.hem, frock.hem_y, folds=folds))


def gathers(frock: Frock, dice: Random, count: int = 15) -> Items:
    """Small pleats let into the waist seam."""
    items: list[Item] = []
    for index in range(count):
        share = (index + 0.5) / count * 2 - 1
        x = AXIS + share * frock.waist * 0.94
        low = x + share * dice.uniform(16, 44)
        long = dice.uniform(60, 150)
        items.append(
            Part(
                [(x - 5, frock.waist_y), (x + 5, frock.waist_y), (low, frock.waist_y + long)],
                lift=0.34,
                puff=5,
                crease=0.2,
            )
        )
    return items


Made = tuple[Drawing, Frock]


def darts(frock: Frock, low: float) -> tuple[Sewn, ...]:
    left: Line = [(AXIS - frock.waist * 0.52, frock.waist_y), (AXIS - frock.waist * 0.5, low)]
    return (Sewn(left, "seam"), Sewn([(2 * AXIS - x, y) for x, y in left], "seam"))


def neck_inside(torso: Torso) -> Part:
    neck, y = torso.neck, torso.neck_y
    outline = smooth(
        [
            (AXIS - neck, y + 2, 1),
            (AXIS, y - 20),
            (AXIS + neck, y + 2, 1),
            (AXIS + neck, y + 60),
            (AXIS - neck, y + 60),
        ]
    )
    return Part(outline, "inside", tone=-0.22, puff=5, lift=0.0)


def waist_strip(frock: Frock, high: float) -> Part:
    y, w = frock.waist_y, frock.waist + 2
    outline = smooth(
        [
            (AXIS - w, y - high / 2, 1),
            (AXIS, y - high / 2 + 8),
            (AXIS + w, y - high / 2, 1),
            (AXIS + w + 2, y + high / 2, 1),
            (AXIS, y + high / 2 + 9),
            (AXIS - w - 2, y + high / 2, 1),
        ]
    )
    return Part(outline, puff=7, lift=0.4, crease=0.2)


def bodice_folds(frock: Frock, dice: Random) -> tuple[Fold, ...]:
    folds = []
    for side in (-1, 1):
        for _ in range(2):
            start = (AXIS + side * (frock.under - 8), frock.under_y + dice.uniform(-30, 30))
            end = (
                AXIS + side * frock.waist * dice.uniform(0.1, 0.5),
                frock.waist_y - dice.uniform(10, 60),
            )
            folds.append(bent(start, end, dice.uniform(-12, 12), 22, dice.choice((0.6, -0.5))))
    return tuple(folds)
