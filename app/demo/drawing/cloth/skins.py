"""Leather, suede, straw and quilted cloth."""

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from app.demo.drawing.cloth.dye import Dye, dyed, mottled, shaded
from app.demo.drawing.noise import cloud, gain, generator, relief
from app.demo.drawing.palette import darker, lighter


def leather(dye: Dye) -> Image.Image:
    """Grain of small cells, darker in the valleys."""
    side = 384 * max(1, round(dye.scale))
    cells = cloud(dye.seed, (side, side), (dye.pixels(3.2, 3), dye.pixels(3.2, 3)))
    valleys = cells.point([min(255, abs(v - 128) * 5) for v in range(256)])
    grain = relief(valleys.filter(ImageFilter.GaussianBlur(0.8)), 1, 4.0)
    tile = dyed(gain(grain, 0.5), dye.base, 0.6)
    return shaded(tile, mottled(dye, side, 70, strength=0.12))


def suede(dye: Dye) -> Image.Image:
    """Nap brushed in patches, lighter one way and darker the other."""
    side = 384 * max(1, round(dye.scale))
    nap = cloud(dye.seed, (side, side), (2, dye.pixels(3, 2)))
    brushed = cloud(dye.seed + 1, (side, side), (dye.pixels(34), dye.pixels(52)))
    tile = dyed(gain(nap, 0.34), dye.base, 0.7)
    return shaded(tile, gain(brushed, 0.16))


def straw(dye: Dye) -> Image.Image:
    """Plaited braids sewn in rows, the straws leaning one way and then the other."""
    braid, lean = dye.pixels(30, 12), dye.pixels(15, 6)
    columns = -(-400 // (lean * 2))
    width, height = columns * lean * 2, braid * max(4, -(-400 // braid) // 2 * 2)
    big = Image.new("L", (width * 2, height * 2), 96)
    draw = ImageDraw.Draw(big)
    dice = generator(dye.seed)
    for index, top in enumerate(range(0, height * 2, braid)):
        slope = braid if index % 2 else -braid
        tones = [dice.randrange(126, 190) for _ in range(columns * 2)]
        for step in range(-2, columns * 2 + 2):
            x = step * lean * 2
            quad = [
                (x, top),
                (x + lean * 1.7, top),
                (x + lean * 1.7 + slope, top + braid),
                (x + slope, top + braid),
            ]
            draw.polygon(quad, fill=tones[step % len(tones)])
        draw.line([(0, top), (width * 2, top)], fill=70, width=dye.pixels(3, 2))
    flat = big.filter(ImageFilter.GaussianBlur(dye.scale)).reduce(2)
    lit = ImageChops.add(gain(flat, 0.8), relief(flat, dye.pixels(1), 1.4), 1, -128)
    return shaded(dyed(lit, dye.base, 0.9), mottled(dye, width, 40, strength=0.2).resize(lit.size))


def quilted(dye: Dye) -> Image.Image:
    """Padding stitched down along a lattice of diamonds."""
    width, height = dye.pixels(66), dye.pixels(84)
    lines = Image.new("L", (width * 6, height * 6), 255)
    draw = ImageDraw.Draw(lines)
    for x in range(-6, 12):
        for lean in (-6, 6):
            draw.line(
                [(x * width, 0), ((x + lean) * width, height * 6)], fill=0, width=dye.pixels(3, 3)
            )
    block = lines.crop((width * 2, height * 2, width * 4, height * 4))
    soft = lines.filter(ImageFilter.GaussianBlur(dye.scale * 9))
    lit = relief(soft, dye.pixels(3), 0.62)
    lit = ImageChops.add(
        lit, gain(lines.filter(ImageFilter.GaussianBlur(dye.scale)), 0.22), 1, -155
    )
    lit = lit.crop((width * 2, height * 2, width * 4, height * 4))
    tile = shaded(dyed(gain(_fine(dye, block.size), 0.05), dye.base), lit)
    return ImageChops.blend(
        tile, Image.new("RGB", tile.size, darker(lighter(dye.base, 0.05), 0.1)), 0.06
    )


def _fine(dye: Dye, size: tuple[int, int]) -> Image.Image:
    return cloud(dye.seed, size, (dye.pixels(14), 2))
