"""Woven cloth: warp and weft in their colours, and which of them lies on top."""

import math
from collections.abc import Sequence

from PIL import Image, ImageChops

from app.demo.drawing.cloth.dye import Dye, dyed, mottled, row, shaded, slubs
from app.demo.drawing.noise import cloud, gain, generator
from app.demo.drawing.palette import Colour, darker, lighter, mix

PLAIN = ("10", "01")
TWILL = ("1100", "0110", "0011", "1001")
JEAN = ("1110", "1101", "1011", "0111")
HERRINGBONE = tuple(
    "".join("1" if ((x if x < 12 else 23 - x) + y) % 4 < 2 else "0" for x in range(24))
    for y in range(4)
)


def weave(
    thread: int,
    warp: Sequence[Colour],
    weft: Sequence[Colour],
    over: Sequence[str],
    *,
    least: int = 360,
) -> Image.Image:
    """A seamless tile of threads `thread` pixels wide; `over` says where the warp is on top."""
    repeat = math.lcm(len(warp), len(weft), len(over), len(over[0]))
    count = repeat * max(1, -(-least // (thread * repeat)))
    side = count * thread
    ends = _threads(warp, count, side)
    picks = _threads(weft, count, side).transpose(Image.Transpose.TRANSPOSE)
    profile = row(_profile(thread), side, side)
    ends = shaded(ends, profile)
    picks = shaded(picks, profile.transpose(Image.Transpose.TRANSPOSE))
    mask = bytes(255 if mark == "1" else 0 for y in range(len(over)) for mark in over[y])
    small = Image.frombytes("L", (len(over[0]), len(over)), mask)
    strip = Image.new("L", (count, len(over)))
    for x in range(0, count, small.width):
        strip.paste(small, (x, 0))
    whole = Image.new("L", (count, count))
    for y in range(0, count, small.height):
        whole.paste(strip, (0, y))
    return Image.composite(ends, picks, whole.resize((side, side), Image.Resampling.NEAREST))


def _threads(colours: Sequence[Colour], count: int, side: int) -> Image.Image:
    times = -(-count // len(colours))
    flat = bytes(channel for colour in list(colours) * times for channel in colour)[: count * 3]
    line = Image.frombytes("RGB", (count, 1), flat)
    return line.resize((side, side), Image.Resampling.NEAREST)


def _profile(thread: int) -> list[int]:
    middle = (thread - 1) / 2
    depth = 46 if thread > 3 else 22
    return [round(134 - depth * (abs(x - middle) / (middle + 0.5)) ** 2) for x in range(thread)]


def denim(dye: Dye) -> Image.Image:
    """Indigo warp, pale weft, the white rain of slubs."""
    pale = mix(dye.base, (214, 212, 204), 0.42)
    tile = weave(dye.pixels(1.7, 2), [dye.base], [pale], JEAN)
    rain = cloud(dye.seed, tile.size, (dye.pixels(1.6, 2), dye.pixels(46)))
    tile = shaded(tile, gain(rain, 0.2))
    return shaded(tile, mottled(dye, tile.width, 46, strength=0.1))


def twill(dye: Dye) -> Image.Image:
    """Work cloth with a fine diagonal."""
    tile = weave(dye.pixels(1.7, 2), [dye.base], [lighter(dye.base, 0.16)], TWILL)
    return shaded(tile, slubs(dye, tile.width, strength=0.12))


def canvas(dye: Dye) -> Image.Image:
    """Heavy plain weave with uneven yarn."""
    tile = weave(dye.pixels(2.2, 2), [dye.base], [lighter(dye.base, 0.1)], PLAIN)
    return shaded(tile, slubs(dye, tile.width, strength=0.2))


def poplin(dye: Dye) -> Image.Image:
    """Fine, smooth shirting."""
    tile = weave(dye.pixels(1.2, 2), [dye.base], [lighter(dye.base, 0.06)], PLAIN)
    return shaded(tile, slubs(dye, tile.width, strength=0.1))


def linen(dye: Dye) -> Image.Image:
    """Plain weave in which no thread is as thick as its neighbour."""
    pale, deep = lighter(dye.base, 0.1), darker(dye.base, 0.06)
    dice = generator(dye.seed)
    ends = [dice.choice((dye.base, dye.base, pale, deep)) for _ in range(60)]
    picks = [dice.choice((dye.base, dye.base, pale, deep)) for _ in range(60)]
    tile = weave(dye.pixels(1.8, 2), ends, picks, PLAIN)
    return shaded(tile, slubs(dye, tile.width, strength=0.2))


def wool(dye: Dye) -> Image.Image:
    """Milled cloth whose threads have closed into felt."""
    side = 360 * max(1, round(dye.scale))
    fibre = Image.blend(
        cloud(dye.seed, (side, side), (dye.pixels(1.5, 2), dye.pixels(9))),
        cloud(dye.seed + 1, (side, side), (dye.pixels(7), dye.pixels(1.5, 2))),
        0.5,
    )
    tile = dyed(gain(fibre, 0.34), dye.base, 0.6)
    return shaded(tile, mottled(dye, side, 60, strength=0.1))


def tweed(dye: Dye) -> Image.Image:
    """Rough twill of mixed yarns with flecks of rust, moss and straw."""
    dice = generator(dye.seed)
    yarns = (
        dye.base,
        lighter(dye.base, 0.14),
        darker(dye.base, 0.2),
        mix(dye.base, (150, 130, 90), 0.5),
    )
    ends = [dice.choice(yarns) for _ in range(96)]
    picks = [dice.choice(yarns) for _ in range(96)]
    tile = weave(dye.pixels(2.1, 2), ends, picks, TWILL)
    _flecks(tile, dye)
    return shaded(tile, slubs(dye, tile.width, strength=0.26))


def _flecks(tile: Image.Image, dye: Dye) -> None:
    dice = generator(dye.seed + 5)
    hues = ((176, 92, 52), (132, 132, 78), (206, 184, 130), (60, 74, 84), (198, 150, 70))
    wide, high = dye.pixels(2.4, 2), dye.pixels(3.4, 3)
    for _ in range(260):
        x, y = dice.randrange(tile.width - wide), dice.randrange(tile.height - high)
        tile.paste(mix(dice.choice(hues), dye.base, 0.35), (x, y, x + wide, y + high))


def herringbone(dye: Dye) -> Image.Image:
    """Twill that turns back on itself every twelve threads."""
    tile = weave(
        dye.pixels(2.6, 2), [darker(dye.base, 0.28)], [lighter(dye.base, 0.34)], HERRINGBONE
    )
    return shaded(tile, slubs(dye, tile.width, strength=0.34))


def corduroy(dye: Dye, wale: float = 11.0) -> Image.Image:
    """Round ridges of cut pile with dark grooves between them."""
    width = dye.pixels(wale, 3)
    side = width * -(-360 // width)
    ridge = _ridge(width)
    pile = cloud(dye.seed, (side, side), (dye.pixels(1.6, 2), dye.pixels(2.2, 2)))
    height = ImageChops.add(row(ridge, side, side), gain(pile, 0.3), 1, -128)
    worn = cloud(dye.seed + 3, (side, side), (dye.pixels(40), dye.pixels(90)))
    return shaded(dyed(height, dye.base, 0.8), gain(worn, 0.08))


def _ridge(width: int) -> list[int]:
    values = []
    for x in range(width):
        at = (x + 0.5) / width
        groove = min(at, 1 - at)
        lit = 128 + 54 * (0.42 - at) * 2
        values.append(round(lit - (92 if groove < 0.09 else 40 if groove < 0.17 else 0)))
    return [min(255, max(0, value)) for value in values]


def needlecord(dye: Dye) -> Image.Image:
    """Corduroy with narrow ridges."""
    return corduroy(dye, 5.0)


def velvet(dye: Dye) -> Image.Image:
    """Upright pile: almost no texture, a bloom where it was stroked."""
    side = 360 * max(1, round(dye.scale))
    pile = cloud(dye.seed, (side, side), (2, dye.pixels(3, 3)))
    stroked = cloud(dye.seed + 1, (side, side), (dye.pixels(50), dye.pixels(80)))
    tile = dyed(gain(pile, 0.34), dye.base, 0.7)
    return shaded(tile, gain(stroked, 0.16))


def silk(dye: Dye) -> Image.Image:
    """Smooth filament with the faintest cross rib."""
    side = 360 * max(1, round(dye.scale))
    threads = cloud(dye.seed, (side, side), (dye.pixels(50), 2))
    return dyed(gain(threads, 0.05), dye.base, 0.8)
