"""Buttons, snaps, rivets, zips, cords: small things drawn large and made small."""

import math
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFilter

from app.demo.drawing.geometry import Line, dashes, parallel
from app.demo.drawing.noise import generator
from app.demo.drawing.palette import Colour, darker, lighter
from app.demo.drawing.parts import Bar, Stud

FINE = 4
"""Sprites are drawn this many times too large."""


@lru_cache(maxsize=128)
def stud(make: str, radius: int, colour: Colour, turn: int) -> Image.Image:
    """A round thing as RGBA, twice `radius` plus a margin for its shadow."""
    margin = max(3, radius // 3)
    side = (radius + margin) * 2
    big = Image.new("RGBA", (side * FINE, side * FINE))
    shadow = Image.new("L", big.size)
    centre, reach = side * FINE / 2, radius * FINE
    away = reach * 0.16
    ImageDraw.Draw(shadow).ellipse(_around(centre + away, centre + away * 1.3, reach), fill=150)
    shadow = shadow.filter(ImageFilter.GaussianBlur(reach * 0.16))
    big.paste((12, 8, 6, 255), (0, 0), shadow)
    big.putalpha(shadow)
    _disc(big, centre, reach, colour)
    _FACES[make](big, centre, reach, colour)
    return big.reduce(FINE).rotate(turn, Image.Resampling.BICUBIC)


def _around(x: float, y: float, radius: float) -> tuple[float, float, float, float]:
    return x - radius, y - radius, x + radius, y + radius


def _disc(image: Image.Image, centre: float, reach: float, colour: Colour) -> None:
    draw = ImageDraw.Draw(image)
    draw.ellipse(_around(centre, centre, reach), fill=(*darker(colour, 0.5), 255))
    for step in range(12):
        share = step / 11
        moved = -reach * 0.1 * share
        shade = lighter(darker(colour, 0.28 * (1 - share)), 0.2 * share)
        draw.ellipse(
            _around(centre + moved, centre + moved, reach * (0.97 - 0.16 * share)),
            fill=(*shade, 255),
        )


def _dish(image: Image.Image, centre: float, reach: float, colour: Colour) -> None:
    draw = ImageDraw.Draw(image)
    for step in range(8):
        share = step / 7
        shade = darker(colour, 0.3 * (1 - share) + 0.06)
        draw.ellipse(
            _around(
                centre + reach * 0.04 * share,
                centre + reach * 0.04 * share,
                reach * (0.7 - 0.1 * share),
            ),
            fill=(*shade, 255),
        )


def _sewn(image: Image.Image, centre: float, reach: float, colour: Colour) -> None:
    _dish(image, centre, reach, colour)
    draw = ImageDraw.Draw(image)
    hole, gap = reach * 0.1, reach * 0.21
    spots = [(centre + x * gap, centre + y * gap) for x in (-1, 1) for y in (-1, 1)]
    for x, y in spots:
        draw.ellipse(_around(x, y, hole), fill=(20, 14, 12, 255))
    thread = (*lighter(colour, 0.35), 255)
    for one, other in ((0, 1), (2, 3)):
        draw.line([spots[one], spots[other]], fill=thread, width=round(reach * 0.13))
    _glint(image, centre, reach, 70)


def _glint(image: Image.Image, centre: float, reach: float, strength: int) -> None:
    light = Image.new("L", image.size)
    box = _around(centre, centre, reach * 0.84)
    ImageDraw.Draw(light).arc(box, 190, 265, fill=strength * 2, width=max(2, round(reach * 0.13)))
    light = light.filter(ImageFilter.GaussianBlur(reach * 0.06))
    image.paste((255, 250, 240, 255), (0, 0), light)


def _shell(image: Image.Image, centre: float, reach: float, colour: Colour) -> None:
    sheen = Image.new("L", image.size)
    draw = ImageDraw.Draw(sheen)
    dice = generator(round(reach))
    for _ in range(7):
        start = dice.randrange(360)
        size = reach * dice.uniform(0.3, 0.95)
        draw.arc(
            _around(centre, centre, size), start, start + 70, fill=90, width=round(reach * 0.16)
        )
    sheen = sheen.filter(ImageFilter.GaussianBlur(reach * 0.12))
    image.paste((206, 214, 222, 255), (0, 0), sheen)
    _sewn(image, centre, reach, colour)


def _metal(image: Image.Image, centre: float, reach: float, colour: Colour) -> None:
    draw = ImageDraw.Draw(image)
    draw.ellipse(
        _around(centre, centre, reach * 0.8),
        outline=(*darker(colour, 0.35), 255),
        width=round(reach * 0.09),
    )
    draw.ellipse(_around(centre, centre, reach * 0.3), fill=(*darker(colour, 0.25), 255))
    draw.ellipse(
        _around(centre - reach * 0.04, centre - reach * 0.04, reach * 0.22),
        fill=(*lighter(colour, 0.15), 255),
    )
    for step in range(24):
        angle = 2 * math.pi * step / 24
        x, y = centre + reach * 0.56 * math.cos(angle), centre + reach * 0.56 * math.sin(angle)
        draw.ellipse(_around(x, y, reach * 0.05), fill=(*darker(colour, 0.3), 255))
    _glint(image, centre, reach, 110)


def _rivet(image: Image.Image, centre: float, reach: float, colour: Colour) -> None:
    draw = ImageDraw.Draw(image)
    draw.ellipse(_around(centre, centre, reach * 0.5), fill=(*darker(colour, 0.28), 255))
    draw.ellipse(
        _around(centre - reach * 0.08, centre - reach * 0.08, reach * 0.32),
        fill=(*lighter(colour, 0.3), 255),
    )
    _glint(image, centre, reach, 90)


def _eyelet(image: Image.Image, centre: float, reach: float, _colour: Colour) -> None:
    draw = ImageDraw.Draw(image)
    draw.ellipse(_around(centre, centre, reach * 0.5), fill=(18, 14, 12, 255))
    _glint(image, centre, reach, 90)


def _cloth(image: Image.Image, centre: float, reach: float, _colour: Colour) -> None:
    _glint(image, centre, reach, 26)


def _knot(image: Image.Image, centre: float, reach: float, colour: Colour) -> None:
    draw = ImageDraw.Draw(image)
    for angle in (45, 135):
        turn = math.radians(angle)
        dx, dy = math.cos(turn) * reach * 0.86, math.sin(turn) * reach * 0.86
        draw.line(
            [(centre - dx, centre - dy), (centre + dx, centre + dy)],
            fill=(*darker(colour, 0.45), 255),
            width=round(reach * 0.16),
        )
    _glint(image, centre, reach, 50)


def _snap(image: Image.Image, centre: float, reach: float, colour: Colour) -> None:
    draw = ImageDraw.Draw(image)
    draw.ellipse(
        _around(centre, centre, reach * 0.9), outline=(150, 146, 138, 255), width=round(reach * 0.2)
    )
    draw.ellipse(_around(centre, centre, reach * 0.66), fill=(*lighter(colour, 0.12), 255))
    _glint(image, centre, reach * 0.8, 100)


def _anchor(image: Image.Image, centre: float, reach: float, colour: Colour) -> None:
    draw = ImageDraw.Draw(image)
    mark, pen = (*lighter(colour, 0.26), 255), max(2, round(reach * 0.12))
    draw.ellipse(_around(centre, centre, reach * 0.8), outline=mark, width=max(2, pen // 2))
    draw.line(
        [(centre, centre - reach * 0.46), (centre, centre + reach * 0.5)], fill=mark, width=pen
    )
    draw.line(
        [
            (centre - reach * 0.26, centre - reach * 0.2),
            (centre + reach * 0.26, centre - reach * 0.2),
        ],
        fill=mark,
        width=pen,
    )
    draw.arc(_around(centre, centre + reach * 0.08, reach * 0.42), 15, 165, fill=mark, width=pen)
    _glint(image, centre, reach, 60)


_FACES = {
    "horn": _sewn,
    "shell": _shell,
    "metal": _metal,
    "rivet": _rivet,
    "cloth": _cloth,
    "leather": _knot,
    "eyelet": _eyelet,
    "snap": _snap,
    "anchor": _anchor,
}


def sprite(item: Stud, scale: float) -> Image.Image:
    """The stud at the picture's scale."""
    return stud(
        item.make, max(3, round(item.radius * scale)), item.colour, round(item.turn / 15) * 15
    )


def band(item: Bar, line: Line, width: float, box: tuple[int, int, int, int]) -> Image.Image:
    """A zip, cord, lace or metal bar along a picture line, as RGBA in the box."""
    left, top, right, bottom = box
    big = Image.new("RGBA", ((right - left) * 2, (bottom - top) * 2))
    draw = ImageDraw.Draw(big)
    placed = [((x - left) * 2, (y - top) * 2) for x, y in line]
    _BANDS[item.make](draw, placed, width * 2, item.colour)
    return big.reduce(2)


def _stroke(draw: ImageDraw.ImageDraw, line: Line, width: float, colour: Colour) -> None:
    pen = max(2, round(width))
    draw.line(line, fill=(*colour, 255), width=pen, joint="curve")
    for x, y in (line[0], line[-1]):
        draw.ellipse(_around(x, y, pen / 2 - 0.5), fill=(*colour, 255))


def _metal_band(draw: ImageDraw.ImageDraw, line: Line, width: float, colour: Colour) -> None:
    _stroke(draw, line, width, darker(colour, 0.45))
    _stroke(draw, line, width * 0.72, colour)
    _stroke(draw, parallel(line, -width * 0.14), width * 0.22, lighter(colour, 0.5))


def _cord(draw: ImageDraw.ImageDraw, line: Line, width: float, colour: Colour) -> None:
    _stroke(draw, line, width, darker(colour, 0.35))
    _stroke(draw, line, width * 0.8, colour)
    for (x0, y0), (x1, y1) in dashes(line, width * 0.5, width * 0.35):
        lean = ((x1 - x0) * 0.5, (y1 - y0) * 0.5)
        ends = [(x0 - lean[1] * 0.8, y0 + lean[0] * 0.8), (x1 + lean[1] * 0.8, y1 - lean[0] * 0.8)]
        draw.line(ends, fill=(*darker(colour, 0.3), 255), width=max(1, round(width * 0.14)))
    _stroke(draw, parallel(line, -width * 0.16), width * 0.16, lighter(colour, 0.35))


def _lace(draw: ImageDraw.ImageDraw, line: Line, width: float, colour: Colour) -> None:
    _stroke(draw, line, width, darker(colour, 0.3))
    _stroke(draw, line, width * 0.76, colour)
    _stroke(draw, parallel(line, -width * 0.12), width * 0.26, lighter(colour, 0.25))


def _zip(draw: ImageDraw.ImageDraw, line: Line, width: float, colour: Colour) -> None:
    _stroke(draw, line, width, (52, 46, 42))
    for side in (-1, 1):
        teeth = parallel(line, side * width * 0.16)
        for (x0, y0), (x1, y1) in dashes(teeth, width * 0.2, width * 0.17):
            pen = max(2, round(width * 0.34))
            draw.line([(x0, y0), (x1, y1)], fill=(*colour, 255), width=pen)
    _stroke(draw, line, width * 0.06, lighter(colour, 0.4))


_BANDS = {"zip": _zip, "metal": _metal_band, "cord": _cord, "lace": _lace}
