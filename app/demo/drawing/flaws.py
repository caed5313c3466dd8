"""Faults seen close up, laid on a table before it is developed."""

import math
from collections.abc import Callable
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from app.demo.drawing.garment import Flaw, Garment
from app.demo.drawing.geometry import Knot, Line, smooth
from app.demo.drawing.mends import Place, cover_with, darn, missing, patch, yarn_for
from app.demo.drawing.noise import cloud, gain
from app.demo.drawing.palette import SHADES, Colour, brightness, darker, lighter, mix
from app.demo.drawing.parts import Bar, Part
from app.demo.drawing.table import Table

REACH = 320


"""Half the side of the square around a flaw, in picture pixels."""


def lay_flaw(table: Table, garment: Garment, at: Place, dice: Random) -> None:
    """Lay the garment's marked flaw at a drawing point whose edge runs at an angle."""
    if garment.mark is not None:
        _FLAWS[garment.mark.flaw](table, garment, at, dice)


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


def _fade(table: Table, garment: Garment, at: Place, _dice: Random) -> None:
    side = REACH * 2
    mask = Image.new("L", (side, side))
    draw = ImageDraw.Draw(mask)
    draw.ellipse((60, REACH - 74, side - 60, REACH + 74), fill=190)
    draw.ellipse((110, REACH - 20, side - 110, REACH + 14), fill=255)
    mask = mask.filter(ImageFilter.GaussianBlur(30)).rotate(-at[2] - 8, Image.Resampling.BICUBIC)
    patchy = ImageChops.multiply(mask, gain(cloud(garment.seed, mask.size, (60, 22)), 0.4, 90))
    _whiten(table, at, patchy, 0.3)


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


def _torn_edge(at: Place, reach: float, dice: Random, count: int = 16) -> Line:
    x, y, _ = at
    knots: list[Knot] = []
    for index in range(count):
        angle = 2 * math.pi * index / count
        r = reach * dice.uniform(0.62, 1.12)
        knots.append((x + r * math.cos(angle), y + r * 0.86 * math.sin(angle)))
    return smooth(knots, steps=4)


def _hole(table: Table, garment: Garment, at: Place, dice: Random) -> None:
    yarn = yarn_for(garment)
    for dx, dy, reach in ((0, 0, 13), (44, 30, 5.5), (-34, 40, 4)):
        spot = (at[0] + dx, at[1] + dy, 0.0)
        edge = _torn_edge(spot, reach, dice)
        cover_with(table, Part(edge, "dark", tone=-0.3, puff=3, lift=0.0, crease=0.0))
        for x, y in edge[:: max(1, len(edge) // 16)]:
            inward = (
                (spot[0] - x) * dice.uniform(0.2, 0.7),
                (spot[1] - y) * dice.uniform(0.2, 0.7),
            )
            cover_with(
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
        cover_with(
            table,
            Bar(
                smooth([start, middle, end], closed=False, steps=5),
                1.2,
                "lace",
                mix(pale, SHADES[garment.colour], dice.uniform(0, 0.6)),
            ),
        )


def _pull(table: Table, garment: Garment, at: Place, _dice: Random) -> None:
    x, y, _ = at
    yarn = yarn_for(garment)
    tight: Line = smooth(
        [(x - 70, y + 3), (x - 20, y - 1), (x + 24, y + 1), (x + 74, y - 2)], closed=False
    )
    cover_with(table, Bar(tight, 1.1, "lace", darker(SHADES[garment.colour], 0.25)))
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
    cover_with(table, Bar(loop, 2.2, "cord", yarn))
    second = smooth(
        [(x + 22, y + 1), (x + 30, y + 16), (x + 40, y + 12), (x + 34, y)], closed=False
    )
    cover_with(table, Bar(second, 1.8, "cord", yarn))


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
        cover_with(
            table, Part(ball, "main", tone=dice.uniform(0.02, 0.2), puff=3, lift=0.5, crease=0.0)
        )
        hair = smooth([(x, y), (x + dice.uniform(-7, 7), y - dice.uniform(2, 8))], closed=False)
        cover_with(table, Bar(hair, 0.7, "lace", yarn))


def _tear(table: Table, garment: Garment, at: Place, dice: Random) -> None:
    angle = math.radians(at[2] + 4)
    cos, sin = math.cos(angle), math.sin(angle)

    def to(px: float, py: float) -> tuple[float, float]:
        return at[0] + px * cos - py * sin, at[1] + px * sin + py * cos

    gap = smooth(
        [
            (*to(-40, 0), 1),
            to(-20, -4),
            to(2, -7),
            to(24, -4),
            (*to(42, 0), 1),
            to(24, 4),
            to(2, 7),
            to(-20, 4),
        ]
    )
    cover_with(table, Part(gap, "dark", tone=-0.2, puff=4, lift=0.0, crease=0.0))
    thread = yarn_for(garment)
    for px in (-36, -28, 30, 37):
        start, end = to(px, -9), to(px + dice.uniform(4, 9), dice.uniform(2, 9))
        cover_with(table, Bar([start, end], 1.6, "lace", thread))
    loose = smooth([to(-6, -7), to(-14, 10), to(2, 18), to(-8, 34)], closed=False)
    cover_with(table, Bar(loose, 1.3, "lace", thread))


def _crack(table: Table, garment: Garment, at: Place, dice: Random) -> None:
    base = SHADES[garment.colour] if garment.fabric == "leather" else SHADES["chestnut"]
    size = 1.0 if garment.kind == "shoes" else 0.42
    for offset, long in ((-9 * size, 74 * size), (8 * size, 58 * size)):
        points: Line = [
            (at[0] - long + i * long / 5, at[1] + offset + dice.uniform(-4, 4)) for i in range(11)
        ]
        pale = [(x + 0.6, y + 1.2) for x, y in points]
        cover_with(table, Bar(smooth(pale, closed=False, steps=4), 2.6, "lace", lighter(base, 0.4)))
        cover_with(
            table, Bar(smooth(points, closed=False, steps=4), 1.3, "lace", darker(base, 0.8))
        )
        for _ in range(5):
            x, y = dice.choice(points)
            branch = [(x, y), (x + dice.uniform(-9, 9), y + dice.uniform(-11, 11))]
            cover_with(table, Bar(branch, 0.9, "lace", darker(base, 0.7)))


_FLAWS: dict[Flaw, Callable[[Table, Garment, Place, Random], None]] = {
    "stain": _stain,
    "darn": darn,
    "hole": _hole,
    "fray": _fray,
    "fade": _fade,
    "scuff": _scuff,
    "missing": missing,
    "patch": patch,
    "pull": _pull,
    "pilling": _pilling,
    "tear": _tear,
    "crack": _crack,
}
