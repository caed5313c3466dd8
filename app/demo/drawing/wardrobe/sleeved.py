"""Dresses with sleeves: tea dress, nightdress, crêpe."""

from random import Random

from app.demo.drawing.garment import Garment
from app.demo.drawing.geometry import Knot, mirrored, smooth
from app.demo.drawing.palette import PEARL, SHADES, lighter
from app.demo.drawing.parts import Drawing, Fold, Part, Sewn, Stud
from app.demo.drawing.wardrobe.closures import buttons, spaced, twice
from app.demo.drawing.wardrobe.collars import edge_thread
from app.demo.drawing.wardrobe.frocks import (
    Frock,
    Items,
    Made,
    bodice_folds,
    darts,
    gathers,
    neck_inside,
    skirt,
    waist_strip,
)
from app.demo.drawing.wardrobe.torso import AXIS, Sleeve, Torso, bent, cuff_band, sleeve_part


def tea(garment: Garment, dice: Random, *, back: bool) -> Made:
    frock = Frock(186, 214, 180, 420, 138, 560, 330, 1250)
    torso = frock.torso(80, 172, 20 if back else 60)
    sleeve = Sleeve(elbow=(300, 380), cuff=(276, 442), end=58, lean=-48, short=True)
    drawing = Drawing()
    for side in (-1, 1):
        drawing.add(
            sleeve_part(torso, sleeve, side, dice, (Sewn(sleeve.cuff_line(side, 18), "thread"),))
        )
    skirt(drawing, frock, dice, folds=11)
    drawing.add(*gathers(frock, dice))
    if not back:
        drawing.add(neck_inside(torso))
    drawing.add(
        Part(
            torso.outline(),
            puff=11,
            lift=0.45,
            folds=bodice_folds(frock, dice),
            sewn=(
                Sewn(torso.armhole(-1), "seam"),
                Sewn(torso.armhole(1), "seam"),
                *darts(frock, 470),
            ),
        )
    )
    if not back:
        drawing.add(*_surplice(frock))
    drawing.add(waist_strip(frock, 34))
    if not back:
        drawing.add(
            *buttons(
                spaced(612, 760, 4), 9, "cloth", lighter(SHADES[garment.colour], 0.12), x=AXIS + 96
            )
        )
    drawing.place("collar", (AXIS - 10, 400))
    drawing.place("cuff", (270, 466), -20)
    return drawing, frock


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
    parts: Items = [Part(hollow, "inside", tone=-0.24, puff=5, lift=0.0)]
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


def nightdress(_garment: Garment, dice: Random, *, back: bool) -> Made:
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


def crepe(garment: Garment, dice: Random, *, back: bool) -> Made:
    frock = Frock(196, 212, 190, 420, 160, 600, 268, 1250)
    torso = frock.torso(70, 166, 14 if back else 40)
    sleeve = Sleeve(elbow=(252, 560), cuff=(240, 860), middle=56, end=36)
    base = SHADES[garment.colour]
    drawing = Drawing()
    for side in (-1, 1):
        drawing.add(sleeve_part(torso, sleeve, side, dice, ()))
    skirt(drawing, frock, dice, folds=6)
    if not back:
        drawing.add(neck_inside(torso))
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
            folds=(*bodice_folds(frock, dice), *gathers),
            sewn=(
                Sewn(torso.armhole(-1), "seam"),
                Sewn(torso.armhole(1), "seam"),
                *darts(frock, 460),
            ),
        )
    )
    drawing.add(waist_strip(frock, 30))
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
