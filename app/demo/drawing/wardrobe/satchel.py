"""The postman's satchel."""

from random import Random

from app.demo.drawing.garment import Garment
from app.demo.drawing.geometry import Knot, Line, box, parallel, smooth
from app.demo.drawing.palette import BRASS
from app.demo.drawing.parts import Bar, Drawing, Fold, Part, Sewn, Stud
from app.demo.drawing.wardrobe.closures import twice
from app.demo.drawing.wardrobe.collars import edge_thread
from app.demo.drawing.wardrobe.torso import AXIS, bent


def sag(dice: Random, top: float, bottom: float, half: float) -> tuple[Fold, ...]:
    folds = []
    for side in (-1, 1):
        folds.append(
            bent(
                (AXIS + side * half * 0.9, bottom - 60),
                (AXIS + side * half * 0.4, bottom - 150),
                10,
                34,
                0.6,
            )
        )
        folds.append(
            bent(
                (AXIS + side * half * 0.86, top + 60),
                (AXIS + side * half * 0.7, bottom - 100),
                dice.uniform(-16, 16),
                44,
                0.5,
            )
        )
    folds.append(
        bent((AXIS - half * 0.5, bottom - 80), (AXIS + half * 0.5, bottom - 70), 14, 40, -0.4)
    )
    return tuple(folds)


def satchel(_garment: Garment, dice: Random, *, back: bool) -> Drawing:
    drawing = Drawing()
    top, bottom, half = 560.0, 1080.0, 350.0
    carry: Line = smooth(
        [
            (AXIS - half + 6, top + 60),
            (AXIS - half - 20, top - 140),
            (AXIS - 150, top - 320),
            (AXIS + 160, top - 330),
            (AXIS + half + 18, top - 130),
            (AXIS + half - 6, top + 60),
        ],
        closed=False,
    )
    strap = [*parallel(carry, -22), *reversed(parallel(carry, 22))]
    drawing.add(
        Part(
            strap,
            "trim",
            puff=8,
            lift=0.3,
            crease=0.2,
            sewn=(Sewn(parallel(carry, -15), "thread"), Sewn(parallel(carry, 15), "thread")),
        )
    )
    drawing.add(Bar([(AXIS + 178, top - 336), (AXIS + 236, top - 318)], 34, "metal", BRASS))
    body: list[Knot] = [
        (AXIS - half, top, 1),
        (AXIS + half, top, 1),
        (AXIS + half + 8, bottom - 50),
        (AXIS + half - 34, bottom, 1),
        (AXIS, bottom + 8),
        (AXIS - half + 34, bottom, 1),
        (AXIS - half - 8, bottom - 50),
    ]
    outline = smooth(body)
    drawing.add(
        Part(
            outline,
            puff=16,
            lift=0.5,
            folds=sag(dice, top, bottom, half),
            sewn=(Sewn(parallel(outline, 14), "thread"),),
        )
    )
    corner = Part(
        smooth(
            [
                (AXIS - half - 6, bottom - 120, 1),
                (AXIS - half + 90, bottom - 60),
                (AXIS - half + 130, bottom + 4, 1),
                (AXIS - half + 30, bottom + 4, 1),
                (AXIS - half - 8, bottom - 50),
            ]
        ),
        "trim",
        puff=8,
        lift=0.45,
        crease=0.2,
        sewn=(
            Sewn(
                smooth(
                    [
                        (AXIS - half + 2, bottom - 108),
                        (AXIS - half + 80, bottom - 54),
                        (AXIS - half + 116, bottom + 2),
                    ],
                    closed=False,
                ),
                "thread",
            ),
        ),
    )
    drawing.add(*twice(corner))
    if back:
        pocket = smooth(
            [
                (AXIS - 240, top + 90, 1),
                (AXIS + 240, top + 90, 1),
                (AXIS + 230, bottom - 80, 1),
                (AXIS - 230, bottom - 80, 1),
            ]
        )
        drawing.add(Part(pocket, puff=8, lift=0.4, sewn=edge_thread(pocket, 7)))
    else:
        _satchel_front(drawing, top, half)
    drawing.place("corner", (AXIS - half + 50, bottom - 40))
    drawing.place("handle", (AXIS - half + 2, top + 20), 80)
    drawing.place("edge", (AXIS - 170, 960))
    drawing.place("front", (AXIS - 40, 900))
    return drawing


def _satchel_front(drawing: Drawing, top: float, half: float) -> None:
    flap = smooth(
        [
            (AXIS - half - 8, top - 26, 1),
            (AXIS, top - 38),
            (AXIS + half + 8, top - 26, 1),
            (AXIS + half + 10, top + 270),
            (AXIS + half - 70, top + 330),
            (AXIS, top + 342),
            (AXIS - half + 70, top + 330),
            (AXIS - half - 10, top + 270),
        ]
    )
    wave = (
        bent((AXIS - half * 0.7, top + 40), (AXIS + half * 0.6, top + 60), 14, 60, 0.5),
        bent((AXIS - half * 0.6, top + 300), (AXIS + half * 0.6, top + 296), 8, 40, -0.4),
    )
    drawing.add(
        Part(
            flap,
            puff=14,
            lift=0.7,
            folds=wave,
            sewn=(Sewn(parallel([*flap, flap[0]], 12), "double"),),
        )
    )
    for x in (AXIS - 170, AXIS + 170):
        strap = smooth(
            [
                (x - 28, top - 30, 1),
                (x + 28, top - 30, 1),
                (x + 28, top + 430),
                (x, top + 462),
                (x - 28, top + 430),
            ]
        )
        drawing.add(Part(strap, "trim", puff=8, lift=0.6, crease=0.2, sewn=edge_thread(strap, 7)))
        keeper = box(x - 38, top + 300, x + 38, top + 330, 4)
        drawing.add(
            Bar(
                [
                    (x - 38, top + 352),
                    (x + 38, top + 352),
                    (x + 38, top + 408),
                    (x - 38, top + 408),
                    (x - 38, top + 352),
                ],
                9,
                "metal",
                BRASS,
            )
        )
        drawing.add(
            Bar([(x, top + 380), (x, top + 410)], 7, "metal", BRASS),
            Part(keeper, "trim", puff=6, lift=0.6),
        )
        drawing.add(*[Stud((x, top + 424 + i * 18), 4, "eyelet", (60, 44, 30)) for i in range(2)])
