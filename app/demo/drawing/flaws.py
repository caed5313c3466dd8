"""Faults seen close up, laid on a table before it is developed, and the pin that numbers them."""

import math
from collections.abc import Callable
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from app.demo.drawing.cloth.dye import Dye
from app.demo.drawing.garment import Flaw, Garment
from app.demo.drawing.geometry import Knot, Line, ellipse, smooth
from app.demo.drawing.lettering import fitted
from app.demo.drawing.noise import cloud, gain
from app.demo.drawing.palette import AMBER, HORN, SHADES, Colour, brightness, darker, lighter, mix
from app.demo.drawing.parts import Bar, Drawing, Fold, Part, Sewn, Stud
from app.demo.drawing.table import Bolt, Table
from app.demo.drawing.wardrobe.torso import bent

REACH = 320
"""Half the side of the square around a flaw, in picture pixels."""
Place = tuple[float, float, float]


def lay_flaw(table: Table, garment: Garment, at: Place, dice: Random) -> None:
    """Lay the garment's marked flaw at a drawing point whose edge runs at an angle."""
    if garment.mark is not None:
        _FLAWS[garment.mark.flaw](table, garment, at, dice)


def pin(image: Image.Image, at: tuple[float, float], number: int) -> None:
    """Stick the numbered amber pin beside a picture point."""
    x, y = at[0] + 168, at[1] - 150
    left, top = round(x - 80), round(y - 80)
    side = 160
    big = Image.new("L", (side * 2, side * 2))
    ImageDraw.Draw(big).ellipse(
        (side - 84 + 8, side - 84 + 16, side + 84 + 8, side + 84 + 16), fill=150
    )
    image.paste((30, 22, 16), (left, top), big.filter(ImageFilter.GaussianBlur(12)).reduce(2))
    _line(image, at, (x, y))
    for radius, colour in ((42, (255, 250, 238)), (37, AMBER)):
        disc = Image.new("L", (side * 4, side * 4))
        middle = side * 2
        ImageDraw.Draw(disc).ellipse(
            (middle - radius * 4, middle - radius * 4, middle + radius * 4, middle + radius * 4),
            fill=255,
        )
        image.paste(colour, (left, top), disc.reduce(4))
    figure = fitted(str(number), 44, 50)
    image.paste(
        (255, 250, 238), (round(x - figure.width / 2), round(y - figure.height / 2)), figure
    )


def _line(image: Image.Image, at: tuple[float, float], end: tuple[float, float]) -> None:
    length = math.dist(at, end)
    start = (at[0] + (end[0] - at[0]) * 62 / length, at[1] + (end[1] - at[1]) * 62 / length)
    mask = Image.new("L", (image.width, image.height))
    box = (
        int(min(start[0], end[0]) - 12),
        int(min(start[1], end[1]) - 12),
        int(max(start[0], end[0]) + 12),
        int(max(start[1], end[1]) + 12),
    )
    small = Image.new("L", ((box[2] - box[0]) * 4, (box[3] - box[1]) * 4))
    draw = ImageDraw.Draw(small)
    a = ((start[0] - box[0]) * 4, (start[1] - box[1]) * 4)
    b = ((end[0] - box[0]) * 4, (end[1] - box[1]) * 4)
    draw.line([a, b], fill=255, width=12)
    draw.ellipse((a[0] - 22, a[1] - 22, a[0] + 22, a[1] + 22), fill=255)
    del mask
    image.paste((255, 250, 238), box[:2], small.reduce(4))


def _square(table: Table, at: Place) -> tuple[int, int, int, int]:
    x, y = table.placement.point(at)
    left, top = round(x) - REACH, round(y) - REACH
    return left, top, left + 2 * REACH, top + 2 * REACH


def _blot(seed: int, radius: float, *, ragged: float = 1.0) -> Image.Image:
    """An irregular blob as a mask, in the square around the flaw."""
    side = REACH * 2
    ball = Image.new("L", (side // 4, side // 4))
    middle = side / 8
    ImageDraw.Draw(ball).ellipse(
        (middle - radius / 4, middle - radius / 4, middle + radius / 4, middle + radius / 4),
        fill=210,
    )
    soft = ball.filter(ImageFilter.GaussianBlur(radius / 9)).resize(
        (side, side), Image.Resampling.BICUBIC
    )
    noise = cloud(seed, (side, side), (radius * 0.5, radius * 0.42))
    mixed = ImageChops.add(soft, gain(noise, ragged), 1, -128)
    return mixed.point([min(255, max(0, (v - 96) * 9)) for v in range(256)])


def _tint(table: Table, at: Place, colour: Colour, mask: Image.Image) -> None:
    """Multiply the cloth by a colour where the mask is."""
    box = _square(table, at)
    region = table.colour.crop(box)
    stained = ImageChops.multiply(region, Image.new("RGB", region.size, colour))
    mask = ImageChops.multiply(mask, table.cover.crop(box))
    region.paste(stained, (0, 0), mask)
    table.colour.paste(region, box[:2])


def _whiten(table: Table, at: Place, mask: Image.Image, share: float = 0.6) -> None:
    """Move the cloth towards white where the mask is."""
    box = _square(table, at)
    region = table.colour.crop(box)
    pale = Image.blend(region, Image.new("RGB", region.size, (236, 230, 218)), share)
    mask = ImageChops.multiply(mask, table.cover.crop(box))
    region.paste(pale, (0, 0), mask)
    table.colour.paste(region, box[:2])


def _stain(table: Table, garment: Garment, at: Place, dice: Random) -> None:
    seed = garment.seed + (garment.mark.number if garment.mark else 0)
    colour = (176, 140, 92) if brightness(SHADES[garment.colour]) > 0.35 else (120, 104, 90)
    blot = _blot(seed, 86)
    body = blot.filter(ImageFilter.GaussianBlur(5)).point([round(v * 0.55) for v in range(256)])
    rim = ImageChops.subtract(
        blot.filter(ImageFilter.GaussianBlur(2)), blot.filter(ImageFilter.GaussianBlur(9))
    )
    _tint(table, at, colour, body)
    _tint(table, at, darker(colour, 0.25), rim.point([min(255, v * 2) for v in range(256)]))
    for index in range(3):
        angle = dice.uniform(0, 6.3)
        x, y = at[0] + 56 * math.cos(angle), at[1] + 52 * math.sin(angle)
        _tint(
            table,
            (x, y, 0),
            colour,
            _blot(seed + index, 16).point([round(v * 0.5) for v in range(256)]),
        )


def _fade(table: Table, garment: Garment, at: Place, dice: Random) -> None:
    side = REACH * 2
    mask = Image.new("L", (side, side))
    draw = ImageDraw.Draw(mask)
    draw.ellipse((60, REACH - 74, side - 60, REACH + 74), fill=190)
    draw.ellipse((110, REACH - 20, side - 110, REACH + 14), fill=255)
    mask = mask.filter(ImageFilter.GaussianBlur(24)).rotate(-at[2] - 8, Image.Resampling.BICUBIC)
    patchy = ImageChops.multiply(mask, gain(cloud(garment.seed, mask.size, (40, 9)), 0.6, 60))
    _whiten(table, at, patchy, 0.5)
    del dice


def _scuff(table: Table, garment: Garment, at: Place, dice: Random) -> None:
    side = REACH * 2
    mask = Image.new("L", (side, side))
    draw = ImageDraw.Draw(mask)
    for _ in range(34):
        x, y = REACH + dice.gauss(0, 60), REACH + dice.gauss(0, 34)
        long, lean = dice.uniform(10, 70), dice.uniform(-0.5, 0.2)
        draw.line(
            [(x, y), (x + long, y + long * lean)],
            fill=dice.randrange(120, 255),
            width=dice.choice((1, 2, 2, 4)),
        )
    blot = (
        _blot(garment.seed, 70)
        .filter(ImageFilter.GaussianBlur(8))
        .point([round(v * 0.42) for v in range(256)])
    )
    rough = ImageChops.multiply(blot, gain(cloud(garment.seed + 2, blot.size, (7, 4)), 1.2, 40))
    _whiten(table, at, ImageChops.lighter(mask.filter(ImageFilter.GaussianBlur(0.8)), rough), 0.55)


def _cover_with(table: Table, *items: Part | Bar | Stud) -> None:
    drawing = Drawing()
    drawing.add(*items)
    table.lay(drawing, table.bolts)


def _yarn(garment: Garment) -> Colour:
    base = SHADES[garment.colour]
    return lighter(base, 0.16) if brightness(base) < 0.55 else darker(base, 0.14)


def _darn(table: Table, garment: Garment, at: Place, dice: Random) -> None:
    x, y, _ = at
    yarn = _yarn(garment)
    pad = smooth(
        [
            (
                x + 34 * math.cos(a) * dice.uniform(0.9, 1.1),
                y + 30 * math.sin(a) * dice.uniform(0.9, 1.1),
            )
            for a in (0, 0.8, 1.6, 2.4, 3.1, 3.9, 4.7, 5.5)
        ]
    )
    _cover_with(table, Part(pad, "main", tone=-0.06, puff=7, lift=0.2))
    for step in range(-8, 9):
        reach = 34 * math.sqrt(max(0.06, 1 - (step / 9.5) ** 2)) + dice.uniform(1, 6)
        line: Line = [
            (x + step * 3.7, y - reach),
            (x + step * 3.7 + dice.uniform(-0.7, 0.7), y + reach),
        ]
        _cover_with(
            table, Bar(line, 2.5, "cord", mix(yarn, SHADES[garment.colour], dice.uniform(0, 0.3)))
        )
    for step in range(-8, 9):
        reach = 31 * math.sqrt(max(0.06, 1 - (step / 9.5) ** 2))
        over = [x - reach + i * 7.4 + (step % 2) * 3.7 for i in range(int(2 * reach / 7.4) + 1)]
        _cover_with(
            table,
            *[
                Bar([(px, y + step * 3.6), (px + 3.9, y + step * 3.6)], 2.6, "lace", yarn)
                for px in over
            ],
        )


def _torn_edge(at: Place, reach: float, dice: Random, count: int = 16) -> Line:
    x, y, _ = at
    knots: list[Knot] = []
    for index in range(count):
        angle = 2 * math.pi * index / count
        r = reach * dice.uniform(0.62, 1.12)
        knots.append((x + r * math.cos(angle), y + r * 0.86 * math.sin(angle)))
    return smooth(knots, steps=4)


def _hole(table: Table, garment: Garment, at: Place, dice: Random) -> None:
    yarn = _yarn(garment)
    for dx, dy, reach in ((0, 0, 13), (44, 30, 5.5), (-34, 40, 4)):
        spot = (at[0] + dx, at[1] + dy, 0.0)
        edge = _torn_edge(spot, reach, dice)
        _cover_with(table, Part(edge, "dark", tone=-0.3, puff=3, lift=0.0, crease=0.0))
        for x, y in edge[:: max(1, len(edge) // 16)]:
            inward = (
                (spot[0] - x) * dice.uniform(0.2, 0.7),
                (spot[1] - y) * dice.uniform(0.2, 0.7),
            )
            _cover_with(
                table,
                Bar(
                    [(x - inward[0] * 0.3, y - inward[1] * 0.3), (x + inward[0], y + inward[1])],
                    1.3,
                    "lace",
                    yarn,
                ),
            )


def _fray(table: Table, garment: Garment, at: Place, dice: Random) -> None:
    angle = math.radians(at[2])
    along, out = (math.cos(angle), math.sin(angle)), (-math.sin(angle), math.cos(angle))
    pale = mix(SHADES[garment.colour], (232, 226, 212), 0.62)
    side = REACH * 2
    worn = Image.new("L", (side, side))
    ImageDraw.Draw(worn).ellipse((70, REACH - 34, side - 70, REACH + 30), fill=220)
    worn = worn.filter(ImageFilter.GaussianBlur(14)).rotate(-at[2], Image.Resampling.BICUBIC)
    _whiten(
        table,
        at,
        ImageChops.multiply(worn, gain(cloud(garment.seed, worn.size, (10, 5)), 1.6)),
        0.6,
    )
    for _ in range(54):
        t = dice.gauss(0, 34)
        start = (
            at[0] + along[0] * t + out[0] * dice.uniform(-7, 2),
            at[1] + along[1] * t + out[1] * dice.uniform(-7, 2),
        )
        long, lean = dice.uniform(6, 18), dice.uniform(-0.8, 0.8)
        end = (
            start[0] + (out[0] + along[0] * lean) * long,
            start[1] + (out[1] + along[1] * lean) * long,
        )
        middle = ((start[0] + end[0]) / 2 + dice.uniform(-2, 2), (start[1] + end[1]) / 2)
        _cover_with(
            table,
            Bar(
                smooth([start, middle, end], closed=False, steps=5),
                1.2,
                "lace",
                mix(pale, SHADES[garment.colour], dice.uniform(0, 0.6)),
            ),
        )


def _missing(table: Table, garment: Garment, at: Place, dice: Random) -> None:
    """A button that was replaced: not quite its neighbours' colour, sewn with new thread."""
    colour = mix(HORN, (206, 180, 140), 0.6)
    x, y, _ = at
    ring = ellipse(x + 1, y + 1, 19, 19)
    _cover_with(table, Part(ring, "main", tone=-0.1, puff=3, lift=0.0, crease=0.3))
    _cover_with(table, Stud((x, y), 14, "horn", colour, turn=dice.randrange(90)))


def _patch(table: Table, garment: Garment, at: Place, dice: Random) -> None:
    x, y, _ = at
    other = _patch_bolt(garment, table.placement.scale)
    turn = dice.uniform(-0.12, 0.12)
    corners = [(-62, -56), (60, -60), (66, 54), (-58, 60)]
    outline = [
        (
            x + px * math.cos(turn) - py * math.sin(turn),
            y + px * math.sin(turn) + py * math.cos(turn),
        )
        for px, py in corners
    ]
    knots: list[Knot] = [(*point, 1) for point in outline]
    inner = [(x + (px - x) * 0.88, y + (py - y) * 0.88) for px, py in outline]
    row = smooth([(*point, 1) for point in [*inner, inner[0]]], closed=False)
    thread = (226, 214, 190) if brightness(SHADES[garment.colour]) < 0.6 else (150, 140, 124)
    part = Part(
        smooth(knots),
        "patch",
        grain=math.degrees(turn) + 4,
        puff=6,
        lift=0.5,
        folds=(bent((x - 40, y + 30), (x + 46, y - 20), 6, 22, 0.4),),
        sewn=(Sewn(row, "thread", thread, 1.2),),
    )
    drawing = Drawing()
    drawing.add(part)
    table.lay(drawing, {**table.bolts, "patch": other})


def _patch_bolt(garment: Garment, scale: float) -> Bolt:
    base = SHADES[garment.colour]
    pale = brightness(base) > 0.7
    colour = (
        darker(base, 0.1)
        if pale
        else SHADES["indigo"]
        if garment.fabric == "denim"
        else mix(base, (120, 120, 120), 0.3)
    )
    return Bolt("linen" if pale else "denim", Dye(colour, colour, scale, 4), 0.3)


def _pull(table: Table, garment: Garment, at: Place, dice: Random) -> None:
    x, y, _ = at
    yarn = _yarn(garment)
    tight: Line = smooth(
        [(x - 70, y + 3), (x - 20, y - 1), (x + 24, y + 1), (x + 74, y - 2)], closed=False
    )
    _cover_with(table, Bar(tight, 1.1, "lace", darker(SHADES[garment.colour], 0.25)))
    loop = smooth(
        [
            (x - 4, y),
            (x - 16, y - 20),
            (x - 2, y - 36),
            (x + 16, y - 28),
            (x + 12, y - 8),
            (x + 3, y + 1),
        ],
        closed=False,
    )
    _cover_with(table, Bar(loop, 2.2, "cord", yarn))
    second = smooth(
        [(x + 22, y + 1), (x + 30, y + 16), (x + 40, y + 12), (x + 34, y)], closed=False
    )
    _cover_with(table, Bar(second, 1.8, "cord", yarn))
    del dice


def _pilling(table: Table, garment: Garment, at: Place, dice: Random) -> None:
    yarn = lighter(SHADES[garment.colour], 0.16)
    for _ in range(46):
        x, y = at[0] + dice.gauss(0, 40), at[1] + dice.gauss(0, 34)
        radius = dice.uniform(1.6, 4.4)
        ball = smooth(
            [
                (
                    x + radius * dice.uniform(0.8, 1.2) * math.cos(a),
                    y + radius * dice.uniform(0.7, 1.1) * math.sin(a),
                )
                for a in (0, 1, 2, 3.1, 4.2, 5.2)
            ],
            steps=4,
        )
        _cover_with(
            table, Part(ball, "main", tone=dice.uniform(0.02, 0.2), puff=3, lift=0.5, crease=0.0)
        )
        hair = smooth([(x, y), (x + dice.uniform(-7, 7), y - dice.uniform(2, 8))], closed=False)
        _cover_with(table, Bar(hair, 0.7, "lace", yarn))


def _tear(table: Table, garment: Garment, at: Place, dice: Random) -> None:
    angle = math.radians(at[2] + 4)
    cos, sin = math.cos(angle), math.sin(angle)

    def to(px: float, py: float) -> tuple[float, float]:
        return at[0] + px * cos - py * sin, at[1] + px * sin + py * cos

    gap = smooth(
        [
            (*to(-64, 0), 1),
            to(-30, -5),
            to(6, -8),
            to(40, -4),
            (*to(70, 0), 1),
            to(38, 4),
            to(4, 8),
            to(-32, 5),
        ]
    )
    _cover_with(table, Part(gap, "dark", tone=-0.2, puff=4, lift=0.0, crease=0.0))
    thread = _yarn(garment)
    for px in (-58, -44, 52, 62):
        start, end = to(px, -9), to(px + dice.uniform(4, 9), dice.uniform(2, 9))
        _cover_with(table, Bar([start, end], 1.6, "lace", thread))
    loose = smooth([to(-6, -7), to(-14, 10), to(2, 18), to(-8, 34)], closed=False)
    _cover_with(table, Bar(loose, 1.3, "lace", thread))


def _crack(table: Table, garment: Garment, at: Place, dice: Random) -> None:
    base = SHADES[garment.colour] if garment.fabric == "leather" else SHADES["chestnut"]
    for offset, long in ((-9, 74), (8, 58)):
        points: Line = [
            (at[0] - long + i * long / 5, at[1] + offset + dice.uniform(-4, 4)) for i in range(11)
        ]
        pale = [(x + 0.6, y + 1.2) for x, y in points]
        _cover_with(
            table, Bar(smooth(pale, closed=False, steps=4), 2.6, "lace", lighter(base, 0.4))
        )
        _cover_with(
            table, Bar(smooth(points, closed=False, steps=4), 1.3, "lace", darker(base, 0.8))
        )
        for _ in range(5):
            x, y = dice.choice(points)
            branch = [(x, y), (x + dice.uniform(-9, 9), y + dice.uniform(-11, 11))]
            _cover_with(table, Bar(branch, 0.9, "lace", darker(base, 0.7)))


_FLAWS: dict[Flaw, Callable[[Table, Garment, Place, Random], None]] = {
    "stain": _stain,
    "darn": _darn,
    "hole": _hole,
    "fray": _fray,
    "fade": _fade,
    "scuff": _scuff,
    "missing": _missing,
    "patch": _patch,
    "pull": _pull,
    "pilling": _pilling,
    "tear": _tear,
    "crack": _crack,
}
