"""Low shoes seen from above as a pair."""

from collections.abc import Iterable
from dataclasses import replace
from random import Random

from app.demo.drawing.garment import Garment
from app.demo.drawing.geometry import Knot, parallel
from app.demo.drawing.palette import BRASS, SHADES, STEEL, darker
from app.demo.drawing.parts import Bar, Drawing, Fold, Part, Sewn, Stud
from app.demo.drawing.wardrobe.boots import boots
from app.demo.drawing.wardrobe.lasts import MOUTH, SOLE, Spot, grown


def shoes(garment: Garment, dice: Random, *, back: bool) -> Drawing:
    """A pair; from behind, one shoe shows its sole."""
    drawing = Drawing()
    if garment.cut.style == "boot":
        boots(drawing, dice, back=back)
        return drawing
    left = Spot(352, 690, -5, -1)
    right = Spot(728, 676, 7, 1)
    _shoe(drawing, left, garment, dice)
    if back:
        _underside(drawing, right, garment)
    else:
        _shoe(drawing, right, garment, dice)
    for name, at in (
        ("toe", (0, -262)),
        ("edge", (84, 40)),
        ("front", (0, -150)),
        ("collar", (0, -60)),
    ):
        x, y = left.line([at])[0]
        drawing.place(name, (x, y))
    if garment.cut.style == "maryjane":
        drawing.place("edge", left.line([(70, 8)])[0])
    return drawing


def _shoe(drawing: Drawing, spot: Spot, garment: Garment, dice: Random) -> None:
    styles = {"loafer": _loafer, "maryjane": _maryjane, "plimsoll": _plimsoll, "slipper": _slipper}
    sole = (
        "rubber"
        if garment.cut.style == "plimsoll"
        else "dark"
        if garment.cut.style != "slipper"
        else "sole"
    )
    drawing.add(Part(spot.shape(grown(SOLE, 1.1)), sole, puff=8, lift=0.5, crease=0.1))
    turn = spot.turn
    waist = Fold(spot.open((-70, -120), (0, -96), (76, -126)), 30, -0.35)
    bulge = Fold(spot.open((-30, -270), (-6, -190), (-20, -110)), 70, 0.75)
    upper = Part(spot.shape(SOLE), grain=turn, puff=30, lift=0.4, crease=0.5, folds=(bulge, waist))
    drawing.add(upper)
    styles.get(garment.cut.style, _loafer)(drawing, spot, garment, dice)


def _insole(drawing: Drawing, spot: Spot, mouth: Iterable[Knot], cloth: str = "sole") -> None:
    shape = spot.shape(mouth)
    drawing.add(
        Part(
            spot.shape(grown(mouth, 1.12)),
            puff=9,
            lift=0.2,
            crease=0.1,
            sewn=(Sewn([*shape, shape[0]], "thread"),),
        )
    )
    drawing.add(Part(shape, "dark", puff=4, lift=0.0, crease=0.0))
    inner = [(x * 0.9, y * 0.94 + 12, *rest) for x, y, *rest in mouth]
    drawing.add(
        Part(spot.shape(inner), cloth, grain=spot.turn, tone=-0.22, puff=16, lift=0.0, crease=0.3)
    )
    stamp = [(-22, 200), (22, 200), (22, 238), (-22, 238)]
    drawing.add(
        Part(
            spot.shape([(x, y, 1) for x, y in stamp]),
            cloth,
            tone=-0.02,
            puff=3,
            lift=0.1,
            sewn=(
                Sewn(spot.open((-14, 214), (14, 214)), "ink"),
                Sewn(spot.open((-9, 226), (9, 226)), "ink"),
            ),
        )
    )


def _creases(spot: Spot, dice: Random) -> tuple[Fold, ...]:
    return tuple(
        Fold(
            spot.open((-84, y + dice.uniform(-8, 8)), (0, y + 14), (92, y + dice.uniform(-8, 8))),
            9,
            -0.5,
        )
        for y in (-138, -112, -92)
    )


def _loafer(drawing: Drawing, spot: Spot, _garment: Garment, dice: Random) -> None:
    apron: list[Knot] = [
        (-66, -10, 1),
        (-78, -130),
        (-52, -240),
        (2, -272),
        (56, -238),
        (84, -130),
        (70, -10, 1),
        (0, -34),
    ]
    edge = spot.shape(apron)
    top = Part(
        edge,
        grain=spot.turn,
        puff=15,
        lift=0.35,
        crease=0.5,
        folds=_creases(spot, dice),
        sewn=(Sewn(parallel(edge, 7), "thread", width=1.5), Sewn(edge[:-8], "seam")),
    )
    drawing.add(top)
    tongue: list[Knot] = [(-54, -20, 1), (-44, -86), (0, -100), (46, -86), (56, -20, 1), (0, -4)]
    drawing.add(Part(spot.shape(tongue), grain=spot.turn, puff=9, lift=0.4, crease=0.2))
    strap: list[Knot] = [
        (-100, -10, 1),
        (-60, -34),
        (0, -44),
        (64, -36),
        (108, -12, 1),
        (100, 42, 1),
        (58, 14),
        (0, 4),
        (-54, 14),
        (-94, 42, 1),
    ]
    shape = spot.shape(strap)
    drawing.add(
        Part(
            shape,
            grain=90 + spot.turn,
            puff=8,
            lift=0.5,
            crease=0.1,
            sewn=(
                Sewn(spot.open((-92, 0), (0, -32), (100, -2)), "thread"),
                Sewn(spot.open((-88, 30), (0, -6), (94, 30)), "thread"),
            ),
        )
    )
    slot: list[Knot] = [(-26, -28, 1), (0, -14), (26, -28, 1), (20, -8), (0, -12), (-20, -8)]
    drawing.add(Part(spot.shape(slot), "dark", puff=3, lift=0.0))
    _insole(drawing, spot, [(x, y + 40 if y < 0 else y, *rest) for x, y, *rest in MOUTH])


def _maryjane(drawing: Drawing, spot: Spot, _garment: Garment, _dice: Random) -> None:
    mouth: list[Knot] = [
        (0, -176),
        (48, -160),
        (74, -84),
        (72, 60),
        (62, 180),
        (56, 250),
        (0, 296),
        (-54, 250),
        (-58, 180),
        (-66, 60),
        (-68, -84),
        (-46, -160),
    ]
    _insole(drawing, spot, mouth)
    strap: list[Knot] = [(-100, 2, 1), (0, -28), (110, 0, 1), (112, 40, 1), (0, 12), (-98, 42, 1)]
    drawing.add(
        Part(
            spot.shape(strap),
            grain=90 + spot.turn,
            puff=7,
            lift=0.6,
            crease=0.1,
            sewn=(Sewn(spot.open((-94, 8), (0, -20), (104, 6)), "thread"),),
        )
    )
    frame = spot.open((64, -14), (104, -10), (106, 38), (66, 32), (64, -14))
    drawing.add(
        Bar(frame, 7, "metal", STEEL), Bar(spot.open((84, 10), (104, 14)), 5, "metal", STEEL)
    )
    drawing.add(
        *[
            Stud(spot.line([(x, -2 - x * 0.02)])[0], 4, "eyelet", darker(SHADES["ink"], 0.1))
            for x in (0, 26, 48)
        ]
    )


def _plimsoll(drawing: Drawing, spot: Spot, garment: Garment, _dice: Random) -> None:
    cap: list[Knot] = [
        (-106, -200, 1),
        (-76, -286),
        (4, -328),
        (86, -284),
        (116, -200, 1),
        (60, -224),
        (4, -232),
        (-54, -224),
    ]
    drawing.add(Part(spot.shape(cap), "rubber", puff=14, lift=0.3, crease=0.0))
    band = spot.shape(grown(SOLE, 1.07))
    drawing.add(
        Part(
            [*band, *reversed(spot.shape(grown(SOLE, 1.0)))],
            "rubber",
            puff=4,
            lift=0.1,
            crease=0.0,
            sewn=(
                Sewn(
                    [*spot.shape(grown(SOLE, 1.045))],
                    "ink",
                    SHADES[garment.colour] if not garment.cut.trim else SHADES["navy"],
                    1.6,
                ),
            ),
        )
    )
    _insole(drawing, spot, [(x, y + 50 if y < 0 else y, *rest) for x, y, *rest in MOUTH], "plain")
    tongue: list[Knot] = [(-34, 30, 1), (-30, -186), (0, -198), (32, -186), (38, 30, 1), (0, 44)]
    drawing.add(Part(spot.shape(tongue), grain=spot.turn, tone=-0.05, puff=8, lift=0.3))
    for side in (-1, 1):
        flap: list[Knot] = [
            (side * 18, -190, 1),
            (side * 64, -176),
            (side * 78, -60),
            (side * 70, 44, 1),
            (side * 34, 34, 1),
            (side * 30, -80),
        ]
        outline = spot.shape(flap)
        drawing.add(
            Part(
                outline,
                grain=spot.turn,
                puff=7,
                lift=0.4,
                sewn=(Sewn([*outline, outline[0]], "thread"),),
            )
        )
    for index in range(5):
        y = -160 + index * 42
        w = 40 + index * 3
        drawing.add(*[Stud(spot.line([(side * w, y)])[0], 7, "eyelet", STEEL) for side in (-1, 1)])
        drawing.add(Bar(spot.open((-w, y), (0, y - 6), (w, y)), 13, "lace", (232, 226, 212)))
    bow = spot.open(
        (-40, 8), (-110, 50), (-96, 96), (-20, 30), (0, 12), (40, 60), (104, 86), (110, 36), (20, 6)
    )
    drawing.add(Bar(bow, 11, "lace", (232, 226, 212)))


def _slipper(drawing: Drawing, spot: Spot, _garment: Garment, _dice: Random) -> None:
    bed: list[Knot] = [(x * 0.93, y * 0.96, *rest) for x, y, *rest in SOLE]
    edge = spot.shape(SOLE)
    drawing.add(
        Part(
            spot.shape(bed),
            "sole",
            grain=spot.turn,
            puff=12,
            lift=0.0,
            crease=0.3,
            sewn=(Sewn([*edge, edge[0]], "thread"),),
        )
    )
    vamp: list[Knot] = [
        (-112, 30, 1),
        (-120, -150),
        (-80, -296),
        (4, -336),
        (90, -292),
        (128, -160),
        (118, 30, 1),
        (60, -26),
        (0, -42),
        (-58, -26),
    ]
    outline = spot.shape(vamp)
    bulge = Fold(spot.open((-40, -260), (-16, -160), (-30, -60)), 70, 0.7)
    rim = spot.open((-112, 30), (-58, -26), (0, -42), (60, -26), (118, 30))
    sewn = (
        Sewn(parallel(rim, -14), "thread", width=1.6),
        Sewn(parallel(outline, 10), "thread", width=1.8),
    )
    drawing.add(Part(outline, grain=spot.turn, puff=24, lift=0.7, folds=(bulge,), sewn=sewn))


def _underside(drawing: Drawing, spot: Spot, garment: Garment) -> None:
    cloth = "rubber" if garment.cut.style == "plimsoll" else "sole"
    flipped = replace(spot, foot=-spot.foot)
    edge = flipped.shape(grown(SOLE, 0.95))
    drawing.add(Part(flipped.shape(grown(SOLE, 1.08)), "dark", puff=6, lift=0.4))
    worn = Fold(flipped.open((-60, -190), (0, -150), (60, -180)), 90, 0.3)
    drawing.add(
        Part(
            flipped.shape(grown(SOLE, 1.04)),
            cloth,
            grain=spot.turn,
            puff=10,
            lift=0.1,
            folds=(worn,),
            sewn=(Sewn([*edge, edge[0]], "thread"),),
        )
    )
    heel: list[Knot] = [
        (-84, 176, 1),
        (0, 160),
        (90, 176, 1),
        (94, 250),
        (64, 318),
        (0, 340),
        (-62, 318),
        (-88, 250),
    ]
    drawing.add(
        Part(
            flipped.shape(heel),
            "dark" if cloth == "sole" else cloth,
            tone=0.3,
            puff=7,
            lift=0.6,
            crease=0.1,
        )
    )
    drawing.add(
        *[
            Stud(flipped.line([(x, y)])[0], 4, "rivet", BRASS)
            for x, y in ((-60, 210), (0, 196), (66, 210), (-56, 280), (60, 280), (0, 316))
        ]
    )
