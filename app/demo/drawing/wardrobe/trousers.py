"""Trousers and jeans, laid with the legs a little apart."""

from random import Random

from app.demo.drawing.garment import Garment
from app.demo.drawing.geometry import Knot, Line, parallel, smooth
from app.demo.drawing.palette import BRASS, COPPER, HORN, OCHRE_THREAD, SHADES
from app.demo.drawing.parts import Bar, Drawing, Fold, Item, Part, Sewn, Stud
from app.demo.drawing.wardrobe.closures import patch_pocket, twice
from app.demo.drawing.wardrobe.legs import SHAPES, Leg
from app.demo.drawing.wardrobe.torso import AXIS


def trousers(garment: Garment, dice: Random, *, back: bool) -> Drawing:
    """Trousers or jeans from the front or the back."""
    style = garment.cut.style if garment.cut.style in SHAPES else "straight"
    leg = SHAPES[style]
    jeans = garment.kind == "jeans"
    thread = OCHRE_THREAD if jeans else None
    drawing = Drawing()
    drawing.add(*_inside(leg))
    drawing.add(*_legs(leg, dice, thread, pressed=style in {"wide", "flare"} and not jeans))
    if back:
        drawing.add(*_seat(leg, garment, thread))
    else:
        drawing.add(*_front(leg, garment, thread, style))
    drawing.add(*_waistband(leg, garment, thread, back=back))
    if jeans:
        _wash(drawing, leg, garment)
    _name_places(drawing, leg)
    if style == "painter":
        drawing.place("pocket", (AXIS - leg.hip + 30, 520))
    return drawing


def _inside(leg: Leg) -> list[Item]:
    rim: list[Knot] = [
        (AXIS - leg.waist, leg.waist_y, 1),
        (AXIS, leg.waist_y - 16),
        (AXIS + leg.waist, leg.waist_y, 1),
        (AXIS, leg.waist_y + 40),
    ]
    return [Part(smooth(rim), "inside", tone=-0.25, puff=4, lift=0.0, crease=0.2)]


def _legs(
    leg: Leg, dice: Random, thread: tuple[int, int, int] | None, *, pressed: bool
) -> list[Item]:
    items: list[Item] = []
    for side in (1, -1):
        outline = leg.outline()
        folds = leg.folds(dice)
        outseam = parallel(
            smooth(
                [
                    (AXIS - leg.waist, leg.waist_y),
                    (AXIS - leg.hip, leg.hip_y),
                    (AXIS - leg.hip - 2, leg.hip_y + 170),
                ],
                closed=False,
            ),
            -7,
        )
        sewn = [Sewn(leg.hem(34), "thread", thread), Sewn(outseam, "thread", thread)]
        if pressed:
            sewn.append(Sewn(leg.crease(), "crease"))
        part = Part(outline, grain=leg.grain(), puff=13, lift=0.5, folds=folds, sewn=tuple(sewn))
        items.append(part if side < 0 else twice(part)[1])
    return items


def _front(
    leg: Leg, garment: Garment, thread: tuple[int, int, int] | None, style: str
) -> list[Item]:
    items: list[Item] = []
    fly = smooth(
        [
            (AXIS + 44, leg.waist_y + 30),
            (AXIS + 44, leg.crotch_y - 150),
            (AXIS + 4, leg.crotch_y - 84),
        ],
        closed=False,
    )
    seam: Line = [(AXIS + 4, leg.waist_y + 20), (AXIS + 2, leg.crotch_y - 8)]
    patch = [
        (x, y)
        for x, y in smooth(
            [
                (AXIS - 14, leg.waist_y + 24, 1),
                (AXIS + 60, leg.waist_y + 24, 1),
                (AXIS + 58, leg.crotch_y - 150),
                (AXIS + 6, leg.crotch_y - 66, 1),
                (AXIS - 14, leg.crotch_y - 66, 1),
            ]
        )
    ]
    if style != "drawstring":
        items.append(
            Part(
                patch,
                lift=0.0,
                puff=3,
                crease=0.5,
                sewn=(Sewn(seam, "seam"), Sewn(fly, "double" if thread else "thread", thread)),
            )
        )
    pocket: list[Knot]
    if garment.kind == "jeans":
        pocket = [
            (AXIS - leg.waist + 54, leg.waist_y + 20),
            (AXIS - leg.waist + 34, leg.waist_y + 92),
            (AXIS - leg.hip * 0.94, leg.waist_y + 118),
        ]
        bag = smooth(
            [
                (AXIS - leg.waist + 60, leg.waist_y + 16, 1),
                (AXIS - leg.waist + 34, leg.waist_y + 92),
                (AXIS - leg.hip * 0.935, leg.waist_y + 116, 1),
                (AXIS - leg.waist - 6, leg.waist_y + 16, 1),
            ]
        )
        coin = patch_pocket(AXIS + leg.waist - 22, leg.waist_y + 56, 62, 74, round_=0)
        items.extend(
            twice(
                Part(
                    bag,
                    tone=-0.1,
                    lift=0.0,
                    puff=3,
                    sewn=(Sewn(smooth(pocket, closed=False), "double", thread),),
                )
            )
        )
        items.append(
            Part(
                coin.outline,
                puff=4,
                lift=0.3,
                crease=0.3,
                sewn=tuple(Sewn(s.line, s.stitch, thread) for s in coin.sewn),
            )
        )
        items += [
            Stud((AXIS + side * (leg.waist - 50), leg.waist_y + 34), 7, "rivet", COPPER)
            for side in (-1, 1)
        ]
        items += [
            Stud((AXIS + side * (leg.hip * 0.8), leg.waist_y + 110), 7, "rivet", COPPER)
            for side in (-1, 1)
        ]
        return items
    slit: Line = [
        (AXIS - leg.waist + 44, leg.waist_y + 26),
        (AXIS - leg.hip * 0.93, leg.hip_y - 60),
    ]
    edge = Part(
        [slit[0], slit[1], (slit[1][0] + 14, slit[1][1] + 6), (slit[0][0] + 14, slit[0][1] + 4)],
        puff=4,
        lift=0.4,
        sewn=(Sewn(parallel(slit, -8), "thread"),),
    )
    items.extend(twice(edge))
    if style in {"wide", "drawstring"}:
        for x in (64, 96):
            pleat = Sewn(
                [(AXIS - x, leg.waist_y + 26), (AXIS - x - 14, leg.waist_y + 210)], "crease"
            )
            other = Sewn(
                [(AXIS + x, leg.waist_y + 26), (AXIS + x + 14, leg.waist_y + 210)], "crease"
            )
            items.append(Part(_sliver(pleat.line), lift=0.35, puff=6))
            items.append(Part(_sliver(other.line), lift=0.35, puff=6))
    if style == "painter":
        items += _painter(leg)
    return items


def _sliver(line: Line) -> Line:
    (x0, y0), (x1, y1) = line[0], line[-1]
    return [(x0 - 7, y0), (x0 + 7, y0), (x1 + 1, y1), (x1 - 1, y1)]


def _painter(leg: Leg) -> list[Item]:
    knee = patch_pocket(AXIS - 142, 640, 172, 320, round_=6)
    rule = patch_pocket(AXIS + leg.knee_out - 40, 560, 74, 200, round_=6)
    loop = smooth(
        [
            (AXIS - leg.hip - 6, 470, 1),
            (AXIS - leg.hip + 60, 500),
            (AXIS - leg.hip + 20, 640, 1),
            (AXIS - leg.hip - 8, 640, 1),
            (AXIS - leg.hip + 34, 512),
            (AXIS - leg.hip - 6, 500, 1),
        ]
    )
    panels = [
        Part(
            part.outline,
            grain=part.grain,
            puff=5,
            lift=0.3,
            crease=0.8,
            sewn=tuple(Sewn(s.line, "double") for s in part.sewn[:1]),
        )
        for part in twice(knee)
    ]
    return [*panels, rule, Part(loop, puff=5, lift=0.5, sewn=())]


def _seat(leg: Leg, garment: Garment, thread: tuple[int, int, int] | None) -> list[Item]:
    jeans = garment.kind == "jeans"
    yoke: Line = [
        (AXIS - leg.waist - 18, leg.waist_y + 90),
        (AXIS, leg.waist_y + 132),
        (AXIS + leg.waist + 18, leg.waist_y + 90),
    ]
    seam: Line = [(AXIS + 4, leg.waist_y + 20), (AXIS + 2, leg.crotch_y - 6)]
    panel = smooth(
        [
            (AXIS - leg.waist - 24, leg.waist_y + 10, 1),
            (AXIS + leg.waist + 24, leg.waist_y + 10, 1),
            (AXIS + leg.waist + 20, leg.waist_y + 94, 1),
            (AXIS, leg.waist_y + 136, 1),
            (AXIS - leg.waist - 20, leg.waist_y + 94, 1),
        ]
    )
    items: list[Item] = [
        Part(
            [
                (AXIS - 3, leg.waist_y),
                (AXIS + 9, leg.waist_y),
                (AXIS + 6, leg.crotch_y - 2),
                (AXIS - 2, leg.crotch_y - 2),
            ],
            lift=0.0,
            puff=2,
            sewn=(Sewn(seam, "double" if jeans else "seam", thread),),
        )
    ]
    if jeans:
        inner = [(x, y) for x, y in panel if abs(x - AXIS) < leg.waist + 22]
        items.append(Part(inner, lift=0.2, puff=4, sewn=(Sewn(yoke, "double", thread),)))
    pocket = patch_pocket(AXIS - 104, leg.waist_y + 146, 128, 142, round_=0, point=22)
    rows = tuple(Sewn(s.line, s.stitch, thread) for s in pocket.sewn)
    part = Part(pocket.outline, puff=6, lift=0.4, crease=0.6, folds=pocket.folds, sewn=rows)
    if jeans or garment.cut.pockets == "work":
        return [*items, *twice(part)]
    slit = Part(
        [
            (AXIS - 158, leg.waist_y + 150),
            (AXIS - 62, leg.waist_y + 162),
            (AXIS - 62, leg.waist_y + 178),
            (AXIS - 158, leg.waist_y + 166),
        ],
        puff=4,
        lift=0.4,
    )
    return [
        *items,
        *twice(slit),
        *[Stud((AXIS + side * 110, leg.waist_y + 186), 8, "horn", HORN) for side in (-1, 1)],
    ]


def _waistband(
    leg: Leg, garment: Garment, thread: tuple[int, int, int] | None, *, back: bool
) -> list[Item]:
    top, w = leg.waist_y - 22, leg.waist
    band = smooth(
        [
            (AXIS - w - 2, top, 1),
            (AXIS, top + 16),
            (AXIS + w + 2, top, 1),
            (AXIS + w + 6, top + 52, 1),
            (AXIS, top + 68),
            (AXIS - w - 6, top + 52, 1),
        ]
    )
    rows: tuple[Sewn, ...] = tuple(
        Sewn(
            [(AXIS - w - 2, top + dy), (AXIS, top + 16 + dy), (AXIS + w + 2, top + dy)],
            "thread",
            thread,
        )
        for dy in (8, 44)
    )
    if garment.cut.style == "drawstring":
        return _drawstring(leg, band, top)
    items: list[Item] = [Part(band, puff=8, lift=0.35, crease=0.3, sewn=rows)]
    for share in (-0.72, -0.3, 0.3, 0.72):
        x = AXIS + share * w
        y = top + 16 * (1 - abs(share)) - 4
        items.append(
            Part(
                [(x - 9, y), (x + 9, y), (x + 9, y + 66), (x - 9, y + 66)],
                puff=4,
                lift=0.5,
                sewn=(
                    Sewn([(x - 5, y), (x - 5, y + 66)], "thread", thread),
                    Sewn([(x + 5, y), (x + 5, y + 66)], "thread", thread),
                ),
            )
        )
    if back:
        if garment.kind == "jeans":
            patch = [
                (AXIS + 70, top + 2),
                (AXIS + 152, top - 4),
                (AXIS + 156, top + 54),
                (AXIS + 74, top + 62),
            ]
            items.append(
                Part(patch, "leather", puff=5, lift=0.5, sewn=(Sewn([*patch, patch[0]], "ink"),))
            )
        return items
    make = "metal" if garment.kind == "jeans" or garment.cut.style == "painter" else "horn"
    colour = COPPER if garment.kind == "jeans" else BRASS if make == "metal" else HORN
    items.append(Stud((AXIS + 24, top + 40), 14, "metal" if make == "metal" else "horn", colour))
    return items


def _drawstring(leg: Leg, band: Line, top: float) -> list[Item]:
    w = leg.waist
    gathers = tuple(
        Fold([(AXIS + x, top + 10), (AXIS + x * 1.02, top + 66)], 9, 0.7 if index % 2 else -0.7)
        for index, x in enumerate(range(-150, 151, 17))
    )
    rows = (Sewn([(AXIS - w, top + 40), (AXIS, top + 56), (AXIS + w, top + 40)], "thread"),)
    cord = SHADES["cream"]
    left = smooth(
        [
            (AXIS - 16, top + 42),
            (AXIS - 46, top + 130),
            (AXIS - 30, top + 230),
            (AXIS - 58, top + 300),
        ],
        closed=False,
    )
    right = smooth(
        [
            (AXIS + 18, top + 42),
            (AXIS + 30, top + 120),
            (AXIS + 8, top + 190),
            (AXIS + 34, top + 270),
        ],
        closed=False,
    )
    loops = smooth(
        [
            (AXIS - 14, top + 42),
            (AXIS - 70, top + 60),
            (AXIS - 84, top + 96),
            (AXIS - 40, top + 92),
            (AXIS, top + 50),
            (AXIS + 44, top + 98),
            (AXIS + 84, top + 88),
            (AXIS + 64, top + 54),
            (AXIS + 14, top + 42),
        ],
        closed=False,
    )
    return [
        Part(band, puff=10, lift=0.3, crease=0.3, folds=gathers, sewn=rows),
        *[Bar(line, 9, "cord", cord) for line in (left, right, loops)],
    ]


def _wash(drawing: Drawing, leg: Leg, garment: Garment) -> None:
    strength = garment.wear * 0.75
    for side in (-1, 1):
        middle = AXIS + side * (leg.knee_out + leg.knee_in) / 2
        drawing.fades.append((middle - side * 10, 640, 66, 170, strength))
        drawing.fades.append((middle, 850, 60, 100, strength * 0.8))


def _name_places(drawing: Drawing, leg: Leg) -> None:
    drawing.place("waist", (AXIS - 60, leg.waist_y + 46))
    drawing.place("collar", (AXIS - 60, leg.waist_y + 46))
    drawing.place("button", (AXIS + 24, leg.waist_y + 24))
    drawing.place("front", (AXIS - 90, leg.hip_y - 20))
    drawing.place("pocket", (AXIS - leg.waist + 26, leg.waist_y + 110))
    drawing.place("knee", (AXIS - (leg.knee_out + leg.knee_in) / 2, 780))
    drawing.place("elbow", (AXIS - (leg.knee_out + leg.knee_in) / 2, 780))
    drawing.place("hem", (AXIS - (leg.hem_out + leg.hem_in) / 2, leg.hem_y + 2))
    drawing.place("cuff", (AXIS - (leg.hem_out + leg.hem_in) / 2, leg.hem_y + 2))
    drawing.place("back", (AXIS - 60, leg.waist_y + 270))
    drawing.place("shoulder", (AXIS - leg.waist * 0.6, leg.waist_y + 60))
