"""A beret, a flat cap, a beanie."""

import math
from random import Random

from app.demo.drawing.garment import Garment
from app.demo.drawing.geometry import Knot, Line, ellipse, mirrored, smooth
from app.demo.drawing.palette import SHADES, darker
from app.demo.drawing.parts import Bar, Drawing, Fold, Part, Sewn, Stud
from app.demo.drawing.wardrobe.torso import AXIS, bent


def hat(garment: Garment, dice: Random, *, back: bool) -> Drawing:
    """The hat in the garment's style; from behind, its inside or its back."""
    styles = {"beret": _beret, "cap": _cap}
    drawing = styles.get(garment.cut.style, _beanie)(garment, dice, back=back)
    drawing.places["front"] = drawing.places["crown"]
    return drawing


def _beret(_garment: Garment, dice: Random, *, back: bool) -> Drawing:
    drawing = Drawing()
    edge: list[Knot] = []
    for step in range(18):
        angle = 2 * math.pi * step / 18
        reach = 372 + dice.uniform(-10, 10)
        edge.append((AXIS + reach * math.cos(angle), 690 + reach * 0.94 * math.sin(angle)))
    dents = tuple(
        bent(
            (AXIS + 200 * math.cos(a), 690 + 190 * math.sin(a)),
            (AXIS + 330 * math.cos(a + 0.3), 690 + 310 * math.sin(a + 0.3)),
            dice.uniform(-20, 20),
            60,
            d,
        )
        for a, d in ((0.4, 0.6), (1.5, -0.5), (2.6, 0.6), (3.9, 0.7), (5.2, -0.5))
    )
    drawing.add(Part(smooth(edge), puff=58, lift=0.4, folds=dents))
    if back:
        drawing.add(
            Part(
                ellipse(AXIS, 690, 216, 196),
                "leather",
                puff=10,
                lift=0.6,
                crease=0.1,
                sewn=(Sewn(ellipse(AXIS, 690, 208, 188), "thread"),),
            )
        )
        drawing.add(Part(ellipse(AXIS, 690, 190, 170), "lining", tone=-0.3, puff=30, lift=0.0))
        drawing.add(
            Bar(
                smooth(
                    [
                        (AXIS - 20, 868),
                        (AXIS - 70, 900),
                        (AXIS - 30, 920),
                        (AXIS + 6, 872),
                        (AXIS + 40, 916),
                        (AXIS + 66, 896),
                        (AXIS + 14, 868),
                    ],
                    closed=False,
                ),
                7,
                "lace",
                (40, 30, 28),
            )
        )
    else:
        stalk = smooth(
            [(AXIS - 8, 676), (AXIS - 6, 634), (AXIS + 8, 630), (AXIS + 10, 676), (AXIS, 686)]
        )
        dent = Fold(ellipse(AXIS, 684, 34, 26), 26, -0.5)
        drawing.add(
            Part(ellipse(AXIS, 684, 60, 50), puff=30, lift=0.0, crease=0.2, folds=(dent,)),
            Part(stalk, puff=8, lift=0.6),
        )
    drawing.place("crown", (AXIS, 670))
    drawing.place("inside", (AXIS - 150, 820))
    drawing.place("edge", (AXIS - 240, 960), 40)
    return drawing


def _cap(garment: Garment, _dice: Random, *, back: bool) -> Drawing:
    drawing = Drawing()
    drop = -1 if back else 1
    peak: list[Knot] = [
        (AXIS - 250, 810, 1),
        (AXIS - 236, 960),
        (AXIS - 120, 1046),
        (AXIS, 1066),
        (AXIS + 120, 1046),
        (AXIS + 236, 960),
        (AXIS + 250, 810, 1),
        (AXIS, 900),
    ]
    if not back:
        shine = (bent((AXIS - 150, 960), (AXIS + 100, 1000), 20, 70, 0.7),)
        row = smooth(
            [
                (AXIS - 226, 950),
                (AXIS - 116, 1028),
                (AXIS, 1046),
                (AXIS + 116, 1028),
                (AXIS + 226, 950),
            ],
            closed=False,
        )
        drawing.add(
            Part(
                smooth(peak),
                puff=18,
                lift=0.4,
                crease=0.4,
                folds=shine,
                sewn=(Sewn(row, "thread"),),
            )
        )
    dome: list[Knot] = [
        (AXIS - 60, 338),
        (AXIS - 250, 408),
        (AXIS - 356, 590),
        (AXIS - 350, 740),
        (AXIS - 250, 866),
        (AXIS, 926 - (0 if not back else 20)),
    ]
    outline = smooth([*dome, *mirrored(dome[:-1])])
    button = (AXIS, 560.0)
    seams: list[Sewn] = []
    for step in range(8):
        angle = 2 * math.pi * (step + 0.5) / 8
        rim = (AXIS + 350 * math.cos(angle), 650 + 300 * math.sin(angle))
        bow = ((AXIS + rim[0]) / 2 + 22 * math.cos(angle + 1.57), (560 + rim[1]) / 2 - 26)
        seams.append(Sewn(smooth([button, bow, rim], closed=False), "double"))
    slump = (
        bent((AXIS - 250, 760), (AXIS + 240, 770), 30, 60, 0.7 * drop),
        bent((AXIS - 200, 840), (AXIS + 200, 846), 26, 40, -0.5),
        bent((AXIS - 300, 520), (AXIS - 150, 440), -20, 70, 0.6),
    )
    drawing.add(Part(outline, puff=46, lift=0.65, folds=slump, sewn=tuple(seams)))
    drawing.add(Stud(button, 20, "cloth", SHADES[garment.colour]))
    if back:
        band = smooth(
            [
                (AXIS - 262, 850, 1),
                (AXIS, 912),
                (AXIS + 262, 850, 1),
                (AXIS + 240, 900),
                (AXIS, 956),
                (AXIS - 240, 900),
            ]
        )
        drawing.add(Part(band, puff=10, lift=0.4, crease=0.2))
    drawing.place("crown", (AXIS - 30, 590))
    drawing.place("edge", (AXIS - 180, 960), 30)
    return drawing


def _beanie(_garment: Garment, dice: Random, *, back: bool) -> Drawing:
    drawing = Drawing()
    dome: list[Knot] = [
        (AXIS - 296, 820, 1),
        (AXIS - 300, 640),
        (AXIS - 230, 440),
        (AXIS - 110, 330),
        (AXIS, 306),
    ]
    outline = smooth([*dome, *mirrored(dome[:-1]), (AXIS, 850)])
    seams: list[Line] = [
        smooth([(AXIS, 312), (AXIS + side * x, 420), (AXIS + side * x * 1.7, 560)], closed=False)
        for side in (-1, 1)
        for x in (36, 110)
    ]
    folds = tuple(
        bent((AXIS + x, 460), (AXIS + x * 1.1, 800), dice.uniform(-10, 10), 60, d)
        for x, d in ((-190, 0.7), (-60, -0.4), (80, 0.5), (210, -0.6))
    )
    drawing.add(
        Part(
            outline,
            puff=44,
            lift=0.4,
            folds=folds,
            sewn=tuple(Sewn(line, "seam") for line in seams),
        )
    )
    brim = smooth(
        [
            (AXIS - 318, 790, 1),
            (AXIS, 830),
            (AXIS + 318, 790, 1),
            (AXIS + 322, 960),
            (AXIS + 300, 1010, 1),
            (AXIS, 1046),
            (AXIS - 300, 1010, 1),
            (AXIS - 322, 960),
        ]
    )
    drawing.add(Part(brim, puff=26, lift=0.7, crease=0.4))
    if not back:
        tag = smooth(
            [(AXIS + 130, 900, 1), (AXIS + 216, 890, 1), (AXIS + 220, 936, 1), (AXIS + 134, 946, 1)]
        )
        drawing.add(
            Part(
                tag,
                "leather",
                puff=4,
                lift=0.4,
                sewn=(Sewn([*tag, tag[0]], "ink", darker(SHADES["chestnut"], 0.3)),),
            )
        )
    drawing.place("crown", (AXIS, 380))
    drawing.place("edge", (AXIS - 150, 840))
    return drawing
