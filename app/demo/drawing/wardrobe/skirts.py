"""Skirts on their own and as the lower half of dresses."""

from random import Random

from app.demo.drawing.garment import Garment
from app.demo.drawing.geometry import Knot, Line, mirrored, smooth
from app.demo.drawing.palette import BRASS, OCHRE_THREAD, SHADES
from app.demo.drawing.parts import Bar, Drawing, Fold, Item, Part, Sewn, Stud
from app.demo.drawing.wardrobe.closures import patch_pocket, twice
from app.demo.drawing.wardrobe.torso import AXIS, bent


def panel(top_y: float, half_top: float, half_hem: float, hem_y: float, side: int = 0) -> Line:
    """A flared piece: the whole skirt (side 0) or its left (-1) or right (1) half."""
    hip = half_top + (half_hem - half_top) * 0.46
    left: list[Knot] = [
        (AXIS - half_top, top_y, 1),
        (AXIS - hip, top_y + (hem_y - top_y) * 0.36),
        (AXIS - half_hem, hem_y - 18, 1),
        (AXIS - half_hem * 0.5, hem_y + 12),
    ]
    if side == 0:
        return smooth([*left, (AXIS, hem_y + 20), *mirrored(left)])
    half = smooth([*left, (AXIS, hem_y + 20, 1), (AXIS, top_y, 1)])
    return half if side < 0 else [(2 * AXIS - x, y) for x, y in half]


def fall(
    dice: Random, top_y: float, half_top: float, half_hem: float, hem_y: float, count: int = 9
) -> tuple[Fold, ...]:
    """Soft folds fanning out towards the hem."""
    folds = []
    for index in range(count):
        share = (index + 0.5) / count * 2 - 1 + dice.uniform(-0.06, 0.06)
        start = top_y + (hem_y - top_y) * dice.uniform(0.12, 0.45)
        x0 = AXIS + share * (half_top + (half_hem - half_top) * (start - top_y) / (hem_y - top_y))
        depth = dice.uniform(0.5, 0.95) * (1 if index % 2 else -1)
        folds.append(
            bent(
                (x0, start),
                (AXIS + share * half_hem * 0.98, hem_y - 4),
                dice.uniform(-12, 12),
                dice.uniform(28, 50),
                depth,
            )
        )
    return tuple(folds)


def gores(
    dice: Random, top_y: float, half_top: float, half_hem: float, hem_y: float, *, folds: int = 9
) -> list[Item]:
    """Left and right halves whose weave follows their flare."""
    items: list[Item] = []
    waves = fall(dice, top_y, half_top, half_hem, hem_y, folds)
    lean = (half_hem - half_top) / 2 / (hem_y - top_y) * 57.3
    hem: Line = smooth(
        [(AXIS - half_hem, hem_y - 46), (AXIS, hem_y - 8), (AXIS + half_hem, hem_y - 46)],
        closed=False,
    )
    for side in (-1, 1):
        mine = tuple(fold for fold in waves if (fold.line[-1][0] - AXIS) * side > -8)
        items.append(
            Part(
                panel(top_y, half_top, half_hem, hem_y, side),
                grain=-side * lean,
                puff=13 if side < 0 else 12,
                lift=0.0,
                folds=mine,
                sewn=(Sewn(hem, "thread"), Sewn([(AXIS, top_y), (AXIS, hem_y + 20)], "seam")),
            )
        )
    return items


def skirt(garment: Garment, dice: Random, *, back: bool) -> Drawing:
    """A skirt with its waistband."""
    styles = {"kilt": _kilt, "denim": _denim}
    drawing = styles.get(garment.cut.style, _aline)(garment, dice, back=back)
    drawing.place("waist", (AXIS - 70, 330))
    if garment.cut.style == "kilt":
        drawing.place("waist", (AXIS + 158, 296))
    drawing.place("collar", (AXIS - 70, 330))
    drawing.place("hem", (AXIS - 140, 1098))
    drawing.place("front", (AXIS - 90, 640))
    drawing.places.setdefault("button", (AXIS, 480, 90))
    drawing.places.setdefault("pocket", (AXIS - 150, 520, 0))
    return drawing


def waistband(half: float, y: float, high: float = 54, cloth: str = "main") -> Part:
    """A straight band with a row of thread along both edges."""
    outline = smooth(
        [
            (AXIS - half, y, 1),
            (AXIS, y + 10),
            (AXIS + half, y, 1),
            (AXIS + half + 5, y + high, 1),
            (AXIS, y + high + 12),
            (AXIS - half - 5, y + high, 1),
        ]
    )
    rows = tuple(
        Sewn([(AXIS - half, y + dy), (AXIS, y + 10 + dy), (AXIS + half, y + dy)], "thread")
        for dy in (8, high - 7)
    )
    return Part(outline, cloth, puff=8, lift=0.35, crease=0.3, sewn=rows)


def _rim(half: float, y: float) -> Part:
    outline = smooth(
        [(AXIS - half, y + 4, 1), (AXIS, y - 18), (AXIS + half, y + 4, 1), (AXIS, y + 26)]
    )
    return Part(outline, "inside", tone=-0.25, puff=4, lift=0.0, crease=0.1)


def _aline(_garment: Garment, dice: Random, *, back: bool) -> Drawing:
    drawing = Drawing()
    drawing.add(_rim(172, 270), *gores(dice, 300, 176, 330, 1090))
    dart: Line = [(AXIS - 88, 322), (AXIS - 96, 450)]
    for line in (dart, [(2 * AXIS - x, y) for x, y in dart]):
        (x0, y0), (x1, y1) = line
        drawing.add(Part([(x0 - 3, y0), (x0 + 3, y0), (x1, y1)], lift=0.3, puff=4))
    if back:
        drawing.add(Bar([(AXIS, 322), (AXIS, 520)], 11, "zip", BRASS))
        vent = Part(
            [(AXIS - 4, 900), (AXIS + 8, 900), (AXIS + 14, 1108), (AXIS - 2, 1108)],
            lift=0.5,
            puff=5,
        )
        drawing.add(vent)
    drawing.add(waistband(172, 268))
    return drawing


def _kilt(garment: Garment, dice: Random, *, back: bool) -> Drawing:
    drawing = Drawing()
    drawing.add(_rim(184, 284))
    count, top, bottom = 15, 318.0, 1070.0
    order = range(count) if not back else range(count - 1, -1, -1)
    for index in order:
        a0 = AXIS - 190 + 380 * index / count
        b0 = AXIS - 318 + 636 * index / count
        a1, b1 = a0 + 380 / count + 9, b0 + 636 / count + 14
        dip = 14 * (1 - (2 * index / count - 1) ** 2)
        lean = (b0 - a0) / (bottom - top) * -57.3
        pleat: Line = [(a0, top), (a1, top), (b1, bottom + dip), (b0, bottom + dip + 2)]
        ridge = Fold(
            [((a0 + a1) / 2, top + 200), ((b0 + b1) / 2, bottom)], 20, dice.uniform(0.3, 0.6)
        )
        drawing.add(Part(pleat, grain=lean, puff=6, lift=0.42, crease=0.6, folds=(ridge,)))
    if not back:
        apron = smooth(
            [
                (AXIS - 60, top - 2, 1),
                (AXIS + 188, top - 2, 1),
                (AXIS + 308, bottom + 8, 1),
                (AXIS + 90, bottom + 20),
                (AXIS - 96, bottom + 22, 1),
            ]
        )
        edge: Line = [(AXIS - 56, top), (AXIS - 92, bottom + 20)]
        fringe = tuple(
            Sewn([(x, y), (x - 13, y + 4)], "ink", width=0.8) for x, y in _steps(edge, 46)
        )
        drawing.add(
            *[Bar([s.line[0], s.line[1]], 2.6, "cord", SHADES[garment.colour]) for s in fringe]
        )
        drawing.add(
            Part(apron, grain=-3, puff=9, lift=0.6, folds=fall(dice, top, 120, 200, bottom, 4))
        )
    drawing.add(waistband(186, 280, 50))
    if not back:
        for y in (300, 392):
            drawing.add(*_strap(y))
        drawing.add(
            Bar([(AXIS - 52, 860), (AXIS - 20, 1000)], 9, "metal", BRASS),
            Stud((AXIS - 53, 856), 12, "rivet", BRASS),
        )
    return drawing


def _steps(line: Line, count: int) -> Line:
    (x0, y0), (x1, y1) = line[0], line[-1]
    return [(x0 + (x1 - x0) * i / count, y0 + (y1 - y0) * i / count) for i in range(count + 1)]


def _strap(y: float) -> list[Item]:
    x = AXIS + 118
    strap = smooth(
        [
            (x - 92, y - 12, 1),
            (x + 62, y - 12, 1),
            (x + 76, y),
            (x + 62, y + 12, 1),
            (x - 92, y + 12, 1),
        ]
    )
    frame: Line = [
        (x - 10, y - 20),
        (x + 16, y - 20),
        (x + 16, y + 20),
        (x - 10, y + 20),
        (x - 10, y - 20),
    ]
    return [
        Part(
            strap,
            "leather",
            puff=5,
            lift=0.55,
            crease=0.1,
            sewn=(
                Sewn([(x - 88, y - 7), (x + 60, y - 7)], "thread"),
                Sewn([(x - 88, y + 7), (x + 60, y + 7)], "thread"),
            ),
        ),
        Bar(frame, 6, "metal", BRASS),
        Bar([(x + 3, y), (x + 22, y)], 4, "metal", BRASS),
    ]


def _denim(garment: Garment, dice: Random, *, back: bool) -> Drawing:
    drawing = Drawing()
    drawing.add(_rim(176, 270), *gores(dice, 300, 180, 306, 1096, folds=7))
    ragged = [
        (AXIS - 304 + i * 15.2, 1080 + 20 * (1 - ((i - 20) / 20) ** 2) + dice.uniform(0, 16))
        for i in range(41)
    ]
    for x, y in ragged:
        drawing.add(
            Bar([(x, y - 8), (x + dice.uniform(-5, 5), y + 12)], 2.0, "cord", (206, 212, 218))
        )
    pocket = patch_pocket(AXIS - 150, 470, 150, 170, round_=0, point=18)
    rows = tuple(Sewn(s.line, s.stitch, OCHRE_THREAD) for s in pocket.sewn)
    part = Part(pocket.outline, puff=6, lift=0.4, crease=0.6, folds=pocket.folds, sewn=rows)
    drawing.add(*twice(part))
    drawing.place("pocket", (AXIS - 150, 490))
    if not back:
        strip = Part(
            [(AXIS - 28, 300), (AXIS + 28, 300), (AXIS + 30, 1112), (AXIS - 30, 1112)],
            puff=6,
            lift=0.5,
            sewn=(
                Sewn([(AXIS - 20, 300), (AXIS - 22, 1112)], "thread", OCHRE_THREAD),
                Sewn([(AXIS + 20, 300), (AXIS + 22, 1112)], "thread", OCHRE_THREAD),
            ),
        )
        drawing.add(strip)
    drawing.add(waistband(176, 268, 56))
    if not back:
        drawing.add(
            *[
                Stud((AXIS, y), 14, "metal", BRASS, turn=y)
                for y in (298, 400, 512, 624, 736, 848, 960)
            ]
        )
        drawing.place("button", (AXIS, 512), 90)
    drawing.fades.append((AXIS - 40, 760, 190, 260, garment.wear * 0.4))
    return drawing
