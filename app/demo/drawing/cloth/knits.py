"""Knitted cloth: stitches in columns, ribs, cables and coloured bands."""

import math

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from app.demo.drawing.cloth.dye import Dye, dyed, row, shaded
from app.demo.drawing.noise import cloud, gain, relief
from app.demo.drawing.palette import Colour, darker, lighter, mix

FAIR_ISLE = (
    "................",
    "1.1.1.1.1.1.1.1.",
    "................",
    "...2.......2....",
    "..222.....222...",
    ".22.22...22.22..",
    "22.3.22.22.3.22.",
    ".22.22...22.22..",
    "..222.....222...",
    "...2.......2....",
    "................",
    ".4.4.4.4.4.4.4.4",
    "4.4.4.4.4.4.4.4.",
    "................",
    "5...5...5...5...",
    "55.555.555.555.5",
    "5...5...5...5...",
    "................",
)


def stitches(dye: Dye, wide: float, high: float, least: int = 360) -> tuple[Image.Image, int, int]:
    """A grey tile of V-shaped stitches with the size of one stitch in pixels."""
    width, height = dye.pixels(wide, 4), dye.pixels(high, 3)
    cell = Image.new("L", (width * 4, height * 4), 84)
    draw = ImageDraw.Draw(cell)
    for dy in (-height * 4, 0, height * 4):
        for side in (-1, 1):
            x = width * 2 + side * width
            leg = [
                (x + side * width * 0.55, dy - height * 0.6),
                (x - side * width * 0.5, dy + height * 3.4),
            ]
            draw.line(leg, fill=178, width=max(3, round(width * 1.25)))
            draw.line(leg, fill=150, width=max(2, round(width * 0.6)))
    cell = cell.filter(ImageFilter.GaussianBlur(width / 5)).reduce(4)
    columns, rows = -(-least // width), -(-least // height)
    strip = Image.new("L", (columns * width, height))
    for x in range(columns):
        strip.paste(cell, (x * width, 0))
    tile = Image.new("L", (columns * width, rows * height))
    for y in range(rows):
        tile.paste(strip, (0, y * height))
    return tile, width, height


def _fuzzy(dye: Dye, tile: Image.Image, strength: float = 0.3) -> Image.Image:
    fuzz = cloud(dye.seed, tile.size, (dye.pixels(2, 2), dye.pixels(3, 2)))
    return shaded(tile, gain(fuzz, strength))


def jersey(dye: Dye) -> Image.Image:
    """Fine plain knitting."""
    tile, _, _ = stitches(dye, 3.4, 3)
    return _fuzzy(dye, dyed(gain(tile, 0.42), dye.base, 0.4), 0.04)


def rib(dye: Dye) -> Image.Image:
    """Two stitches forward, a valley, repeated."""
    tile, width, _ = stitches(dye, 3.6, 3.4)
    period = width * 4
    side = period * -(-tile.width // period)
    wave = [
        min(
            255,
            max(
                0,
                round(
                    118 + 58 * math.sin(2 * math.pi * (x + 0.5) / period) - 34 * (x / period > 0.78)
                ),
            ),
        )
        for x in range(period)
    ]
    wide = _tiled(tile, (side, tile.height))
    lit = ImageChops.add(row(wave, side, tile.height), gain(wide, 0.5), 1, -128)
    return _fuzzy(dye, dyed(lit, dye.base, 0.6), 0.2)


def cable(dye: Dye) -> Image.Image:
    """An Aran ground: plaited ropes, a lattice filled with bobbles, columns of purl between."""
    width, height = dye.pixels(252), dye.pixels(126)
    raised = Image.new("L", (width * 2, height * 2), 60)
    for centre in (0.14, 0.86):
        _rope(raised, centre, 0.062)
    _lattice(raised, 0.5, 0.17)
    pen = ImageDraw.Draw(raised)
    for share in (0.255, 0.285, 0.715, 0.745):
        x = share * raised.width
        pen.line([(x, 0), (x, raised.height)], fill=170, width=max(3, raised.width // 60))
    tall = _tiled(raised, (raised.width, raised.height * 3))
    soft = tall.filter(ImageFilter.GaussianBlur(dye.scale * 1.7)).reduce(2)
    lit = relief(soft, max(1, round(dye.scale * 1.5)), 1.5)
    lit = ImageChops.add(lit, gain(soft, 0.3), 1, -122)
    times = max(1, round(2 / max(1, dye.scale / 2)))
    lit = _tiled(lit, (width * times, lit.height))
    knit, _, _ = stitches(dye, 4.4, 4.0, max(lit.size))
    knit = knit.crop((0, 0, *lit.size))
    return _fuzzy(dye, dyed(ImageChops.add(lit, gain(knit, 0.3), 1, -128), dye.base, 0.8), 0.08)


def _rope(raised: Image.Image, centre: float, reach: float) -> None:
    """Two strands winding around each other once in the height of the tile."""
    draw = ImageDraw.Draw(raised)
    width, height = raised.size
    thick = round(width * reach * 0.92)

    def at(t: float, strand: int) -> tuple[float, float]:
        swing = math.cos(2 * math.pi * t + math.pi * strand)
        return (centre + reach * swing) * width, t * height

    for half in range(-1, 4):
        order = (0, 1) if half % 2 else (1, 0)
        for strand in order:
            line = [at(half / 2 + step / 24, strand) for step in range(13)]
            draw.line(line, fill=34, width=thick + thick // 2, joint="curve")
            draw.line(line, fill=216, width=thick, joint="curve")


def _lattice(raised: Image.Image, centre: float, reach: float) -> None:
    draw = ImageDraw.Draw(raised)
    width, height = raised.size
    thick = max(4, round(width * 0.026))
    for lean in (-1, 1):
        for start in (-1.0, -0.5, 0.0, 0.5, 1.0):
            ends = [
                ((centre - lean * reach * 0.5) * width, start * height),
                ((centre + lean * reach * 0.5) * width, (start + 0.5) * height),
            ]
            draw.line(ends, fill=40, width=thick * 2)
            draw.line(ends, fill=214, width=thick)
    bobble = width * 0.02
    for y in (0.0, 0.5, 1.0):
        x = centre * width
        draw.ellipse((x - bobble, y * height - bobble, x + bobble, y * height + bobble), fill=220)


def fairisle(dye: Dye) -> Image.Image:
    """Bands of small figures, two colours to a row."""
    palette: dict[str, Colour] = {
        ".": dye.base,
        "1": (214, 196, 160),
        "2": (226, 214, 188),
        "3": (158, 72, 48),
        "4": (84, 98, 88),
        "5": (180, 134, 66),
    }
    rows = list(FAIR_ISLE)
    ground = [dye.base, mix(dye.base, (70, 84, 96), 0.75), darker(dye.base, 0.25)]
    flat = bytearray()
    for index, line in enumerate(rows * 3):
        under = ground[0] if index % 18 < 11 else ground[1 + index // 18 % 2]
        for mark in line:
            flat += bytes(under if mark == "." else palette[mark])
    width, height = dye.pixels(4.6, 4), dye.pixels(4.2, 3)
    motif = Image.frombytes("RGB", (16, 54), bytes(flat))
    big = motif.resize((16 * width, 54 * height), Image.Resampling.NEAREST)
    tile = _tiled(big, (16 * width * max(1, round(5 / dye.scale)), 54 * height))
    grain, _, _ = stitches(dye, 4.6, 4.2, max(tile.size))
    return _fuzzy(dye, shaded(tile, gain(grain.crop((0, 0, *tile.size)), 0.7, 6)), 0.2)


def _tiled(tile: Image.Image, size: tuple[int, int]) -> Image.Image:
    whole = Image.new(tile.mode, size)
    for x in range(0, size[0], tile.width):
        for y in range(0, size[1], tile.height):
            whole.paste(tile, (x, y))
    return whole


def ribbed_band(dye: Dye) -> Image.Image:
    """The rib of cuffs and hems, slightly darker than what it holds."""
    return rib(Dye(darker(dye.base, 0.06), lighter(dye.second, 0), dye.scale, dye.seed + 3))
