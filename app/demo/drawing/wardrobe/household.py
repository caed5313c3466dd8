"""Socks, incense, the mending roll, hangers."""

from random import Random

from app.demo.drawing.garment import Garment
from app.demo.drawing.geometry import Knot, Line, Placement, box, ellipse, smooth
from app.demo.drawing.palette import BRASS, SHADES, STEEL, darker, lighter
from app.demo.drawing.parts import Bar, Drawing, Fold, Item, Part, Sewn, Stud
from app.demo.drawing.wardrobe.collars import edge_thread
from app.demo.drawing.wardrobe.torso import AXIS, bent

OTHERS = (
    "collar",
    "front",
    "button",
    "pocket",
    "cuff",
    "hem",
    "waist",
    "elbow",
    "shoulder",
    "corner",
    "toe",
    "crown",
    "edge",
    "handle",
)


def _fill(drawing: Drawing, point: tuple[float, float]) -> Drawing:
    for name in OTHERS:
        drawing.places.setdefault(name, (*point, 0))
    return drawing


def socks(garment: Garment, dice: Random, *, back: bool) -> Drawing:
    """A pair of socks, one lying a little over the other."""
    drawing = Drawing()
    for turn, dx, dy in ((-4, 120, -70), (3, -70, 0)):
        place = Placement(
            angle=turn, focus=(540, 675), centre=(540 + (-dx if back else dx), 675 + dy)
        )
        _sock(drawing, place, garment, dice, flipped=back)
    return _fill(drawing, (AXIS - 120, 980))


def _sock(
    drawing: Drawing, place: Placement, garment: Garment, dice: Random, *, flipped: bool
) -> None:
    def shape(*knots: Knot) -> Line:
        turned = [(1080 - x if flipped else x, y, *rest) for x, y, *rest in knots]
        return place.line(smooth(turned))

    def line(*knots: Knot) -> Line:
        return place.line(
            smooth([(1080 - x if flipped else x, y) for x, y, *_ in knots], closed=False)
        )

    leg = shape(
        (392, 250, 1),
        (500, 244),
        (612, 250, 1),
        (608, 480),
        (604, 660),
        (616, 780),
        (596, 900),
        (500, 990),
        (380, 1060),
        (280, 1096),
        (196, 1070),
        (190, 990),
        (270, 930),
        (360, 850),
        (396, 740),
        (398, 500),
    )
    folds = [
        bent(line((600, 760))[0], line((420, 800))[0], -10, 26, 0.6),
        bent(line((590, 820))[0], line((440, 880))[0], 8, 24, -0.6),
    ]
    folds += [
        bent(line((x, 330))[0], line((x, 700))[0], dice.uniform(-10, 10), 40, d)
        for x, d in ((430, 0.7), (500, -0.4), (560, 0.5))
    ]
    drawing.add(Part(leg, grain=place.angle, puff=26, lift=0.6, crease=0.5, folds=tuple(folds)))
    heel = shape((606, 690, 1), (618, 780), (600, 880), (540, 930, 1), (500, 820), (540, 740))
    toe = shape(
        (300, 916, 1), (346, 1000), (352, 1072, 1), (280, 1098), (196, 1072), (188, 990), (240, 946)
    )
    drawing.add(
        Part(heel, "second", grain=place.angle, puff=20, lift=0.1, crease=0.3),
        Part(toe, "second", grain=-30, puff=22, lift=0.1, crease=0.3),
    )
    cuff = shape((386, 244, 1), (500, 236), (618, 244, 1), (614, 352, 1), (500, 360), (392, 352, 1))
    drawing.add(
        Part(
            cuff,
            "rib" if garment.fabric == "breton" else "main",
            grain=place.angle,
            puff=20,
            lift=0.4,
            crease=0.2,
        )
    )
    drawing.place("toe", line((280, 1000))[0])
    drawing.place("cuff", line((470, 330))[0])
    drawing.place("edge", line((470, 240))[0])


def incense(garment: Garment, dice: Random, *, back: bool) -> Drawing:
    """A paper box, its drawer half open, and a few sticks laid beside it."""
    drawing = Drawing()
    tray = box(300, 250, 560, 1010, 4)
    drawing.add(Part(tray, "paper", tone=-0.14, puff=7, lift=0.4, crease=0.1))
    drawing.add(
        Part(box(316, 266, 544, 990, 3), "paper", tone=-0.34, puff=10, lift=0.0, crease=0.1)
    )
    for index in range(11):
        x = 330 + index * 19.5 + dice.uniform(-3, 3)
        drawing.add(
            Bar(
                [(x, 290 + dice.uniform(-6, 10)), (x + dice.uniform(-5, 5), 980)],
                11,
                "cord",
                darker((150, 112, 70), dice.uniform(0, 0.3)),
            )
        )
    drawing.add(_sleeve_box(back=back))
    for index in range(4):
        start = (690 + index * 46, 300 + index * 16 + dice.uniform(-10, 10))
        drawing.add(
            Bar(
                [start, (start[0] + 46 + dice.uniform(-16, 16), start[1] + 560)],
                11,
                "cord",
                darker((150, 112, 70), dice.uniform(0, 0.3)),
            )
        )
    drawing.add(
        Part(ellipse(800, 1030, 96, 92), "steel", tone=0.12, puff=26, lift=0.5, crease=0.0),
        Part(ellipse(800, 1024, 62, 58), "steel", tone=-0.2, puff=16, lift=0.0, crease=0.0),
        Stud((800, 1024), 8, "eyelet", (120, 118, 114)),
    )
    drawing.place("edge", (600, 560))
    drawing.place("collar", (600, 520))
    return _fill(drawing, (610, 520))


def _sleeve_box(*, back: bool) -> Part:
    outline = box(284, 470, 576, 1110, 3)
    rules = [Sewn(box(304, 490, 556, 1090), "ink", SHADES["cream"], 0.8)]
    if not back:
        frame = box(350, 560, 510, 860)
        rules += [
            Sewn([*frame, frame[0]], "ink", SHADES["cream"], 1.4),
            Sewn([*box(362, 572, 498, 848), (362, 572)], "ink", SHADES["cream"], 0.7),
        ]
        for index in range(3):
            smoke = smooth(
                [
                    (410 + index * 20, 820),
                    (400 + index * 20, 760),
                    (430 + index * 12, 700),
                    (408 + index * 18, 640),
                    (430 + index * 4, 600),
                ],
                closed=False,
            )
            rules.append(Sewn(smoke, "ink", SHADES["cream"], 1.5))
        rules += [Sewn([(390, y), (470, y)], "ink", SHADES["cream"], 1.6) for y in (930, 950)]
        rules.append(Sewn([(410, 970), (450, 970)], "ink", SHADES["cream"], 1.2))
    return Part(outline, puff=6, lift=0.7, crease=0.15, sewn=tuple(rules))


def kit(garment: Garment, dice: Random, *, back: bool) -> Drawing:
    """The mending roll, open or tied, or three hangers."""
    if garment.cut.style == "hangers":
        return _hangers(dice)
    return _tied(dice) if back else _open(dice)


def _open(dice: Random) -> Drawing:
    drawing = Drawing()
    sheet = smooth(
        [
            (150, 300, 1),
            (540, 292),
            (930, 302, 1),
            (936, 660),
            (926, 1056, 1),
            (540, 1064),
            (154, 1052, 1),
            (146, 660),
        ]
    )
    drawing.add(Part(sheet, puff=12, lift=0.4, crease=1.2, sewn=edge_thread(sheet, 12)))
    items: list[Item] = [*_scissors((300, 470)), *_spools(), *_needles(), *_comb()]
    drawing.add(*items)
    pocket = smooth(
        [(164, 720, 1), (540, 728), (916, 720, 1), (914, 1044, 1), (540, 1052), (166, 1042, 1)]
    )
    rows = [Sewn([(164, 742), (540, 750), (916, 742)], "thread")] + [
        Sewn([(x, 722), (x, 1046)], "double") for x in (410, 640, 780)
    ]
    drawing.add(Part(pocket, tone=0.05, puff=9, lift=0.55, crease=1.0, sewn=tuple(rows)))
    soap = smooth([(190, 860, 1), (372, 852, 1), (378, 986, 1), (196, 992, 1)])
    drawing.add(
        Part(
            soap,
            "paper",
            puff=10,
            lift=0.5,
            crease=0.2,
            sewn=(Sewn([(214, 900), (354, 894)], "ink"), Sewn([(240, 926), (330, 922)], "ink")),
        )
    )
    tie = smooth([(930, 640), (1000, 660), (1010, 760), (960, 880), (1000, 980)], closed=False)
    drawing.add(Bar(tie, 16, "lace", SHADES["tobacco"]))
    drawing.place("front", (520, 640))
    drawing.place("collar", (480, 640))
    del dice
    return _fill(drawing, (480, 640))


def _scissors(at: tuple[float, float]) -> list[Item]:
    x, y = at
    items: list[Item] = []
    for side in (-1, 1):
        blade = smooth(
            [
                (x + side * 4, y - 100, 1),
                (x + side * 16, y + 40),
                (x + side * 8, y + 110, 1),
                (x - side * 8, y + 110, 1),
            ]
        )
        items.append(Part(blade, "steel", puff=5, lift=0.4, crease=0.0))
        ring = [(x + side * 46 + px, y + 250 + py) for px, py in ellipse(0, 0, 36, 56, steps=28)]
        items.append(Bar([*ring, ring[0]], 14, "metal", (60, 58, 58)))
        items.append(
            Bar(
                smooth(
                    [(x, y + 100), (x + side * 12, y + 150), (x + side * 34, y + 204)], closed=False
                ),
                15,
                "metal",
                (60, 58, 58),
            )
        )
    items.append(Stud((x, y + 96), 11, "rivet", STEEL))
    return items


def _spools() -> list[Item]:
    items: list[Item] = []
    for index, shade in enumerate(("brick", "indigo", "ecru", "moss")):
        x = 470 + index * 52
        colour = SHADES[shade]
        items.append(Part(box(x - 22, 560, x + 22, 580, 4), "wood", puff=4, lift=0.5, crease=0.0))
        items.append(Part(box(x - 22, 690, x + 22, 710, 4), "wood", puff=4, lift=0.5, crease=0.0))
        items += [
            Bar([(x - 17, 584 + row * 8), (x + 17, 588 + row * 8)], 10, "cord", colour)
            for row in range(13)
        ]
    return items


def _needles() -> list[Item]:
    items: list[Item] = []
    for index in range(4):
        x = 706 + index * 26
        items.append(Bar([(x, 470 + index * 12), (x + 2, 780)], 6, "metal", STEEL))
        items.append(Stud((x, 476 + index * 12), 4, "eyelet", STEEL))
    items.append(
        Bar(
            smooth(
                [(706, 474), (660, 430), (700, 380), (780, 400), (820, 350), (880, 380)],
                closed=False,
            ),
            4,
            "cord",
            SHADES["brick"],
        )
    )
    return items


def _comb() -> list[Item]:
    items: list[Item] = [Part(box(826, 560, 896, 800, 8), "wood", puff=8, lift=0.5, crease=0.1)]
    items += [Bar([(812, 574 + i * 9), (834, 574 + i * 9)], 3.4, "metal", BRASS) for i in range(24)]
    return items


def _tied(dice: Random) -> Drawing:
    drawing = Drawing()
    roll = smooth(
        [
            (380, 290, 1),
            (540, 276),
            (700, 290, 1),
            (716, 670),
            (700, 1066, 1),
            (540, 1080),
            (380, 1066, 1),
            (364, 670),
        ]
    )
    folds = (
        bent((430, 300), (424, 1060), -6, 80, 0.9),
        bent((640, 300), (646, 1060), 6, 70, -0.6),
        bent((560, 300), (566, 1060), 8, 30, 0.4),
    )
    drawing.add(Part(roll, puff=44, lift=0.4, folds=folds))
    drawing.add(
        Part(
            smooth([(604, 286, 1), (624, 282, 1), (632, 1070, 1), (610, 1074, 1)]),
            puff=8,
            lift=0.5,
            sewn=(Sewn([(610, 290), (618, 1066)], "thread"),),
        )
    )
    tie = SHADES["tobacco"]
    for y in (640, 690):
        drawing.add(Bar(smooth([(360, y), (540, y + 14), (720, y)], closed=False), 20, "lace", tie))
    drawing.add(
        Bar(
            smooth(
                [
                    (520, 664),
                    (430, 600),
                    (410, 700),
                    (520, 676),
                    (600, 590),
                    (690, 640),
                    (560, 680),
                    (600, 800),
                    (580, 900),
                ],
                closed=False,
            ),
            18,
            "lace",
            tie,
        )
    )
    drawing.add(Bar(smooth([(536, 676), (500, 790), (520, 880)], closed=False), 18, "lace", tie))
    del dice
    return _fill(drawing, (520, 660))


def _hangers(dice: Random) -> Drawing:
    drawing = Drawing()
    for y, turn in ((380.0, -2.0), (640.0, 1.5), (900.0, -1.0)):
        place = Placement(angle=turn, focus=(540, y), centre=(540, y))
        hook = place.line(
            smooth(
                [
                    (540, y + 10),
                    (540, y - 60),
                    (548, y - 92),
                    (582, y - 112),
                    (610, y - 140),
                    (604, y - 176),
                    (570, y - 190),
                    (538, y - 176),
                ],
                closed=False,
            )
        )
        drawing.add(Bar(hook, 10, "metal", BRASS))
        body: list[Knot] = [
            (540, y - 16),
            (420, y + 24),
            (260, y + 92),
            (150, y + 150),
            (128, y + 186),
            (166, y + 196),
            (300, y + 130),
            (440, y + 78),
            (540, y + 56),
        ]
        outline = place.line(
            smooth([*body, *[(1080 - x, yy) for x, yy, *_ in reversed(body[1:-1])]])
        )
        ridge = Fold(
            place.line(
                smooth(
                    [(150, y + 166), (300, y + 100), (540, y + 14), (780, y + 100), (930, y + 166)],
                    closed=False,
                )
            ),
            30,
            0.8,
        )
        grain = tuple(
            Sewn(
                place.line(
                    smooth(
                        [
                            (170 + i * 8, y + 170),
                            (320, y + 96 + i * 8),
                            (540, y + 8 + i * 10),
                            (760, y + 96 + i * 8),
                            (910 - i * 8, y + 170),
                        ],
                        closed=False,
                    )
                ),
                "ink",
                lighter(darker((178, 138, 92), 0.14), 0.0),
                0.6,
            )
            for i in range(4)
        )
        drawing.add(
            Part(outline, "wood", puff=17, lift=0.5, crease=0.0, folds=(ridge,), sewn=grain),
            Stud(place.point((540, y + 6)), 12, "rivet", BRASS),
        )
    del dice
    drawing.place("collar", (540, 640))
    return _fill(drawing, (545, 620))
