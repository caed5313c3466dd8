"""Incense, hangers, and which pattern draws the mending roll."""

from random import Random

from app.demo.drawing.garment import Garment
from app.demo.drawing.geometry import Knot, Placement, box, ellipse, smooth
from app.demo.drawing.palette import BRASS, SHADES, darker, lighter
from app.demo.drawing.parts import Bar, Drawing, Fold, Part, Sewn, Stud
from app.demo.drawing.wardrobe.mending import opened, tied


def incense(_garment: Garment, dice: Random, *, back: bool) -> Drawing:
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
    drawing.place("front", (610, 520))
    return drawing


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


def kit(garment: Garment, _dice: Random, *, back: bool) -> Drawing:
    """The mending roll, open or tied, or three hangers."""
    if garment.cut.style == "hangers":
        return _hangers()
    return tied() if back else opened()


def _hangers() -> Drawing:
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
    drawing.place("collar", (540, 640))
    drawing.place("front", (545, 620))
    return drawing
