"""Shirts, blouses, smocks and T-shirts."""

from random import Random

from app.demo.drawing.garment import Garment
from app.demo.drawing.geometry import Line, ellipse, smooth
from app.demo.drawing.palette import HORN, PEARL, SHADES, lighter
from app.demo.drawing.parts import Drawing, Fold, Item, Part, Sewn, Stud
from app.demo.drawing.wardrobe import collars
from app.demo.drawing.wardrobe.closures import (
    Make,
    buttons,
    flap,
    patch_pocket,
    placket,
    spaced,
    twice,
)
from app.demo.drawing.wardrobe.tops import Items, Layer, Plan, lay_top
from app.demo.drawing.wardrobe.torso import AXIS, Sleeve, Torso

TAILED = Torso(hem_y=1084, hem=284, waist=270, corner=90, dip=42, neck=84)
SLEEVE = Sleeve(elbow=(188, 690), cuff=(150, 1010), middle=84, end=50)


def shirt(garment: Garment, dice: Random, *, back: bool) -> Drawing:
    """The shirt in the garment's style."""
    styles = {"western": _western, "smock": _smock, "blouse": _blouse}
    plan = styles.get(garment.cut.style, _plain)(garment)
    drawing = lay_top(plan, dice, back=back)
    drawing.place("pocket", (660 if garment.cut.style != "western" else 408, 520))
    return drawing


def _colour(garment: Garment) -> tuple[int, int, int]:
    trim = garment.cut.trim
    if trim == "cream":
        return PEARL
    return {"espresso": HORN, "tobacco": (150, 108, 70), "sand": (206, 180, 140)}.get(trim, PEARL)


def _yoke(torso: Torso, y: float) -> Sewn:
    return Sewn(
        [(AXIS - torso.shoulder + 8, y), (AXIS, y + 6), (AXIS + torso.shoulder - 8, y)], "thread"
    )


def _plain(garment: Garment) -> Plan:
    make: Make = "shell" if garment.cut.trim in {"", "cream", "sand"} else "horn"
    colour = _colour(garment)
    necks: dict[str, Layer] = {
        "band": lambda torso: [*collars.band(torso)],
        "round": lambda torso: [*collars.rounded(torso)],
    }

    def under(torso: Torso) -> Items:
        pocket = patch_pocket(664, 492, 136, 150, round_=0, point=18)
        items: Items = [
            collars.stand(torso),
            placket(torso.neck_y + torso.dip - 4, torso.hem_y + 6, 46),
        ]
        return [*items, pocket] if garment.cut.pockets == "chest" else items

    def over(torso: Torso) -> Items:
        first = torso.neck_y + torso.dip + (16 if garment.cut.collar == "band" else 30)
        return [
            *buttons([first], 9, make, colour),
            *buttons(spaced(first + 96, torso.hem_y - 110, 6), 9, make, colour),
        ]

    return Plan(
        TAILED,
        SLEEVE,
        cuff=0,
        cuff_cloth="main",
        cuff_high=74,
        hem=12,
        under=under,
        neckline=necks.get(
            garment.cut.collar, lambda torso: [*collars.shirt(torso, point=96, spread=84)]
        ),
        over=over,
        nape=lambda torso: [
            collars.back_collar(torso, fall=24 if garment.cut.collar == "band" else 54, flare=20)
        ],
        back_seams=(
            _yoke(TAILED, 410),
            Sewn([(AXIS - 18, 420), (AXIS - 18, 530)], "crease"),
            Sewn([(AXIS + 18, 420), (AXIS + 18, 530)], "crease"),
        ),
    )


def _western(_garment: Garment) -> Plan:
    colour = PEARL
    torso = TAILED
    scoop: Line = smooth(
        [(AXIS - torso.shoulder + 6, 452), (404, 474), (AXIS - 40, 416)], closed=False
    )
    other: Line = [(2 * AXIS - x, y) for x, y in scoop]
    point = smooth(
        [
            (AXIS - torso.shoulder + 6, 424),
            (420, 440),
            (AXIS, 500, 1),
            (660, 440),
            (AXIS + torso.shoulder - 6, 424),
        ],
        closed=False,
    )

    def under(torso: Torso) -> Items:
        pocket = patch_pocket(404, 524, 146, 150, round_=0, point=14)
        return [
            collars.stand(torso),
            placket(torso.neck_y + torso.dip - 4, torso.hem_y + 6, 50),
            *twice(pocket),
            *twice(flap(404, 512, 152, 66, style="sawtooth")),
        ]

    def over(torso: Torso) -> Items:
        first = torso.neck_y + torso.dip + 28
        studs = [
            *buttons([first], 10, "snap", colour),
            *buttons(spaced(first + 92, torso.hem_y - 100, 6), 10, "snap", colour),
        ]
        studs += [Stud((x, 550), 9, "snap", colour) for x in (354, 452, 628, 726)]
        return studs

    return Plan(
        torso,
        SLEEVE,
        cuff=0,
        cuff_cloth="main",
        cuff_high=88,
        hem=12,
        under=under,
        neckline=lambda torso: [*collars.shirt(torso, point=112, spread=98)],
        over=over,
        nape=lambda torso: [collars.back_collar(torso, fall=56, flare=24)],
        seams=(Sewn(scoop, "double"), Sewn(other, "double")),
        back_seams=(Sewn(point, "double"),),
    )


def _smock(_garment: Garment) -> Plan:
    torso = Torso(
        shoulder=262, under=304, under_y=590, waist=308, hem=320, hem_y=1130, neck=84, dip=36
    )
    tucks: tuple[Sewn, ...] = tuple(
        Sewn([(AXIS + x, 372), (AXIS + x * 1.05, 596)], "seam", width=0.8)
        for x in (-128, -110, -92, -74, -56, 56, 74, 92, 110, 128)
    )
    bib: Line = [(AXIS - 148, 330), (AXIS - 148, 616), (AXIS + 148, 616), (AXIS + 148, 330)]

    def under(torso: Torso) -> Items:
        return [collars.stand(torso, high=34), placket(torso.neck_y + torso.dip - 4, 636, 48)]

    return Plan(
        torso,
        Sleeve(elbow=(176, 700), cuff=(150, 960), middle=98, end=66),
        cuff=0,
        cuff_cloth="main",
        cuff_high=54,
        hem=20,
        under=under,
        neckline=lambda torso: [*collars.band(torso, high=34)],
        over=lambda torso: buttons(
            [torso.neck_y + torso.dip + 18, 400, 490, 580], 10, "shell", PEARL
        ),
        nape=lambda torso: [collars.back_collar(torso, fall=26, flare=16)],
        seams=(*tucks, Sewn(bib, "thread")),
        back_seams=(_yoke(torso, 404), *tucks),
    )


def _blouse(garment: Garment) -> Plan:
    torso = Torso(shoulder=222, under=258, waist=252, hem=266, hem_y=1030, neck=76, dip=34)
    base = lighter(SHADES[garment.colour], 0.2)
    return Plan(
        torso,
        Sleeve(elbow=(186, 690), cuff=(166, 980), middle=100, end=50),
        cuff=0,
        cuff_cloth="main",
        cuff_high=96,
        hem=10,
        under=lambda torso: [
            collars.stand(torso),
            placket(torso.neck_y + torso.dip, torso.hem_y + 6, 40, stitched=False),
        ],
        neckline=lambda torso: [*collars.band(torso, high=30)],
        over=lambda torso: [
            *buttons(spaced(470, 960, 5), 9, "cloth", base),
            *collars.bow(torso),
            *_cuff_buttons(base),
        ],
        nape=lambda torso: [collars.back_collar(torso, fall=30, flare=10)],
        back_seams=(_yoke(torso, 400),),
    )


def _cuff_buttons(colour: tuple[int, int, int]) -> Items:
    spots: Items = []
    for index in range(3):
        y = 906 + index * 30
        spots += [
            Stud((192 - index, y), 8, "cloth", colour),
            Stud((888 + index, y), 8, "cloth", colour),
        ]
    return spots


def tshirt(garment: Garment, dice: Random, *, back: bool) -> Drawing:
    """A T-shirt: plain, ringer, printed or a long-sleeved Breton."""
    long = garment.cut.sleeve == "long"
    boat = garment.cut.collar == "boat"
    torso = Torso(
        neck=124 if boat else 86,
        neck_y=262,
        dip=34 if boat else 62,
        shoulder=242,
        under=268,
        hem=270,
        hem_y=1036,
        waist=262,
    )
    sleeve = (
        Sleeve(elbow=(190, 680), cuff=(160, 970), middle=74, end=52)
        if long
        else Sleeve(elbow=(232, 470), cuff=(198, 540), end=54, lean=-58, short=True)
    )
    ring = "second" if garment.cut.style == "ringer" else "rib"
    plan = Plan(
        torso,
        sleeve,
        cuff=20 if garment.cut.style != "ringer" else 0,
        cuff_cloth="second" if garment.cut.style == "ringer" else "",
        cuff_high=22,
        hem=24,
        neckline=lambda torso: [*collars.ring(torso, ring, thick=18 if boat else 24)],
        nape=lambda torso: [_nape(torso, ring)],
        inside="",
        seams=_needle(garment),
    )
    drawing = lay_top(plan, dice, back=back)
    if boat and not back:
        drawing.items[-3:-3] = [_plain_band(torso)]
    return drawing


def _needle(garment: Garment) -> tuple[Sewn, ...]:
    """The threaded needle printed on the chest."""
    if garment.cut.style != "print":
        return ()
    ink = SHADES["brick"] if garment.cut.trim == "brick" else SHADES["cream"]
    eye = [(AXIS + 50 + x * 0.9 - y * 0.55, 424 + x * 0.55 + y) for x, y in ellipse(0, 0, 7, 17)]
    thread = smooth(
        [(590, 424), (612, 470), (560, 500), (476, 470), (450, 520), (500, 560), (580, 536)],
        closed=False,
    )
    rest = smooth([(580, 536), (640, 520), (660, 560), (628, 590), (604, 566)], closed=False)
    return (
        Sewn([(AXIS - 60, 600), (AXIS + 38, 446)], "ink", ink, 2.8),
        Sewn([*eye, eye[0]], "ink", ink, 2.0),
        Sewn([*thread, *rest], "ink", ink, 1.6),
    )


def _nape(torso: Torso, cloth: str) -> Item:
    neck, y = torso.neck, torso.neck_y
    outline = smooth(
        [
            (AXIS - neck - 16, y + 6, 1),
            (AXIS - neck + 4, y - 8, 1),
            (AXIS, y + 2),
            (AXIS + neck - 4, y - 8, 1),
            (AXIS + neck + 16, y + 6, 1),
            (AXIS, y + 26),
        ]
    )
    return Part(outline, cloth, puff=7, lift=0.4, crease=0.2)


def _plain_band(torso: Torso) -> Part:
    y = torso.shoulder_y
    outline = smooth(
        [
            (AXIS - torso.neck, torso.neck_y, 1),
            (AXIS - torso.shoulder, y, 1),
            (AXIS - torso.shoulder + 10, y + 110, 1),
            (AXIS + torso.shoulder - 10, y + 110, 1),
            (AXIS + torso.shoulder, y, 1),
            (AXIS + torso.neck, torso.neck_y, 1),
            (AXIS, torso.neck_y + torso.dip),
        ]
    )
    shade = Fold([(AXIS - 150, y + 90), (AXIS + 150, y + 96)], 24, 0.2)
    return Part(
        outline,
        "plain",
        puff=12,
        lift=0.0,
        folds=(shade,),
        sewn=(Sewn(torso.armhole(-1), "seam"), Sewn(torso.armhole(1), "seam")),
    )
