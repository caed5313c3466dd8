"""What things lie on: tinted paper, linen or boards in soft light from the upper left."""

from functools import lru_cache

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from app.demo.drawing.cloth.dye import Dye, dyed
from app.demo.drawing.cloth.weaves import linen
from app.demo.drawing.garment import Backdrop
from app.demo.drawing.noise import cloud, gain, generator, speckle
from app.demo.drawing.palette import BACKDROPS, lighter, mix

SIZE = (1080, 1350)
WOVEN: frozenset[Backdrop] = frozenset({"oat", "sage", "rose"})


@lru_cache(maxsize=10)
def ground(backdrop: Backdrop, size: tuple[int, int] = SIZE) -> Image.Image:
    """The empty backdrop; cached, so it must not be drawn on."""
    surface = _surface(backdrop, size)
    return ImageChops.hard_light(surface, _rgb(window_light(size)))


def _rgb(grey: Image.Image) -> Image.Image:
    return Image.merge("RGB", (grey, grey, grey))


def _surface(backdrop: Backdrop, size: tuple[int, int]) -> Image.Image:
    if backdrop == "wood":
        return _boards(size)
    if backdrop in WOVEN:
        return _linen(backdrop, size)
    return _paper(backdrop, size)


def _paper(backdrop: Backdrop, size: tuple[int, int]) -> Image.Image:
    grain = gain(speckle(5, *size).filter(ImageFilter.GaussianBlur(0.7)), 0.09)
    fibre = gain(cloud(6, size, (2, 5)), 0.035)
    wash = gain(cloud(7, size, (260, 300)), 0.12)
    height = ImageChops.add(ImageChops.add(grain, fibre, 1, -128), wash, 1, -128)
    return dyed(height, BACKDROPS[backdrop])


def _linen(backdrop: Backdrop, size: tuple[int, int]) -> Image.Image:
    colour = BACKDROPS[backdrop]
    tile = linen(Dye(colour, lighter(colour, 0.2), 1.0, 11))
    tile = Image.blend(tile, Image.new("RGB", tile.size, colour), 0.8)
    whole = Image.new("RGB", size)
    for x in range(0, size[0], tile.width):
        for y in range(0, size[1], tile.height):
            whole.paste(tile, (x, y))
    wave = gain(cloud(8, size, (420, 200)), 0.08)
    return ImageChops.hard_light(whole, _rgb(wave))


def _boards(size: tuple[int, int]) -> Image.Image:
    width, height = size
    board = width // 4 + 1
    colour = BACKDROPS["wood"]
    whole = Image.new("RGB", size)
    dice = generator(17)
    for index, left in enumerate(range(0, width, board)):
        grain = gain(cloud(20 + index, (board, height), (9, 620)), 0.16)
        pores = gain(cloud(30 + index, (board, height), (2, 70)), 0.09)
        tint = mix(colour, (120, 88, 60), dice.uniform(0.0, 0.3))
        whole.paste(dyed(ImageChops.add(grain, pores, 1, -128), tint), (left, 0))
        ImageDraw.Draw(whole).line([(left, 0), (left, height)], fill=(84, 62, 44), width=3)
        ImageDraw.Draw(whole).line(
            [(left + 3, 0), (left + 3, height)], fill=(190, 158, 124), width=1
        )
    return whole


@lru_cache(maxsize=4)
def window_light(size: tuple[int, int]) -> Image.Image:
    """Light falling off from the upper left, 128 where it changes nothing."""
    width, height = 27, 34
    values = bytearray()
    for y in range(height):
        for x in range(width):
            near = ((x / width - 0.24) ** 2 + 0.8 * (y / height - 0.16) ** 2) ** 0.5
            values.append(min(255, max(0, round(146 - 40 * near))))
    small = Image.frombytes("L", (width, height), bytes(values))
    grown = small.resize(size, Image.Resampling.BICUBIC)
    return ImageChops.add(grown, gain(speckle(9, *size), 0.03), 1, -128)
