"""Printed cloth: flowers, dots, paisley."""

import math

from PIL import Image, ImageDraw

from app.demo.drawing.cloth.dye import Dye, shaded, slubs
from app.demo.drawing.noise import generator
from app.demo.drawing.palette import Colour, brightness, mix

Spot = tuple[float, float]


def floral(dye: Dye) -> Image.Image:
    """Small flowers and leaves thrown on a plain ground."""
    side = dye.pixels(300)
    big = Image.new("RGB", (side * 2, side * 2), dye.base)
    draw = ImageDraw.Draw(big)
    dark = brightness(dye.base) < 0.5
    petals = _petals(dye, dark=dark)
    leaf = (126, 142, 96) if dark else (124, 136, 104)
    dice = generator(dye.seed)
    for spot in _scattered(dye.seed, 26):
        size = dye.scale * dice.uniform(11, 17)
        _flower(
            draw,
            big.width,
            spot,
            size,
            (dice.choice(petals), mix(leaf, dye.base, 0.2), dice.random()),
        )
    for x, y in _scattered(dye.seed + 1, 40):
        _dot(draw, big.width, (x, y), dye.scale * 2.6, mix(dice.choice(petals), dye.base, 0.3))
    tile = big.reduce(2)
    return shaded(tile, slubs(dye, tile.width, strength=0.14))


def _petals(dye: Dye, *, dark: bool) -> tuple[Colour, ...]:
    if dark:
        return dye.second, (196, 176, 206), (224, 204, 150), (206, 152, 136)
    return dye.second, (176, 92, 84), (132, 110, 146), (196, 150, 88)


def _scattered(seed: int, count: int) -> list[Spot]:
    dice = generator(seed)
    spots: list[Spot] = []
    for _ in range(count * 30):
        x, y = dice.random(), dice.random()
        gap = 0.62 / math.sqrt(count)
        if all(_apart((x, y), spot) > gap for spot in spots):
            spots.append((x, y))
        if len(spots) == count:
            break
    return spots


def _apart(one: Spot, other: Spot) -> float:
    dx, dy = abs(one[0] - other[0]), abs(one[1] - other[1])
    return math.hypot(min(dx, 1 - dx), min(dy, 1 - dy))


def _wrapped(side: int, spot: Spot) -> list[Spot]:
    x, y = spot[0] * side, spot[1] * side
    return [(x + dx, y + dy) for dx in (-side, 0, side) for dy in (-side, 0, side)]


def _flower(
    draw: ImageDraw.ImageDraw,
    side: int,
    spot: Spot,
    size: float,
    look: tuple[Colour, Colour, float],
) -> None:
    petal, leaf, turn = look
    for x, y in _wrapped(side, spot):
        for side_leaf in (0.35, 0.62):
            angle = 2 * math.pi * (turn + side_leaf)
            at = (x + math.cos(angle) * size * 1.35, y + math.sin(angle) * size * 1.35)
            _petal(draw, at, (size * 0.72, size * 0.3), angle, leaf)
        for index in range(5):
            angle = 2 * math.pi * (turn + index / 5)
            at = (x + math.cos(angle) * size * 0.58, y + math.sin(angle) * size * 0.58)
            _petal(draw, at, (size * 0.5, size * 0.4), angle, petal)
        draw.ellipse(
            (x - size * 0.24, y - size * 0.24, x + size * 0.24, y + size * 0.24),
            fill=(206, 166, 84),
        )


def _petal(
    draw: ImageDraw.ImageDraw, at: Spot, radii: tuple[float, float], angle: float, colour: Colour
) -> None:
    cos, sin = math.cos(angle), math.sin(angle)
    outline = []
    for step in range(14):
        turn = 2 * math.pi * step / 14
        px, py = radii[0] * math.cos(turn), radii[1] * math.sin(turn)
        outline.append((at[0] + px * cos - py * sin, at[1] + px * sin + py * cos))
    draw.polygon(outline, fill=colour)


def _dot(draw: ImageDraw.ImageDraw, side: int, spot: Spot, radius: float, colour: Colour) -> None:
    for x, y in _wrapped(side, spot):
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)


def dots(dye: Dye) -> Image.Image:
    """Regular dots, every second row moved by half."""
    cell = dye.pixels(38)
    side = cell * 8
    big = Image.new("RGB", (side * 2, side * 2), dye.base)
    draw = ImageDraw.Draw(big)
    radius = cell * 0.42
    for column in range(8):
        for line in range(16):
            spot = ((column + 0.5 * (line % 2)) / 8, line / 16)
            _dot(draw, big.width, spot, radius, dye.second)
    tile = big.reduce(2)
    return shaded(tile, slubs(dye, side, strength=0.1))


def paisley(dye: Dye) -> Image.Image:
    """Teardrops and seeds drawn out of the ground in white."""
    side = dye.pixels(260)
    big = Image.new("RGB", (side * 2, side * 2), dye.base)
    draw = ImageDraw.Draw(big)
    pale = mix(dye.second, dye.base, 0.08)
    for index, spot in enumerate(((0.25, 0.27), (0.75, 0.77))):
        for x, y in _wrapped(big.width, spot):
            _teardrop(draw, (x, y), side * 0.36, 0.7 + 3.1 * index, (pale, dye.base))
    for index in range(12):
        for spot in ((0.75, 0.27), (0.25, 0.77)):
            angle = 2 * math.pi * index / 12
            for ring, radius in ((0.15, 0.016), (0.09, 0.011), (0.0, 0.03)):
                at = (spot[0] + ring * math.cos(angle), spot[1] + ring * math.sin(angle))
                _dot(draw, big.width, at, radius * side, pale)
    for spot in _scattered(dye.seed, 46):
        _dot(draw, big.width, spot, side * 0.011, pale)
    tile = big.reduce(2)
    return shaded(tile, slubs(dye, tile.width, strength=0.2))


def _teardrop(
    draw: ImageDraw.ImageDraw, at: Spot, size: float, turn: float, colours: tuple[Colour, Colour]
) -> None:
    for share, fill in ((1.0, 0), (0.82, 1), (0.66, 0), (0.4, 1), (0.22, 0)):
        outline = []
        for step in range(48):
            t = 2 * math.pi * step / 48
            bulge = (1 - math.cos(t)) / 2
            x = share * size * (0.62 * math.sin(t) * bulge + 0.25 * (1 - bulge) ** 2)
            y = share * size * (0.62 - 1.15 * (1 - bulge))
            x, y = x * math.cos(turn) - y * math.sin(turn), x * math.sin(turn) + y * math.cos(turn)
            outline.append((at[0] + x, at[1] + y))
        draw.polygon(outline, fill=colours[fill])
