"""Dresses: a bodice, a waist and a skirt."""

from dataclasses import dataclass
from random import Random

from app.demo.drawing.garment import Garment
from app.demo.drawing.geometry import Knot, Line, mirrored, smooth
from app.demo.drawing.palette import BRASS, PEARL, SHADES, lighter
from app.demo.drawing.parts import Bar, Drawing, Fold, Item, Part, Sewn, Stud
from app.demo.drawing.wardrobe.closures import buttons, patch_pocket, spaced, twice
from app.demo.drawing.wardrobe.collars import edge_thread
from app.demo.drawing.wardrobe.skirts import gores
from app.demo.drawing.wardrobe.torso import AXIS, Sleeve, Torso, bent, cuff_band, sleeve_part

Items = list[Item]


@dataclass(frozen=True)
class Frock:
    """Where a dress is narrow and where it is wide, as half widths and heights."""

    shoulder: float
    shoulder_y: float
    under: float
    under_y: float
    waist: float
    waist_y: float
    hem: float
    hem_y: float

    def torso(self, neck: float, neck_y: float, dip: float) -> Torso:
        """The bodice as a torso ending at the waist."""
        return Torso(
            neck=neck,
            neck_y=neck_y,
            shoulder=self.shoulder,
            shoulder_y=self.shoulder_y,
            under=self.under,
            under_y=self.under_y,
            waist=(self.under + self.waist) / 2,
            waist_y=(self.under_y + self.waist_y) / 2,
            hem=self.waist,
            hem_y=self.waist_y,
            dip=dip,
            drop=8,
        )


def dress(garment: Garment, dice: Random, *, back: bool) -> Drawing:
    """The dress in the garment's style."""
    styles = {"tea": _tea, "nightdress": _nightdress, "summer": _summer, "crepe": _crepe}
    drawing, frock = styles.get(garment.cut.style, _pinafore)(garment, dice, back=back)
    drawing.place("waist", (AXIS - frock.waist * 0.5, frock.waist_y))
    drawing.place("hem", (AXIS - frock.hem * 0.45, frock.hem_y + 14))
    drawing.place("front", (AXIS - frock.waist * 0.7, (frock.under_y + frock.waist_y) / 2))
    drawing.place("shoulder", (AXIS - frock.shoulder * 0.7, frock.shoulder_y + 46))
    drawing.places.setdefault("collar", (AXIS - 20, frock.shoulder_y + 90, 0))
    drawing.places.setdefault("button", (AXIS, (frock.under_y + frock.waist_y) / 2, 90))
    drawing.places.setdefault("pocket", (AXIS - frock.waist, frock.waist_y + 160, 0))
    for name in ("elbow", "cuff", "edge"):
        drawing.places.setdefault(name, (AXIS - frock.under, frock.under_y, 80))
    return drawing


def _skirt(drawing: Drawing, frock: Frock, dice: Random, folds: int = 9) -> None:
    drawing.add(*gores(dice, frock.waist_y - 6, frock.waist, frock.hem, frock.hem_y, folds=folds))


def _gathers(frock: Frock, dice: Random, count: int = 15) -> Items:
    """Small pleats let into the waist seam."""
    items: list[Item] = []
    for index in range(count):
        share = (index + 0.5) / count * 2 - 1
        x = AXIS + share * frock.waist * 0.94
        low = x + share * dice.uniform(16, 44)
        long = dice.uniform(60, 150)
        items.append(
            Part(
                [(x - 5, frock.waist_y), (x + 5, frock.waist_y), (low, frock.waist_y + long)],
                lift=0.34,
                puff=5,
                crease=0.2,
            )
        )
    return items


Made = tuple[Drawing, Frock]


def _darts(frock: Frock, low: float) -> tuple[Sewn, ...]:
    left: Line = [(AXIS - frock.waist * 0.52, frock.waist_y), (AXIS - frock.waist * 0.5, low)]
    return (Sewn(left, "seam"), Sewn([(2 * AXIS - x, y) for x, y in left], "seam"))


def _pinafore(garment: Garment, dice: Random, *, back: bool) -> Made:
    frock = Frock(168, 196, 168, 420, 150, 500, 338, 1226)
    drawing = Drawing()
    depth = 44 if back else 168
    side: list[Knot] = [
        (AXIS - 128, 170, 1),
        (AXIS - 172, 186, 1),
        (AXIS - 140, 300),
        (AXIS - 168, 414, 1),
        (AXIS - 152, 504, 1),
    ]
    neck: list[Knot] = [
        (AXIS + 112, 170 + depth * 0.8),
        (AXIS + 84, 170 + depth, 1),
        (AXIS - 84, 170 + depth, 1),
        (AXIS - 112, 170 + depth * 0.8),
    ]
    low: list[Knot] = [(AXIS, 512)]
    bodice = smooth([*side, *low, *mirrored(side), *neck])
    _skirt(drawing, frock, dice, folds=8)
    inside = smooth(
        [
            (AXIS - 128, 172, 1),
            (AXIS - 168, 186, 1),
            (AXIS - 110, 300),
            (AXIS + 110, 300),
            (AXIS + 168, 186, 1),
            (AXIS + 128, 172, 1),
            (AXIS + 84, 220),
            (AXIS - 84, 220),
        ]
    )
    if not back:
        drawing.items.insert(0, Part(inside, "inside", tone=-0.25, puff=6, lift=0.0))
    shade = tuple(bent((AXIS + s * 150, 430), (AXIS + s * 60, 490), 6, 22, 0.5) for s in (-1, 1))
    drawing.add(
        Part(
            bodice,
            puff=11,
            lift=0.5,
            folds=shade,
            sewn=(*edge_thread(bodice, 9), *_darts(frock, 400)),
        )
    )
    seam = smooth(
        [
            (AXIS - 152, 486, 1),
            (AXIS, 494),
            (AXIS + 152, 486, 1),
            (AXIS + 156, 522, 1),
            (AXIS, 532),
            (AXIS - 156, 522, 1),
        ]
    )
    drawing.add(Part(seam, grain=90, puff=7, lift=0.4, crease=0.2))
    if back:
        drawing.add(Bar([(AXIS, 220), (AXIS, 720)], 12, "zip", BRASS))
    else:
        drawing.add(*twice(_hip_pocket()))
        drawing.place("pocket", (AXIS - 150, 720))
    drawing.place("collar", (AXIS - 60, 340))
    return drawing, frock


def _hip_pocket() -> Part:
    pocket = patch_pocket(AXIS - 140, 690, 138, 160, round_=34)
    return Part(pocket.outline, grain=8, puff=7, lift=0.42, folds=pocket.folds, sewn=pocket.sewn)


def _tea(garment: Garment, dice: Random, *, back: bool) -> Made:
    frock = Frock(186, 214, 180, 420, 138, 560, 330, 1250)
    torso = frock.torso(80, 172, 20 if back else 60)
    sleeve = Sleeve(elbow=(306, 380), cuff=(276, 462), middle=80, end=74, lean=-40)
    drawing = Drawing()
    for side in (-1, 1):
        drawing.add(
            sleeve_part(torso, sleeve, side, dice, (Sewn(sleeve.cuff_line(side, 18), "thread"),))
        )
    _skirt(drawing, frock, dice, folds=11)
    drawing.add(*_gathers(frock, dice))
    if not back:
        drawing.add(_neck_inside(torso))
    drawing.add(
        Part(
            torso.outline(),
            puff=11,
            lift=0.45,
            folds=_bodice_folds(frock, dice),
            sewn=(
                Sewn(torso.armhole(-1), "seam"),
                Sewn(torso.armhole(1), "seam"),
                *_darts(frock, 470),
            ),
        )
    )
    if not back:
        drawing.add(*_surplice(frock))
    drawing.add(_waist_strip(frock, 34))
    if not back:
        drawing.add(
            *buttons(
                spaced(612, 760, 4), 9, "cloth", lighter(SHADES[garment.colour], 0.12), x=AXIS + 96
            )
        )
    drawing.place("collar", (AXIS - 10, 400))
    drawing.place("cuff", (270, 466), -20)
    return drawing, frock


def _neck_inside(torso: Torso) -> Part:
    neck, y = torso.neck, torso.neck_y
    outline = smooth(
        [
            (AXIS - neck, y + 2, 1),
            (AXIS, y - 20),
            (AXIS + neck, y + 2, 1),
            (AXIS + neck, y + 60),
            (AXIS - neck, y + 60),
        ]
    )
    return Part(outline, "inside", tone=-0.3, puff=5, lift=0.0)


def _surplice(frock: Frock) -> Items:
    """Two crossing fronts that leave a deep V."""
    hollow = smooth(
        [
            (AXIS - 80, 174, 1),
            (AXIS, 156),
            (AXIS + 80, 174, 1),
            (AXIS + 40, 330),
            (AXIS, 424, 1),
            (AXIS - 40, 330),
        ]
    )
    front: list[Knot] = [
        (AXIS - 82, 168, 1),
        (AXIS - 40, 330),
        (AXIS + 70, frock.waist_y, 1),
        (AXIS - frock.waist, frock.waist_y, 1),
        (AXIS - frock.under + 4, frock.under_y, 1),
        (AXIS - 172, 300),
        (AXIS - 184, 216, 1),
    ]
    parts: Items = [Part(hollow, "inside", tone=-0.34, puff=5, lift=0.0)]
    for side in (1, -1):
        outline = smooth(front if side < 0 else mirrored(front))
        gather = tuple(
            bent(
                (AXIS + side * (150 - 22 * i), 250),
                (AXIS - side * (-30 + 18 * i), frock.waist_y - 10),
                10,
                18,
                0.6 if i % 2 else -0.5,
            )
            for i in range(4)
        )
        edge = smooth(
            [(AXIS + side * 82, 168), (AXIS + side * 40, 330), (AXIS - side * 70, frock.waist_y)],
            closed=False,
        )
        parts.append(
            Part(
                outline,
                grain=side * 12,
                puff=8,
                lift=0.5,
                folds=gather,
                sewn=(Sewn(edge, "seam", width=1.4),),
            )
        )
    return parts


def _waist_strip(frock: Frock, high: float) -> Part:
    y, w = frock.waist_y, frock.waist + 2
    outline = smooth(
        [
            (AXIS - w, y - high / 2, 1),
            (AXIS, y - high / 2 + 8),
            (AXIS + w, y - high / 2, 1),
            (AXIS + w + 2, y + high / 2, 1),
            (AXIS, y + high / 2 + 9),
            (AXIS - w - 2, y + high / 2, 1),
        ]
    )
    return Part(outline, puff=7, lift=0.4, crease=0.2)


def _bodice_folds(frock: Frock, dice: Random) -> tuple[Fold, ...]:
    folds = []
    for side in (-1, 1):
        for _ in range(2):
            start = (AXIS + side * (frock.under - 8), frock.under_y + dice.uniform(-30, 30))
            end = (
                AXIS + side * frock.waist * dice.uniform(0.1, 0.5),
                frock.waist_y - dice.uniform(10, 60),
            )
            folds.append(bent(start, end, dice.uniform(-12, 12), 22, dice.choice((0.6, -0.5))))
    return tuple(folds)


def _nightdress(garment: Garment, dice: Random, *, back: bool) -> Made:
    frock = Frock(214, 222, 214, 440, 236, 620, 372, 1256)
    torso = Torso(
        neck=78,
        neck_y=176,
        shoulder=214,
        shoulder_y=222,
        under=216,
        under_y=450,
        waist=252,
        waist_y=720,
        hem=366,
        hem_y=1250,
        dip=14 if back else 44,
        drop=18,
    )
    sleeve = Sleeve(elbow=(204, 560), cuff=(204, 800), middle=84, end=52)
    drawing = Drawing()
    for side in (-1, 1):
        drawing.add(
            sleeve_part(torso, sleeve, side, dice, ()),
            cuff_band(sleeve, side, 40),
            *_frill(sleeve, side),
        )
    folds = (
        *torso.folds(dice, 0.8),
        *[
            bent(
                (AXIS + x, 470),
                (AXIS + x * 1.9, 1230),
                dice.uniform(-10, 10),
                34,
                0.8 if i % 2 else -0.7,
            )
            for i, x in enumerate(range(-160, 161, 32))
        ],
    )
    drawing.add(
        Part(
            torso.outline(),
            puff=13,
            folds=folds,
            sewn=(
                Sewn(torso.armhole(-1), "seam"),
                Sewn(torso.armhole(1), "seam"),
                Sewn(torso.hemline(60), "thread"),
                Sewn(torso.hemline(78), "thread"),
            ),
        )
    )
    tucks = tuple(
        Sewn([(AXIS + x, 262), (AXIS + x, 440)], "seam", width=0.7)
        for x in range(-132, 133, 12)
        if abs(x) > 20
    )
    yoke = smooth(
        [
            (AXIS - 80, 180, 1),
            (AXIS - 168, 206, 1),
            (AXIS - 164, 448, 1),
            (AXIS + 164, 448, 1),
            (AXIS + 168, 206, 1),
            (AXIS + 80, 180, 1),
            (AXIS, 176 + torso.dip),
        ]
    )
    drawing.add(
        Part(yoke, puff=7, lift=0.3, sewn=(*edge_thread(yoke, 6), *(() if back else tucks)))
    )
    if not back:
        drawing.add(
            Part(
                [(AXIS - 18, 220), (AXIS + 18, 220), (AXIS + 18, 560), (AXIS - 18, 560)],
                puff=5,
                lift=0.4,
                sewn=(
                    Sewn([(AXIS - 12, 220), (AXIS - 12, 560)], "thread"),
                    Sewn([(AXIS + 12, 220), (AXIS + 12, 560)], "thread"),
                ),
            )
        )
        drawing.add(*buttons(spaced(262, 520, 5), 8, "shell", PEARL))
    drawing.add(*_neck_frill(torso))
    drawing.place("cuff", (204, 806), 4)
    drawing.place("elbow", (204, 560))
    drawing.place("collar", (AXIS - 60, 300))
    return drawing, frock


def _frill(sleeve: Sleeve, side: int) -> Items:
    x, y = sleeve.cuff
    waves: list[Knot] = [(x - 56, y - 6, 1), (x + 56, y + 4, 1), (x + 66, y + 34)]
    waves += [(x + 66 - step * 22, y + 38 + (6 if step % 2 else -3)) for step in range(1, 6)]
    waves.append((x - 66, y + 24))
    pleats = tuple(
        Fold([(x - 48 + i * 16, y), (x - 54 + i * 18, y + 34)], 8, 0.7 if i % 2 else -0.7)
        for i in range(7)
    )
    part = Part(smooth(waves), puff=6, lift=0.4, folds=pleats)
    return [part] if side < 0 else [twice(part)[1]]


def _neck_frill(torso: Torso) -> Items:
    y, neck, dip = torso.neck_y, torso.neck, torso.dip
    inner: list[Knot] = [
        (AXIS - neck + 2, y, 1),
        (AXIS - neck * 0.6, y + dip * 0.75),
        (AXIS, y + dip),
    ]
    outer: list[Knot] = [
        (AXIS - neck - 20, y + 10, 1),
        (AXIS - neck * 0.8, y + dip + 14),
        (AXIS, y + dip + 24),
    ]
    outline = smooth([*inner, *mirrored(inner)[1:], *reversed([*outer, *mirrored(outer)[1:]])])
    return [Part(outline, puff=6, lift=0.45, crease=0.6, sewn=edge_thread(outline, 3))]


def _summer(garment: Garment, dice: Random, *, back: bool) -> Made:
    frock = Frock(150, 190, 160, 380, 132, 540, 408, 1222)
    drawing = Drawing()
    for side in (-1, 1):
        strap = smooth(
            [
                (AXIS + side * 96, 160, 1),
                (AXIS + side * 146, 164, 1),
                (AXIS + side * 132, 330, 1),
                (AXIS + side * 76, 330, 1),
            ]
        )
        drawing.add(Part(strap, grain=side * 4, puff=7, lift=0.3, sewn=edge_thread(strap, 5)))
    _skirt(drawing, frock, dice, folds=14)
    drawing.add(*_gathers(frock, dice, 19))
    heart: list[Knot] = (
        [(AXIS, 330, 1), (AXIS - 60, 290), (AXIS - 128, 302, 1)]
        if not back
        else [(AXIS, 330), (AXIS - 128, 318, 1)]
    )
    left: list[Knot] = [*heart, (AXIS - 158, 340), (AXIS - 150, 420), (AXIS - 132, 540, 1)]
    bodice = smooth([*left, (AXIS, 550), *mirrored(left)[:-1]])
    drawing.add(
        Part(
            bodice,
            puff=12,
            lift=0.45,
            folds=_bodice_folds(frock, dice),
            sewn=(*edge_thread(bodice, 6), *_darts(frock, 420)),
        )
    )
    if not back:
        for side in (-1, 1):
            tab = smooth(
                [
                    (AXIS + side * 70, 298, 1),
                    (AXIS + side * 132, 294, 1),
                    (AXIS + side * 126, 356),
                    (AXIS + side * 104, 372),
                    (AXIS + side * 78, 356),
                ]
            )
            drawing.add(
                Part(tab, puff=6, lift=0.5, sewn=edge_thread(tab, 5)),
                Stud((AXIS + side * 103, 344), 12, "shell", PEARL),
            )
        drawing.add(*buttons(spaced(380, 510, 3), 10, "shell", PEARL))
    drawing.add(_waist_strip(frock, 40))
    drawing.place("button", (AXIS - 103, 344))
    drawing.place("collar", (AXIS - 60, 320))
    return drawing, frock


def _crepe(garment: Garment, dice: Random, *, back: bool) -> Made:
    frock = Frock(196, 212, 190, 420, 160, 600, 268, 1250)
    torso = frock.torso(70, 166, 14 if back else 40)
    sleeve = Sleeve(elbow=(252, 560), cuff=(240, 860), middle=56, end=36)
    base = SHADES[garment.colour]
    drawing = Drawing()
    for side in (-1, 1):
        drawing.add(sleeve_part(torso, sleeve, side, dice, ()))
    _skirt(drawing, frock, dice, folds=6)
    if not back:
        drawing.add(_neck_inside(torso))
    gathers = tuple(
        bent(
            (AXIS + s * (40 + 26 * i), 224),
            (AXIS + s * (60 + 20 * i), 330),
            4,
            12,
            0.5 if i % 2 else -0.5,
        )
        for s in (-1, 1)
        for i in range(4)
    )
    drawing.add(
        Part(
            torso.outline(),
            puff=12,
            lift=0.45,
            folds=(*_bodice_folds(frock, dice), *gathers),
            sewn=(
                Sewn(torso.armhole(-1), "seam"),
                Sewn(torso.armhole(1), "seam"),
                *_darts(frock, 460),
            ),
        )
    )
    drawing.add(_waist_strip(frock, 30))
    for side in (-1, 1):
        drawing.add(
            *[
                Stud((AXIS + side * (274 + i * -1), 786 + i * 26), 8, "cloth", lighter(base, 0.12))
                for i in range(3)
            ]
        )
    if back:
        drawing.add(*buttons(spaced(196, 330, 4), 8, "cloth", lighter(base, 0.12)))
    drawing.place("cuff", (262, 812), 80)
    drawing.place("elbow", (252, 560))
    drawing.place("collar", (AXIS - 40, 230))
    return drawing, frock
