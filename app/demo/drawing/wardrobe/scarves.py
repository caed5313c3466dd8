"""Long scarves with fringes, silk squares, bandanas."""

from dataclasses import replace
from random import Random

from app.demo.drawing.garment import Garment
from app.demo.drawing.geometry import Knot, Line, Placement, smooth
from app.demo.drawing.palette import SHADES, mix
from app.demo.drawing.parts import Bar, Drawing, Fold, Item, Part, Sewn
from app.demo.drawing.wardrobe.collars import edge_thread
from app.demo.drawing.wardrobe.torso import AXIS, bent


def scarf(garment: Garment, dice: Random, *, back: bool) -> Drawing:
    """The scarf in the garment's style; from behind, folded or turned over."""
    if garment.cut.style in {"square", "bandana"}:
        drawing = _triangle(garment, dice) if back else _square(garment, dice)
    else:
        drawing = _stack(garment, dice) if back else _long(garment, dice)
    drawing.places.setdefault("front", drawing.places["edge"])
    return drawing


def _fringe(
    garment: Garment,
    left: tuple[float, float],
    right: tuple[float, float],
    long: float,
    dice: Random,
) -> list[Item]:
    """Twisted threads hanging from the line between two points."""
    base = SHADES[garment.colour]
    shades = (base, mix(base, (240, 230, 210), 0.14), mix(base, (30, 24, 22), 0.18))
    count = 19
    items: list[Item] = []
    for index in range(count):
        share = (index + 0.5) / count
        x = left[0] + (right[0] - left[0]) * share
        y = left[1] + (right[1] - left[1]) * share
        end = (x + dice.uniform(-12, 12), y + long + dice.uniform(-14, 10))
        middle = ((x + end[0]) / 2 + dice.uniform(-7, 7), (y + end[1]) / 2)
        items.append(
            Bar(smooth([(x, y - 8), middle, end], closed=False), 8, "cord", dice.choice(shades))
        )
    return items


def _band(
    top: tuple[float, float], bottom: tuple[float, float], half: float, bow: float
) -> tuple[Line, Line]:
    middle = ((top[0] + bottom[0]) / 2 + bow, (top[1] + bottom[1]) / 2)
    left = smooth(
        [
            (top[0] - half, top[1]),
            (middle[0] - half * 0.96, middle[1]),
            (bottom[0] - half, bottom[1]),
        ],
        closed=False,
    )
    right = smooth(
        [
            (top[0] + half, top[1]),
            (middle[0] + half * 0.96, middle[1]),
            (bottom[0] + half, bottom[1] + 6),
        ],
        closed=False,
    )
    return left, right


def _long(garment: Garment, dice: Random) -> Drawing:
    drawing = Drawing()
    for top, bottom, half, bow, lean in (
        ((640, 240), (700, 960), 128, 22, -5),
        ((430, 236), (390, 1040), 132, -26, 3),
    ):
        left, right = _band(top, bottom, half, bow)
        drawing.add(*_fringe(garment, left[-1], right[-1], 104, dice))
        folds = tuple(
            bent(
                (top[0] + x, top[1] + 60),
                (bottom[0] + x * 0.9, bottom[1] - 30),
                dice.uniform(-16, 16),
                44,
                d,
            )
            for x, d in ((-80, 0.7), (-24, -0.6), (36, 0.6), (88, -0.5))
        )
        edge = tuple(
            Sewn(
                [(left[-1][0], left[-1][1] - up), (right[-1][0], right[-1][1] - up)],
                "seam",
                width=0.8,
            )
            for up in (10, 18)
        )
        drawing.add(
            Part([*left, *reversed(right)], grain=lean, puff=20, lift=0.6, folds=folds, sewn=edge)
        )
    loop: list[Knot] = [
        (300, 330, 1),
        (302, 244),
        (400, 186),
        (540, 172),
        (690, 186),
        (770, 250),
        (768, 330, 1),
        (700, 318),
        (540, 300),
        (380, 316),
    ]
    waves = (
        bent((330, 250), (740, 250), -16, 40, 0.7),
        bent((320, 300), (750, 296), -20, 26, -0.6),
    )
    drawing.add(Part(smooth(loop), grain=90, puff=30, lift=0.7, folds=waves))
    drawing.place("edge", (390, 1014))
    drawing.place("front", (420, 620))
    return drawing


def _stack(garment: Garment, dice: Random) -> Drawing:
    drawing = Drawing()
    drawing.add(*_fringe(garment, (300, 1000), (770, 1000), 92, dice))
    for index in range(3):
        y = 360.0 + index * 14
        shape = smooth(
            [
                (290 - index * 6, y, 1),
                (540, y - 8),
                (786 + index * 6, y, 1),
                (790 + index * 6, 1000 + index * 10, 1),
                (540, 1010 + index * 10),
                (288 - index * 6, 1000 + index * 10, 1),
            ]
        )
        folds = (
            bent((360, 500), (720, 480), 30, 50, 0.5),
            bent((380, 800), (700, 820), -20, 44, -0.5),
        )
        drawing.add(Part(shape, puff=22, lift=0.55, folds=folds))
    drawing.place("edge", (420, 1000))
    return drawing


def _square(garment: Garment, dice: Random) -> Drawing:
    drawing = Drawing()
    turn = Placement(angle=-6 if garment.cut.style == "square" else 4)
    corners: list[Knot] = [
        (170, 300, 1),
        (540, 292),
        (914, 306, 1),
        (922, 680),
        (910, 1050, 1),
        (540, 1058),
        (164, 1046, 1),
        (158, 676),
    ]
    outline = turn.line(smooth(corners))
    folds = [
        bent(
            turn.point((dice.uniform(220, 860), dice.uniform(340, 620))),
            turn.point((dice.uniform(220, 860), dice.uniform(700, 1000))),
            dice.uniform(-40, 40),
            dice.uniform(30, 60),
            d,
        )
        for d in (0.7, -0.6, 0.6, -0.5, 0.6)
    ]
    folds += [
        Fold(turn.line([(166, 674), (916, 680)]), 12, 0.5),
        Fold(turn.line([(540, 296), (538, 1054)]), 12, -0.5),
    ]
    sewn = list(edge_thread(outline, 9))
    cloth = "main" if garment.cut.style == "square" else "ground"
    shape = Part(outline, cloth, turn.angle, puff=9, lift=0.4, crease=1.2, folds=tuple(folds))
    if garment.cut.style == "bandana":
        sewn += _border(turn, SHADES["cream"])
    drawing.add(replace(shape, sewn=tuple(sewn)))
    if garment.cut.style == "bandana":
        field = turn.line(_ring(137)[:-1])
        drawing.add(replace(shape, outline=field, cloth="main", puff=1, lift=0.0))
    if garment.cut.style == "square":
        drawing.add(
            Part(_turned_corner(turn), "main", grain=96, tone=0.16, puff=9, lift=0.6, sewn=())
        )
    drawing.place("edge", turn.point((420, 1050)), turn.angle)
    drawing.place("corner", turn.point((230, 980)))
    drawing.place("front", turn.point((540, 680)))
    return drawing


def _turned_corner(turn: Placement) -> Line:
    return turn.line(
        smooth([(690, 298, 1), (800, 392), (922, 520, 1), (800, 520), (712, 508), (690, 400)])
    )


def _ring(inset: float) -> Line:
    """A closed square inside the hem."""
    left, top, right, bottom = 170 + inset, 304 + inset, 910 - inset, 1046 - inset
    return [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]


def _border(turn: Placement, ink: tuple[int, int, int]) -> tuple[Sewn, ...]:
    lines = [
        Sewn(turn.line(_ring(inset)), "ink", ink, width)
        for inset, width in ((46, 2.2), (60, 0.8), (118, 0.8), (134, 2.2))
    ]
    for step in range(22):
        at = 225 + step * 30
        for x, y in ((at, 393), (at, 957), (259, at + 135), (821, at + 135)):
            if 240 < x < 842 and 380 < y < 972:
                diamond = [(x, y - 12), (x + 10, y), (x, y + 12), (x - 10, y), (x, y - 12)]
                lines.append(Sewn(turn.line(diamond), "ink", ink, 1.5))
    return tuple(lines)


def _triangle(_garment: Garment, dice: Random) -> Drawing:
    drawing = Drawing()
    under = smooth(
        [(140, 440, 1), (540, 428), (944, 446, 1), (760, 800), (548, 1040, 1), (330, 780)]
    )
    over = smooth(
        [(146, 432, 1), (540, 420), (938, 436, 1), (750, 776), (540, 1006, 1), (340, 760)]
    )
    folds = tuple(
        bent((AXIS + x, 460), (AXIS + x * 0.4, 900), dice.uniform(-20, 20), 50, d)
        for x, d in ((-240, 0.7), (-90, -0.6), (70, 0.6), (230, -0.6))
    )
    drawing.add(
        Part(under, "main", tone=0.14, grain=45, puff=9, lift=0.3, sewn=edge_thread(under, 8))
    )
    drawing.add(
        Part(
            over,
            "main",
            grain=45,
            puff=12,
            lift=0.5,
            crease=1.2,
            folds=folds,
            sewn=edge_thread(over, 8),
        )
    )
    drawing.place("edge", (360, 760), 50)
    return drawing
