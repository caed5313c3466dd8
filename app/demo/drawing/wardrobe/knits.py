"""Sweaters, cardigans and vests."""

from random import Random

from app.demo.drawing.garment import Garment
from app.demo.drawing.geometry import Knot, mirrored, smooth
from app.demo.drawing.palette import PEARL, SHADES, darker
from app.demo.drawing.parts import Drawing, Item, Part, Sewn, Stud
from app.demo.drawing.wardrobe import collars
from app.demo.drawing.wardrobe.closures import buttons, patch_pocket, spaced, strip, twice
from app.demo.drawing.wardrobe.tops import Items, Layer, Plan, lay_top
from app.demo.drawing.wardrobe.torso import AXIS, Sleeve, Torso

BODY = Torso(
    neck=92,
    neck_y=268,
    shoulder=240,
    shoulder_y=322,
    under=280,
    under_y=580,
    waist=270,
    hem=252,
    hem_y=980,
    dip=56,
    drop=6,
)
SLEEVE = Sleeve(elbow=(184, 690), cuff=(152, 966), middle=92, end=56)


def knit(garment: Garment, dice: Random, *, back: bool) -> Drawing:
    """A sweater or cardigan with ribbed cuffs and hem."""
    cardigan = garment.cut.closure == "buttons"
    necks: dict[str, Layer] = {
        "crew": lambda torso: [*collars.ring(torso, thick=32)],
        "turtle": lambda torso: [*collars.turtle(torso)],
        "vee": lambda torso: [*collars.vee(torso, 600 if cardigan else 470)],
    }
    plan = Plan(
        BODY,
        SLEEVE,
        cuff=0,
        cuff_cloth="rib",
        cuff_high=92,
        hem=0,
        under=lambda torso: [hem_rib(torso)],
        neckline=necks.get(garment.cut.collar, necks["crew"]),
        over=lambda torso: _cardigan(torso, garment) if cardigan else [],
        behind=lambda torso: [hem_rib(torso)],
        nape=lambda torso: [*_nape(torso, garment)],
        seams=_gansey(garment),
        back_seams=_gansey(garment),
        inside="",
    )
    return lay_top(plan, dice, back=back)


def hem_rib(torso: Torso, high: float = 84, cloth: str = "rib") -> Part:
    """The ribbed band at the bottom, drawn in a little."""
    top = torso.hemline(high * 0.3)
    bottom = [(AXIS + (x - AXIS) * 0.95, y) for x, y in torso.hemline(-high * 0.7)]
    return strip(top, bottom, cloth, puff=11, lift=0.3)


def _gansey(garment: Garment) -> tuple[Sewn, ...]:
    if garment.cut.style != "guernsey":
        return ()
    ridges = (
        Sewn([(AXIS - 232, y), (AXIS + 232, y)], "seam", width=2.4) for y in (420, 436, 540, 556)
    )
    ropes = (
        Sewn([(AXIS + x, 450), (AXIS + x, 526)], "seam", width=2.0) for x in range(-200, 201, 40)
    )
    return (*ridges, *ropes)


def _nape(torso: Torso, garment: Garment) -> Items:
    if garment.cut.collar == "turtle":
        return [*collars.turtle(torso)]
    neck, y = torso.neck, torso.neck_y
    outline = smooth(
        [
            (AXIS - neck - 26, y + 10, 1),
            (AXIS - neck + 4, y - 10, 1),
            (AXIS, y - 2),
            (AXIS + neck - 4, y - 10, 1),
            (AXIS + neck + 26, y + 10, 1),
            (AXIS, y + 30),
        ]
    )
    return [Part(outline, "rib", puff=9, lift=0.4, crease=0.2)]


def _cardigan(torso: Torso, _garment: Garment) -> Items:
    edge = Part(
        [
            (AXIS - 22, 606),
            (AXIS + 26, 606),
            (AXIS + 26, torso.hem_y + 62),
            (AXIS - 22, torso.hem_y + 62),
        ],
        "rib",
        puff=8,
        lift=0.5,
        crease=0.2,
    )
    items: list[Item] = [edge]
    items += buttons(spaced(634, torso.hem_y + 30, 6), 12, "shell", PEARL, x=AXIS + 2)
    pocket = patch_pocket(398, 770, 170, 160, round_=10)
    plain = Part(pocket.outline, puff=8, lift=0.35, crease=0.4)
    return [*twice(plain), *twice(_mouth(398, 770, 170)), *items]


def _mouth(x: float, y: float, wide: float) -> Part:
    half = wide / 2 + 2
    return Part(
        [(x - half, y - 6), (x + half, y - 6), (x + half, y + 22), (x - half, y + 22)],
        "rib",
        grain=90,
        puff=5,
        lift=0.4,
        crease=0.1,
    )


def vest(garment: Garment, dice: Random, *, back: bool) -> Drawing:
    """A sleeveless knitted or quilted vest."""
    if garment.cut.style == "quilted":
        return _quilted(garment, dice, back=back)
    torso = Torso(
        neck=96,
        neck_y=286,
        shoulder=204,
        shoulder_y=330,
        under=260,
        under_y=620,
        waist=250,
        waist_y=800,
        hem=230,
        hem_y=960,
        dip=56,
        drop=6,
    )
    plan = Plan(
        torso,
        None,
        hem=0,
        under=lambda torso: [hem_rib(torso, 92), *twice(arm_band(torso))],
        neckline=lambda torso: [*collars.vee(torso, 530)],
        behind=lambda torso: [hem_rib(torso, 92), *twice(arm_band(torso))],
        nape=lambda torso: [*_nape(torso, garment)],
        armholes=False,
        inside="",
    )
    return lay_top(plan, dice, back=back)


def arm_band(torso: Torso, cloth: str = "rib", wide: float = 20) -> Part:
    """The band around an armhole without a sleeve."""
    x0, y0 = AXIS - torso.shoulder, torso.shoulder_y
    x1, y1 = AXIS - torso.under, torso.under_y
    middle_y = (y0 + y1) / 2
    knots: list[Knot] = [
        (x0 - 3, y0 - 2, 1),
        (x0 + 12, middle_y),
        (x1 - 4, y1, 1),
        (x1 + 4, y1 + wide, 1),
        (x0 + 14 + wide, middle_y + 6),
        (x0 + wide, y0 - 6, 1),
    ]
    return Part(smooth(knots), cloth, grain=6, puff=7, lift=0.35, crease=0.1)


def _quilted(garment: Garment, dice: Random, *, back: bool) -> Drawing:
    torso = Torso(
        neck=92,
        neck_y=276,
        shoulder=220,
        shoulder_y=322,
        under=276,
        under_y=620,
        waist=278,
        waist_y=820,
        hem=284,
        hem_y=1030,
        dip=70,
    )
    dark = darker(SHADES[garment.colour], 0.25)

    def under(torso: Torso) -> Items:
        edge = Part(
            [
                (AXIS - 16, torso.neck_y + 66),
                (AXIS + 16, torso.neck_y + 66),
                (AXIS + 16, torso.hem_y + 8),
                (AXIS - 16, torso.hem_y + 8),
            ],
            "trim",
            puff=6,
            lift=0.5,
        )
        pocket = patch_pocket(396, 770, 186, 176)
        return [
            *twice(arm_band(torso, "trim", 16)),
            edge,
            *twice(pocket),
            strip(torso.hemline(10), torso.hemline(-14), "trim"),
        ]

    def over(_torso: Torso) -> Items:
        studs = [Stud((AXIS, y), 12, "metal", darker(dark, 0.3)) for y in spaced(420, 960, 4)]
        return list(studs)

    plan = Plan(
        torso,
        None,
        hem=0,
        under=under,
        neckline=lambda torso: [_bound_neck(torso)],
        over=over,
        behind=lambda torso: [
            *twice(arm_band(torso, "trim", 16)),
            strip(torso.hemline(10), torso.hemline(-14), "trim"),
        ],
        nape=lambda torso: [_nape_binding(torso)],
        armholes=False,
    )
    return lay_top(plan, dice, back=back)


def _bound_neck(torso: Torso) -> Part:
    neck, y, dip = torso.neck, torso.neck_y, torso.dip
    inner: list[Knot] = [
        (AXIS - neck + 4, y - 4, 1),
        (AXIS - neck * 0.62, y + dip * 0.72),
        (AXIS, y + dip),
    ]
    outer: list[Knot] = [
        (AXIS - neck - 14, y + 4, 1),
        (AXIS - neck * 0.8, y + dip * 0.84),
        (AXIS, y + dip + 18),
    ]
    return Part(
        smooth([*inner, *mirrored(inner)[1:], *reversed([*outer, *mirrored(outer)[1:]])]),
        "trim",
        puff=6,
        lift=0.4,
        crease=0.1,
    )


def _nape_binding(torso: Torso) -> Part:
    neck, y = torso.neck, torso.neck_y
    outline = smooth(
        [
            (AXIS - neck - 12, y + 4, 1),
            (AXIS - neck + 4, y - 8, 1),
            (AXIS, y + 4),
            (AXIS + neck - 4, y - 8, 1),
            (AXIS + neck + 12, y + 4, 1),
            (AXIS, y + 22),
        ]
    )
    return Part(outline, "trim", puff=6, lift=0.4, crease=0.1)
