"""What every tile is made from: two colours, a scale and a seed."""

from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageChops

from app.demo.drawing.noise import cloud, gain
from app.demo.drawing.palette import Colour, darker, lighter


@dataclass(frozen=True)
class Dye:
    """The main and the second colour; `scale` is how near the camera is (1 shows a whole coat)."""

    base: Colour
    second: Colour
    scale: float
    seed: int

    def pixels(self, size: float, least: int = 1) -> int:
        """A length at scale 1 as whole pixels at this scale."""
        return max(least, round(size * self.scale))


def dyed(grey: Image.Image, colour: Colour, contrast: float = 1.0) -> Image.Image:
    """A grey tile in one colour: 128 is the colour, darker is its shade, lighter its highlight."""
    shade, light = darker(colour, 0.8), lighter(colour, 0.75)
    bands = []
    for low, middle, high in zip(shade, colour, light, strict=True):
        table = []
        for value in range(256):
            step = (value - 128) / 128 * contrast
            to = high if step > 0 else low
            table.append(round(middle + (to - middle) * min(1.0, abs(step))))
        bands.append(grey.point(table))
    return Image.merge("RGB", bands)


def shaded(tile: Image.Image, grey: Image.Image) -> Image.Image:
    """A coloured tile lit by a grey one whose 128 changes nothing."""
    return ImageChops.hard_light(tile, Image.merge("RGB", (grey, grey, grey)))


def row(values: Sequence[int], width: int, height: int) -> Image.Image:
    """One row of greys, repeated to the width and stretched over the height."""
    times = -(-width // len(values))
    line = Image.frombytes("L", (width, 1), bytes(list(values) * times)[:width])
    return line.resize((width, height), Image.Resampling.NEAREST)


def slubs(dye: Dye, side: int, *, strength: float = 0.35) -> Image.Image:
    """Uneven threads, more along than across, greys around 128."""
    along = cloud(dye.seed + 31, (side, side), (dye.pixels(1.4, 2), dye.pixels(70)))
    across = cloud(dye.seed + 32, (side, side), (dye.pixels(60), dye.pixels(1.4, 2)))
    return gain(Image.blend(along, across, 0.4), strength)


def mottled(dye: Dye, side: int, size: float, *, strength: float = 0.2) -> Image.Image:
    """Soft blotches, greys around 128."""
    grain = max(3.0, size * dye.scale)
    return gain(cloud(dye.seed + 37, (side, side), (grain, grain)), strength)
