"""Checks and stripes, woven from an order of coloured threads."""

from PIL import Image, ImageDraw

from app.demo.drawing.cloth.dye import Dye, shaded, slubs
from app.demo.drawing.cloth.weaves import PLAIN, TWILL, weave
from app.demo.drawing.palette import Colour, brightness, darker, lighter, mix

CREAM: Colour = (232, 222, 200)


def plaid(dye: Dye) -> Image.Image:
    """A flannel check: broad dark bands, a thin pale line."""
    dark = dye.second
    pale = mix(dye.base, CREAM, 0.75)
    mid = darker(dye.base, 0.35)
    sett = [dye.base] * 16 + [dark] * 10 + [mid] * 4 + [dark] * 10 + [dye.base] * 16 + [pale] * 2
    sett += [dye.base] * 4 + [pale] * 2
    return _finished(dye, weave(dye.pixels(2.4, 2), sett, sett, TWILL))


def tartan(dye: Dye) -> Image.Image:
    """A Highland sett with a green and a navy ground and fine overchecks."""
    other = darker(dye.second, 0.15)
    navy: Colour = (38, 44, 66)
    yellow: Colour = (206, 170, 84)
    sett = [dye.base] * 14 + [other] * 8 + [navy] * 6 + [CREAM] * 1 + [navy] * 6 + [other] * 8
    sett += [dye.base] * 14 + [yellow] * 1 + [navy] * 2
    return _finished(dye, weave(dye.pixels(2.2, 2), sett, sett, TWILL))


def windowpane(dye: Dye) -> Image.Image:
    """A wide, fine check on a plain ground."""
    line = lighter(dye.base, 0.5) if brightness(dye.base) < 0.5 else darker(dye.base, 0.5)
    sett = [dye.base] * 34 + [line] * 2
    return _finished(dye, weave(dye.pixels(2, 2), sett, sett, TWILL))


def gingham(dye: Dye) -> Image.Image:
    """Equal bands of colour and cream, crossing."""
    sett = [dye.base] * 9 + [CREAM] * 9
    return _finished(dye, weave(dye.pixels(1.8, 2), sett, sett, PLAIN), strength=0.12)


def houndstooth(dye: Dye) -> Image.Image:
    """Four dark and four pale threads in a two-and-two twill."""
    sett = [dye.base] * 4 + [mix(dye.second, CREAM, 0.5)] * 4
    return _finished(dye, weave(dye.pixels(2.6, 2), sett, sett, TWILL))


def stripe(dye: Dye) -> Image.Image:
    """Hickory stripe: narrow white lines on working blue."""
    pale = mix(dye.base, CREAM, 0.82)
    ends = [dye.base] * 5 + [pale] * 2
    tile = weave(dye.pixels(1.9, 2), ends, [dye.base], ("1110111", "1101110", "1011101"))
    return _finished(dye, tile)


def pinstripe(dye: Dye) -> Image.Image:
    """A pale thread every few centimetres."""
    ends = [dye.base] * 15 + [lighter(dye.base, 0.5)]
    return _finished(dye, weave(dye.pixels(1.8, 2), ends, [dye.base], TWILL))


def breton(dye: Dye) -> Image.Image:
    """Knitted bands: two of the ground to one of the stripe."""
    course = dye.pixels(3.2, 3)
    band = course * 6
    side = band * 3 * max(2, round(4 / max(1.0, dye.scale / 2)))
    tile = Image.new("RGB", (side, side), dye.base)
    draw = ImageDraw.Draw(tile)
    for top in range(band * 2, side, band * 3):
        draw.rectangle((0, top, side, top + band - 1), fill=dye.second)
    return shaded(tile, slubs(dye, side, strength=0.14))


def _finished(dye: Dye, tile: Image.Image, *, strength: float = 0.26) -> Image.Image:
    return shaded(tile, slubs(dye, tile.width, strength=strength))
