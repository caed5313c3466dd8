"""Bags: satchel, frame bag, basket, tote."""

from random import Random

from app.demo.drawing.garment import Garment
from app.demo.drawing.geometry import Knot, Line, box, parallel, smooth
from app.demo.drawing.palette import BRASS
from app.demo.drawing.parts import Bar, Drawing, Part, Sewn, Stud
from app.demo.drawing.wardrobe.collars import edge_thread
from app.demo.drawing.wardrobe.satchel import sag, satchel
from app.demo.drawing.wardrobe.torso import AXIS, bent


def bag(garment: Garment, dice: Random, *, back: bool) -> Drawing:
    """The bag in the garment's style."""
    styles = {"satchel": satchel, "frame": _frame, "basket": _basket}
    drawing = styles.get(garment.cut.style, _tote)(garment, dice, back=back)
    drawing.places.setdefault("front", (AXIS - 120, 820, 0))
    return drawing


def _frame(_garment: Garment, dice: Random, *, back: bool) -> Drawing:
    drawing = Drawing()
    top, bottom = 600.0, 1060.0
    arch = smooth(
        [
            (AXIS - 150, top),
            (AXIS - 190, top - 150),
            (AXIS - 110, top - 280),
            (AXIS, top - 316),
            (AXIS + 110, top - 280),
            (AXIS + 190, top - 150),
            (AXIS + 150, top),
        ],
        closed=False,
    )
    drawing.add(
        Part(
            [*parallel(arch, -17), *reversed(parallel(arch, 17))],
            puff=12,
            lift=0.3,
            crease=0.1,
            sewn=(Sewn(arch, "thread"),),
        )
    )
    body: list[Knot] = [
        (AXIS - 270, top, 1),
        (AXIS + 270, top, 1),
        (AXIS + 342, top + 190),
        (AXIS + 330, bottom - 70),
        (AXIS + 230, bottom),
        (AXIS, bottom + 14),
        (AXIS - 230, bottom),
        (AXIS - 330, bottom - 70),
        (AXIS - 342, top + 190),
    ]
    gathers = tuple(
        bent(
            (AXIS + x, top + 20),
            (AXIS + x * 1.2, top + dice.uniform(150, 240)),
            dice.uniform(-8, 8),
            20,
            0.75 if i % 2 else -0.7,
        )
        for i, x in enumerate(range(-230, 231, 42))
    )
    shine = (
        bent((AXIS - 250, top + 200), (AXIS - 190, bottom - 80), -30, 80, 0.9),
        bent((AXIS - 120, bottom - 90), (AXIS + 180, bottom - 84), 20, 70, 0.5),
    )
    drawing.add(Part(smooth(body), puff=34, lift=0.5, crease=0.6, folds=(*gathers, *shine)))
    band = smooth(
        [
            (AXIS - 284, top - 22, 1),
            (AXIS, top - 40),
            (AXIS + 284, top - 22, 1),
            (AXIS + 292, top + 26, 1),
            (AXIS, top + 10),
            (AXIS - 292, top + 26, 1),
        ]
    )
    drawing.add(Part(band, puff=9, lift=0.5, crease=0.1))
    rail = smooth(
        [
            (AXIS - 288, top + 6),
            (AXIS - 282, top - 26),
            (AXIS, top - 44),
            (AXIS + 282, top - 26),
            (AXIS + 288, top + 6),
        ],
        closed=False,
    )
    drawing.add(Bar(rail, 17, "metal", BRASS))
    for x in (AXIS - 150, AXIS + 150):
        drawing.add(
            Bar([(x, top - 40), (x, top + 6)], 20, "metal", BRASS),
            Stud((x, top - 8), 15, "rivet", BRASS),
        )
    if not back:
        drawing.add(
            Bar([(AXIS - 14, top - 66), (AXIS + 10, top - 24)], 15, "metal", BRASS),
            Bar([(AXIS + 14, top - 66), (AXIS - 10, top - 24)], 15, "metal", BRASS),
        )
        drawing.add(
            Stud((AXIS - 18, top - 74), 19, "rivet", BRASS),
            Stud((AXIS + 18, top - 74), 19, "rivet", BRASS),
        )
    drawing.place("back", (AXIS - 90, top + 240))
    drawing.place("edge", (AXIS, top - 36))
    drawing.place("handle", (AXIS - 150, top - 20))
    drawing.place("front", (AXIS - 120, top + 250))
    drawing.place("corner", (AXIS - 290, bottom - 70))
    return drawing


def _basket(_garment: Garment, _dice: Random, *, back: bool) -> Drawing:
    drawing = Drawing()
    top, bottom = 560.0, 1060.0
    far = smooth(
        [(AXIS - 376, top + 6, 1), (AXIS, top - 60), (AXIS + 376, top + 6, 1), (AXIS, top + 62)]
    )
    for lift, tone in ((-18 if back else -30, -0.2), (26, 0.0)):
        arch = smooth(
            [
                (AXIS - 170, top + lift),
                (AXIS - 176, top - 120 + lift),
                (AXIS - 96, top - 240 + lift),
                (AXIS, top - 268 + lift),
                (AXIS + 96, top - 240 + lift),
                (AXIS + 176, top - 120 + lift),
                (AXIS + 170, top + lift),
            ],
            closed=False,
        )
        handle = Part(
            [*parallel(arch, -15), *reversed(parallel(arch, 15))],
            "trim",
            tone=tone,
            puff=10,
            lift=0.4,
            crease=0.1,
            sewn=(Sewn(parallel(arch, -8), "thread"), Sewn(parallel(arch, 8), "thread")),
        )
        drawing.add(handle)
        if lift < 0:
            drawing.add(Part(far, "main", tone=-0.42, puff=8, lift=0.3))
    body: list[Knot] = [
        (AXIS - 380, top, 1),
        (AXIS, top + 62),
        (AXIS + 380, top, 1),
        (AXIS + 330, top + 250),
        (AXIS + 284, bottom - 40),
        (AXIS + 200, bottom + 6),
        (AXIS, bottom + 26),
        (AXIS - 200, bottom + 6),
        (AXIS - 284, bottom - 40),
        (AXIS - 330, top + 250),
    ]
    curve = (
        bent((AXIS - 280, top + 120), (AXIS - 230, bottom - 60), -10, 120, 0.9),
        bent((AXIS + 250, top + 100), (AXIS + 220, bottom - 60), 10, 120, -0.7),
    )
    drawing.add(Part(smooth(body), puff=30, lift=0.5, folds=curve))
    rim: Line = smooth([(AXIS - 380, top), (AXIS, top + 62), (AXIS + 380, top)], closed=False)
    drawing.add(
        Part(
            [*parallel(rim, -16), *reversed(parallel(rim, 16))],
            "main",
            grain=-3,
            tone=0.04,
            puff=9,
            lift=0.4,
            sewn=(Sewn(rim, "thread", width=1.6),),
        )
    )
    for x in (AXIS - 170, AXIS + 170):
        tab = smooth(
            [
                (x - 30, top + 10, 1),
                (x + 30, top + 10, 1),
                (x + 34, top + 120),
                (x, top + 150),
                (x - 34, top + 120),
            ]
        )
        drawing.add(
            Part(tab, "trim", puff=8, lift=0.5, crease=0.1, sewn=edge_thread(tab, 7)),
            Stud((x, top + 112), 8, "rivet", BRASS),
        )
    drawing.place("handle", (AXIS - 170, top + 60))
    drawing.place("edge", (AXIS + 240, top + 34), -6)
    drawing.place("corner", (AXIS - 250, bottom - 40))
    return drawing


def _tote(_garment: Garment, dice: Random, *, back: bool) -> Drawing:
    drawing = Drawing()
    top, bottom, half = 500.0, 1130.0, 320.0
    for deep, tone in ((-44, -0.14), (0, 0.0)):
        arch = smooth(
            [
                (AXIS - 150, top + 40),
                (AXIS - 158, top - 170 + deep),
                (AXIS - 96, top - 290 + deep),
                (AXIS, top - 316 + deep),
                (AXIS + 96, top - 290 + deep),
                (AXIS + 158, top - 170 + deep),
                (AXIS + 150, top + 40),
            ],
            closed=False,
        )
        part = Part(
            [*parallel(arch, -22), *reversed(parallel(arch, 22))],
            grain=90,
            tone=tone,
            puff=7,
            lift=0.4,
            sewn=(Sewn(parallel(arch, -15), "thread"), Sewn(parallel(arch, 15), "thread")),
        )
        drawing.add(part)
        if deep:
            lip = smooth(
                [
                    (AXIS - half, top + 6, 1),
                    (AXIS, top - 20),
                    (AXIS + half, top + 6, 1),
                    (AXIS, top + 30),
                ]
            )
            drawing.add(Part(lip, "inside", tone=-0.25, puff=5, lift=0.2))
    arch_front = drawing.items.pop()
    body: list[Knot] = [
        (AXIS - half, top, 1),
        (AXIS, top + 16),
        (AXIS + half, top, 1),
        (AXIS + half + 6, bottom - 60),
        (AXIS + half - 6, bottom, 1),
        (AXIS, bottom + 8),
        (AXIS - half + 6, bottom, 1),
        (AXIS - half - 6, bottom - 60),
    ]
    folds = (
        *sag(dice, top, bottom, half),
        bent((AXIS - 190, top + 120), (AXIS + 60, bottom - 120), 40, 50, 0.5),
        bent((AXIS + 220, top + 160), (AXIS + 90, bottom - 60), -30, 44, -0.5),
    )
    hem: Line = smooth(
        [(AXIS - half, top + 58), (AXIS, top + 74), (AXIS + half, top + 58)], closed=False
    )
    drawing.add(Part(smooth(body), puff=15, lift=0.4, folds=folds, sewn=(Sewn(hem, "double"),)))
    drawing.add(arch_front)
    for x in (AXIS - 150, AXIS + 150):
        patch = box(x - 23, top + 6, x + 23, top + 178, 3)
        cross = (
            Sewn([(x - 15, top + 112), (x + 15, top + 168)], "thread"),
            Sewn([(x + 15, top + 112), (x - 15, top + 168)], "thread"),
        )
        drawing.add(
            Part(
                patch, grain=90, puff=6, lift=0.5, crease=0.2, sewn=(*edge_thread(patch, 7), *cross)
            )
        )
    if not back:
        tag = box(AXIS - 46, bottom - 150, AXIS + 46, bottom - 112, 2)
        drawing.add(Part(tag, "trim", puff=4, lift=0.4, crease=0.1, sewn=edge_thread(tag, 4)))
    drawing.place("handle", (AXIS - 150, top + 90))
    drawing.place("corner", (AXIS - half + 30, bottom - 30))
    drawing.place("edge", (AXIS, top + 30))
    return drawing
