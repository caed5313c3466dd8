"""Jackets: chore, trucker, work, suede, blazer, deck."""

from random import Random

from app.demo.drawing.garment import Garment
from app.demo.drawing.geometry import Line, smooth
from app.demo.drawing.palette import BRASS, COPPER, HORN, OCHRE_THREAD, SHADES, darker
from app.demo.drawing.parts import Drawing, Part, Sewn, Stud
from app.demo.drawing.wardrobe import collars
from app.demo.drawing.wardrobe.closures import (
    buttons,
    flap,
    front_edge,
    patch_pocket,
    placket,
    spaced,
    strip,
    twice,
    welt,
    zipper,
)
from app.demo.drawing.wardrobe.tops import Items, Plan, lay_top
from app.demo.drawing.wardrobe.torso import AXIS, Sleeve, Torso

BOXY = Torso()
SHORT = Torso(
    neck_y=286,
    shoulder_y=340,
    under=280,
    under_y=590,
    waist=266,
    waist_y=780,
    hem=232,
    hem_y=950,
    drop=4,
)
TAILORED = Torso(
    neck=82,
    neck_y=226,
    shoulder=226,
    shoulder_y=278,
    under=246,
    under_y=536,
    waist=222,
    waist_y=740,
    hem=262,
    hem_y=1066,
    dip=60,
)


def jacket(garment: Garment, dice: Random, *, back: bool) -> Drawing:
    """The jacket in the garment's style, from the front or the back."""
    style = garment.cut.style if garment.cut.style in _STYLES else "chore"
    plan = _STYLES[style](garment)
    drawing = lay_top(plan, dice, back=back)
    x, y = _POCKETS[style]
    drawing.place("pocket", (x, y), 0)
    return drawing


def _yoke(torso: Torso, y: float) -> Sewn:
    return Sewn(
        [(AXIS - torso.shoulder + 8, y), (AXIS, y + 8), (AXIS + torso.shoulder - 8, y)], "double"
    )


def _centre_seam(torso: Torso, top: float) -> Sewn:
    return Sewn([(AXIS, top), (AXIS + 2, torso.hem_y)], "seam")


def _chore(garment: Garment) -> Plan:
    colour = SHADES["espresso"] if garment.cut.trim in {"", "cream"} else HORN

    def under(torso: Torso) -> Items:
        items: Items = [
            collars.stand(torso),
            *twice(patch_pocket(396, 800, 188, 206)),
            patch_pocket(408, 486, 138, 156),
        ]
        if garment.cut.pockets == "four":
            items.append(twice(patch_pocket(408, 486, 138, 156))[1])
        return items

    def over(torso: Torso) -> Items:
        return buttons(
            spaced(torso.neck_y + torso.dip + 96, torso.hem_y - 110, 5), 13, "horn", colour
        )

    return Plan(
        BOXY,
        Sleeve(),
        under=under,
        neckline=lambda torso: [*collars.rounded(torso)],
        over=over,
        nape=lambda torso: [collars.back_collar(torso, fall=66, flare=28)],
        seams=(front_edge(316, 1078),),
        back_seams=(_centre_seam(BOXY, 290), _yoke(BOXY, 420)),
    )


def _trucker(_garment: Garment) -> Plan:
    ochre = OCHRE_THREAD

    def row(*points: tuple[float, float]) -> list[Sewn]:
        line: Line = list(points)
        other: Line = [(2 * AXIS - x, y) for x, y in points]
        return [Sewn(line, "double", ochre), Sewn(other, "double", ochre)]

    torso = SHORT
    seams = (
        *row((AXIS - torso.shoulder + 6, 462), (AXIS - 30, 462)),
        *row((476, 560), (452, 900)),
        *row((342, 560), (400, 900)),
    )

    def under(torso: Torso) -> Items:
        items: Items = [
            collars.stand(torso),
            placket(326, torso.hem_y - 40, 56),
            *twice(flap(408, 462, 150, 96, style="pointed")),
        ]
        band_top, band_bottom = torso.hemline(56), torso.hemline(-6)
        waist = strip(band_top, band_bottom, puff=7, lift=0.4)
        rows = (Sewn(torso.hemline(50), "thread", ochre), Sewn(torso.hemline(2), "thread", ochre))
        items.append(Part(waist.outline, puff=7, lift=0.4, crease=0.3, sewn=rows))
        return items

    def over(torso: Torso) -> Items:
        studs = buttons([*spaced(392, torso.hem_y - 106, 5), torso.hem_y - 26], 13, "metal", COPPER)
        studs += [Stud((408, 532), 12, "metal", COPPER), Stud((672, 532), 12, "metal", COPPER)]
        return studs

    def behind(torso: Torso) -> Items:
        waist = strip(torso.hemline(56), torso.hemline(-6), puff=7, lift=0.4)
        rows = (Sewn(torso.hemline(50), "thread", ochre),)
        return [
            Part(waist.outline, puff=7, lift=0.4, crease=0.3, sewn=rows),
            *twice(flap(380, torso.hem_y - 52, 120, 40)),
        ]

    return Plan(
        torso,
        Sleeve(elbow=(186, 710), cuff=(150, 1010)),
        cuff=0,
        cuff_cloth="main",
        cuff_high=56,
        hem=0,
        under=under,
        neckline=lambda torso: [*collars.shirt(torso, point=112, spread=104)],
        over=over,
        behind=behind,
        nape=lambda torso: [collars.back_collar(torso, fall=62, flare=26)],
        seams=seams,
        back_seams=(_yoke(torso, 452), *row((446, 462), (478, 900))),
    )


def _work(_garment: Garment) -> Plan:
    colour = darker(SHADES["espresso"], 0.2)

    def under(torso: Torso) -> Items:
        pocket = patch_pocket(404, 492, 150, 160, round_=0, point=16)
        return [
            collars.stand(torso),
            placket(312, torso.hem_y + 6, 54),
            *twice(pocket),
            *twice(flap(404, 482, 158, 58)),
        ]

    def over(torso: Torso) -> Items:
        studs = buttons(spaced(404, torso.hem_y - 120, 5), 13, "horn", colour)
        return [*studs, Stud((404, 518), 10, "horn", colour), Stud((676, 518), 10, "horn", colour)]

    return Plan(
        BOXY,
        Sleeve(),
        cuff=0,
        cuff_cloth="main",
        under=under,
        neckline=lambda torso: [*collars.shirt(torso, point=104, spread=102)],
        over=over,
        nape=lambda torso: [collars.back_collar(torso, fall=64, flare=26)],
        back_seams=(_yoke(BOXY, 424),),
    )


def _suede(_garment: Garment) -> Plan:
    colour = SHADES["espresso"]
    torso = Torso(shoulder=230, under=262, waist=252, hem=270, hem_y=1056, dip=60)

    def under(torso: Torso) -> Items:
        return [
            collars.stand(torso),
            *twice(patch_pocket(400, 806, 172, 186)),
            *twice(patch_pocket(410, 514, 128, 130)),
            *twice(flap(410, 506, 134, 50)),
        ]

    return Plan(
        torso,
        Sleeve(elbow=(196, 690), cuff=(156, 1020)),
        cuff=0,
        cuff_cloth="main",
        cuff_high=50,
        under=under,
        neckline=lambda torso: [*collars.long_pointed(torso)],
        over=lambda _torso: buttons(spaced(440, 980, 5), 15, "leather", colour),
        nape=lambda torso: [collars.back_collar(torso, fall=82, flare=40)],
        seams=(front_edge(356, 1064), _yoke(torso, 446)),
        back_seams=(_yoke(torso, 446), _centre_seam(torso, 452)),
    )


def _blazer(garment: Garment) -> Plan:
    base = SHADES[garment.colour]

    def under(_torso: Torso) -> Items:
        chest = welt(650, 508, 96, lean=-6, high=20)
        return [chest, *twice(flap(404, 830, 150, 52))]

    def over(_torso: Torso) -> Items:
        return [Stud((AXIS + 2, 742), 16, "cloth", darker(base, 0.25))]

    torso = TAILORED
    dart = smooth([(410, 590), (424, 710), (412, 830)], closed=False)
    skirt = smooth([(AXIS + 18, 742), (AXIS + 30, 960), (AXIS + 70, 1080)], closed=False)
    return Plan(
        torso,
        Sleeve(elbow=(206, 660), cuff=(172, 1010), middle=78, end=58),
        cuff=0,
        hem=0,
        under=under,
        neckline=lambda torso: [_opening(torso, 742), *collars.lapels(torso, 742, wide=150)],
        over=over,
        nape=lambda torso: [collars.back_collar(torso, fall=52, flare=20)],
        seams=(
            Sewn(dart, "seam"),
            Sewn([(2 * AXIS - x, y) for x, y in dart], "seam"),
            Sewn(skirt, "seam", width=1.6),
        ),
        back_seams=(_centre_seam(torso, 270),),
        inside="lining",
    )


def _opening(torso: Torso, bottom: float) -> Part:
    neck, y = torso.neck, torso.neck_y
    outline = smooth(
        [
            (AXIS - neck, y + 2, 1),
            (AXIS, y - 16),
            (AXIS + neck, y + 2, 1),
            (AXIS + neck * 0.5, y + (bottom - y) * 0.55),
            (AXIS, bottom, 1),
            (AXIS - neck * 0.5, y + (bottom - y) * 0.55),
        ]
    )
    return Part(outline, "lining", tone=-0.22, puff=4, lift=0.0, crease=0.8)


def _deck(_garment: Garment) -> Plan:
    torso = Torso(hem_y=1030, hem=272)

    def under(torso: Torso) -> Items:
        flap_strip = Part(
            [(AXIS - 38, 316), (AXIS + 42, 316), (AXIS + 42, 1038), (AXIS - 38, 1038)],
            puff=6,
            lift=0.5,
            sewn=(Sewn([(AXIS - 30, 316), (AXIS - 30, 1038)], "double"),),
        )
        return [
            collars.stand(torso, "trim"),
            flap_strip,
            *zipper(340, 1024, BRASS),
            *twice(welt(396, 770, 150, lean=26)),
        ]

    return Plan(
        torso,
        Sleeve(elbow=(190, 680), cuff=(152, 976)),
        cuff=0,
        cuff_cloth="rib",
        cuff_high=60,
        under=under,
        neckline=lambda torso: [
            *collars.shirt(torso, point=104, spread=112, cloth="trim", stitched=0)
        ],
        nape=lambda torso: [collars.back_collar(torso, "trim", fall=66, flare=28)],
        seams=(),
        back_seams=(_yoke(torso, 440),),
    )


_STYLES = {
    "chore": _chore,
    "trucker": _trucker,
    "work": _work,
    "suede": _suede,
    "blazer": _blazer,
    "deck": _deck,
}
_POCKETS = {
    "chore": (396.0, 820.0),
    "trucker": (408.0, 500.0),
    "work": (404.0, 520.0),
    "suede": (400.0, 826.0),
    "blazer": (404.0, 840.0),
    "deck": (396.0, 780.0),
}
