"""Dresses: the pinafore and the summer dress, and which pattern draws which."""

from random import Random

from app.demo.drawing.garment import Garment
from app.demo.drawing.geometry import Knot, mirrored, smooth
from app.demo.drawing.palette import BRASS, PEARL
from app.demo.drawing.parts import Bar, Drawing, Part, Stud
from app.demo.drawing.wardrobe.closures import buttons, patch_pocket, spaced, twice
from app.demo.drawing.wardrobe.collars import edge_thread
from app.demo.drawing.wardrobe.frocks import (
    Frock,
    Made,
    bodice_folds,
    darts,
    gathers,
    skirt,
    waist_strip,
)
from app.demo.drawing.wardrobe.sleeved import crepe, nightdress, tea
from app.demo.drawing.wardrobe.torso import AXIS, bent


def dress(garment: Garment, dice: Random, *, back: bool) -> Drawing:
    """The dress in the garment's style."""
    styles = {"tea": tea, "nightdress": nightdress, "summer": _summer, "crepe": crepe}
    drawing, frock = styles.get(garment.cut.style, _pinafore)(garment, dice, back=back)
    drawing.place("waist", (AXIS - frock.waist * 0.5, frock.waist_y))
    drawing.place("hem", (AXIS - frock.hem * 0.45, frock.hem_y + 14))
    drawing.place("front", (AXIS - frock.waist * 0.7, (frock.under_y + frock.waist_y) / 2))
    drawing.place("shoulder", (AXIS - frock.shoulder * 0.7, frock.shoulder_y + 46))
    drawing.places.setdefault("collar", (AXIS - 20, frock.shoulder_y + 90, 0))
    drawing.places.setdefault("button", (AXIS, (frock.under_y + frock.waist_y) / 2, 90))
    drawing.places.setdefault("pocket", (AXIS - frock.waist, frock.waist_y + 160, 0))
    return drawing


def _pinafore(_garment: Garment, dice: Random, *, back: bool) -> Made:
    frock = Frock(168, 196, 168, 420, 150, 500, 338, 1226)
    drawing = Drawing()
    depth = 44 if back else 168
    side: list[Knot] = [
        (AXIS - 128, 170, 1),
        (AXIS - 172, 186, 1),
        (AXIS - 140, 300),
        (AXIS - 168, 414, 1),
        (AXIS - 152, 504, 1),
    ]
    neck: list[Knot] = [
        (AXIS + 112, 170 + depth * 0.8),
        (AXIS + 84, 170 + depth, 1),
        (AXIS - 84, 170 + depth, 1),
        (AXIS - 112, 170 + depth * 0.8),
    ]
    low: list[Knot] = [(AXIS, 512)]
    bodice = smooth([*side, *low, *mirrored(side), *neck])
    skirt(drawing, frock, dice, folds=8)
    inside = smooth(
        [
            (AXIS - 128, 172, 1),
            (AXIS - 168, 186, 1),
            (AXIS - 140, 300),
            (AXIS - 150, 400, 1),
            (AXIS + 150, 400, 1),
            (AXIS + 140, 300),
            (AXIS + 168, 186, 1),
            (AXIS + 128, 172, 1),
            (AXIS + 112, 210),
            (AXIS + 84, 222, 1),
            (AXIS - 84, 222, 1),
            (AXIS - 112, 210),
        ]
    )
    if not back:
        drawing.items.insert(0, Part(inside, "inside", tone=-0.25, puff=6, lift=0.0))
    shade = tuple(bent((AXIS + s * 150, 430), (AXIS + s * 60, 490), 6, 22, 0.5) for s in (-1, 1))
    drawing.add(
        Part(
            bodice,
            puff=11,
            lift=0.5,
            folds=shade,
            sewn=(*edge_thread(bodice, 9), *darts(frock, 400)),
        )
    )
    seam = smooth(
        [
            (AXIS - 152, 486, 1),
            (AXIS, 494),
            (AXIS + 152, 486, 1),
            (AXIS + 156, 522, 1),
            (AXIS, 532),
            (AXIS - 156, 522, 1),
        ]
    )
    drawing.add(Part(seam, grain=90, puff=7, lift=0.4, crease=0.2))
    if back:
        drawing.add(Bar([(AXIS, 220), (AXIS, 720)], 12, "zip", BRASS))
    else:
        drawing.add(*twice(_hip_pocket()))
        drawing.place("pocket", (AXIS - 150, 720))
    drawing.place("collar", (AXIS - 60, 340))
    return drawing, frock


def _hip_pocket() -> Part:
    pocket = patch_pocket(AXIS - 140, 690, 138, 160, round_=34)
    return Part(pocket.outline, grain=8, puff=7, lift=0.42, folds=pocket.folds, sewn=pocket.sewn)


def _summer(_garment: Garment, dice: Random, *, back: bool) -> Made:
    frock = Frock(150, 190, 160, 380, 132, 540, 408, 1222)
    drawing = Drawing()
    for side in (-1, 1):
        strap = smooth(
            [
                (AXIS + side * 96, 160, 1),
                (AXIS + side * 146, 164, 1),
                (AXIS + side * 132, 330, 1),
                (AXIS + side * 76, 330, 1),
            ]
        )
        drawing.add(Part(strap, grain=side * 4, puff=7, lift=0.3, sewn=edge_thread(strap, 5)))
    skirt(drawing, frock, dice, folds=14)
    drawing.add(*gathers(frock, dice, 19))
    heart: list[Knot] = (
        [(AXIS, 330, 1), (AXIS - 60, 290), (AXIS - 128, 302, 1)]
        if not back
        else [(AXIS, 330), (AXIS - 128, 318, 1)]
    )
    left: list[Knot] = [*heart, (AXIS - 158, 340), (AXIS - 150, 420), (AXIS - 132, 540, 1)]
    bodice = smooth([*left, (AXIS, 550), *mirrored(left)[:-1]])
    drawing.add(
        Part(
            bodice,
            puff=12,
            lift=0.45,
            folds=bodice_folds(frock, dice),
            sewn=(*edge_thread(bodice, 6), *darts(frock, 420)),
        )
    )
    if not back:
        for side in (-1, 1):
            tab = smooth(
                [
                    (AXIS + side * 70, 298, 1),
                    (AXIS + side * 132, 294, 1),
                    (AXIS + side * 126, 356),
                    (AXIS + side * 104, 372),
                    (AXIS + side * 78, 356),
                ]
            )
            drawing.add(
                Part(tab, puff=6, lift=0.5, sewn=edge_thread(tab, 5)),
                Stud((AXIS + side * 103, 344), 12, "shell", PEARL),
            )
        drawing.add(*buttons(spaced(380, 510, 3), 10, "shell", PEARL))
    drawing.add(waist_strip(frock, 40))
    drawing.place("button", (AXIS - 103, 344))
    drawing.place("collar", (AXIS - 60, 320))
    return drawing, frock
