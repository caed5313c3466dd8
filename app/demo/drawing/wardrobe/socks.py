"""A pair of socks."""

from random import Random

from app.demo.drawing.garment import Garment
from app.demo.drawing.geometry import Knot, Line, Placement, smooth
from app.demo.drawing.parts import Drawing, Part
from app.demo.drawing.wardrobe.torso import AXIS, bent


def socks(garment: Garment, dice: Random, *, back: bool) -> Drawing:
    """A pair of socks, one lying a little over the other."""
    drawing = Drawing()
    for turn, dx, dy in ((-4, 120, -70), (3, -70, 0)):
        place = Placement(
            angle=turn, focus=(540, 675), centre=(540 + (-dx if back else dx), 675 + dy)
        )
        _sock(drawing, place, garment, dice, flipped=back)
    drawing.place("front", (AXIS - 120, 980))
    return drawing


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
