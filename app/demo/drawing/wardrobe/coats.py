"""Long things: the Chesterfield, the wrap coat, the peacoat."""

from random import Random

from app.demo.drawing.garment import Garment
from app.demo.drawing.geometry import smooth
from app.demo.drawing.palette import HORN, SHADES, darker
from app.demo.drawing.parts import Drawing, Item, Part, Sewn, Stud
from app.demo.drawing.wardrobe import collars
from app.demo.drawing.wardrobe.closures import buttons, flap, front_edge, twice, welt
from app.demo.drawing.wardrobe.tops import Items, Plan, lay_top
from app.demo.drawing.wardrobe.torso import AXIS, Sleeve, Torso

LONG = Torso(
    neck=80,
    neck_y=138,
    shoulder=222,
    shoulder_y=190,
    under=248,
    under_y=430,
    waist=236,
    waist_y=640,
    hem=312,
    hem_y=1246,
    dip=50,
    drop=14,
)
SLEEVE = Sleeve(elbow=(206, 550), cuff=(172, 862), middle=76, end=58)


def coat(garment: Garment, dice: Random, *, back: bool) -> Drawing:
    """The coat in the garment's style."""
    styles = {"chesterfield": _chesterfield, "wrap": _wrap, "pea": _pea}
    plan = styles.get(garment.cut.style, _chesterfield)(garment)
    drawing = lay_top(plan, dice, back=back)
    if garment.cut.style == "wrap":
        drawing.add(*_belt(plan.torso, back=back))
    return drawing


def opening(torso: Torso, bottom: float, cloth: str = "lining") -> Part:
    """What is seen of the inside above the lapels."""
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
    return Part(outline, cloth, tone=-0.22, puff=4, lift=0.0, crease=0.8)


def _chesterfield(garment: Garment) -> Plan:
    torso = LONG
    colour = HORN if garment.cut.trim else SHADES["espresso"]
    return Plan(
        torso,
        SLEEVE,
        cuff=0,
        hem=0,
        under=lambda _torso: [
            welt(650, 412, 92, lean=-5, high=18),
            *twice(flap(404, 720, 140, 50)),
        ],
        neckline=lambda torso: [
            opening(torso, 520),
            *collars.lapels(torso, 520, wide=150, collar="trim"),
        ],
        over=lambda _torso: buttons([548, 690, 832], 15, "horn", colour),
        nape=lambda torso: [collars.back_collar(torso, "trim", fall=52, flare=22)],
        seams=(front_edge(520, 1252, 6),),
        back_seams=(
            Sewn([(AXIS, 176), (AXIS, 1250)], "seam"),
            Sewn([(AXIS - 60, 800), (AXIS + 60, 800)], "seam"),
        ),
        inside="lining",
    )


def _wrap(_garment: Garment) -> Plan:
    torso = Torso(
        neck=80,
        neck_y=138,
        shoulder=242,
        shoulder_y=200,
        under=262,
        under_y=470,
        waist=238,
        waist_y=650,
        hem=322,
        hem_y=1246,
        dip=50,
        drop=14,
    )
    lean = smooth([(AXIS + 8, 640), (AXIS + 70, 800), (AXIS + 86, 1256)], closed=False)
    return Plan(
        torso,
        Sleeve(elbow=(196, 570), cuff=(160, 860), middle=88, end=70),
        cuff=66,
        hem=0,
        under=lambda _torso: [*twice(welt(400, 790, 136, lean=40, high=30))],
        neckline=lambda torso: [opening(torso, 640), *collars.shawl(torso, 640, wide=156)],
        nape=lambda torso: [collars.back_collar(torso, fall=72, flare=40)],
        seams=(Sewn(lean, "seam", width=1.8),),
        back_seams=(Sewn([(AXIS, 200), (AXIS, 1252)], "seam"),),
        armholes=False,
        inside="lining",
    )


def _belt(torso: Torso, *, back: bool) -> Items:
    y = torso.waist_y
    half = torso.waist + 8
    belt = smooth(
        [
            (AXIS - half, y - 26, 1),
            (AXIS, y - 20),
            (AXIS + half, y - 26, 1),
            (AXIS + half, y + 26, 1),
            (AXIS, y + 34),
            (AXIS - half, y + 26, 1),
        ]
    )
    x = AXIS - 30
    items: list[Item] = [
        Part(
            belt,
            puff=8,
            lift=0.6,
            sewn=(Sewn([(AXIS - half, y - 18), (AXIS, y - 12), (AXIS + half, y - 18)], "thread"),),
        )
    ]
    if back:
        return items
    for bow, long in ((-26, 250), (44, 310)):
        tail = smooth(
            [
                (x - 16, y, 1),
                (x - 12 + bow, y + long * 0.5),
                (x - 26 + bow, y + long, 1),
                (x + 26 + bow, y + long + 8, 1),
                (x + 34 + bow, y + long * 0.5),
                (x + 26, y, 1),
            ]
        )
        items.append(Part(tail, puff=8, lift=0.6))
    knot = smooth([(x - 34, y - 32), (x + 30, y - 38), (x + 40, y + 36), (x - 30, y + 40)])
    items.append(Part(knot, grain=30, puff=16, lift=0.7))
    return items


def _pea(_garment: Garment) -> Plan:
    torso = Torso(
        neck=88,
        neck_y=232,
        shoulder=244,
        shoulder_y=288,
        under=272,
        under_y=548,
        waist=262,
        waist_y=790,
        hem=290,
        hem_y=1066,
        dip=50,
    )
    colour = darker(SHADES["ink"], 0.1)

    def over(_torso: Torso) -> Items:
        studs = [
            Stud((AXIS + side * 104, y), 18, "anchor", colour)
            for y in (636, 762, 888)
            for side in (-1, 1)
        ]
        return [*studs, Stud((AXIS + 128, 512), 18, "anchor", colour)]

    return Plan(
        torso,
        Sleeve(elbow=(186, 680), cuff=(150, 1000), middle=86, end=66),
        cuff=84,
        hem=20,
        under=lambda torso: [*twice(_slit(torso))],
        neckline=lambda torso: [opening(torso, 540, "main"), *collars.lapels(torso, 570, wide=196)],
        over=over,
        nape=lambda torso: [collars.back_collar(torso, fall=80, flare=40)],
        seams=(Sewn([(AXIS + 146, 470), (AXIS + 150, 1076)], "double"),),
        back_seams=(Sewn([(AXIS, 260), (AXIS, 1074)], "double"),),
        inside="lining",
    )


def _slit(torso: Torso) -> Part:
    x, y = AXIS - torso.waist * 0.74, 740.0
    outline = smooth([(x - 12, y, 1), (x + 14, y, 1), (x + 26, y + 160, 1), (x - 2, y + 160, 1)])
    return Part(outline, puff=4, lift=0.5, sewn=(Sewn([(x + 14, y), (x + 26, y + 160)], "thread"),))
