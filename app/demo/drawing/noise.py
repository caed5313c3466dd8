"""Noise from a seed, as images; the same seed gives the same noise on every machine."""

from functools import lru_cache
from random import Random

from PIL import Image, ImageChops, ImageFilter


def generator(seed: int) -> Random:
    """Our source of chance; it draws cloth and guards nothing."""
    return Random(seed)  # noqa: S311


def speckle(seed: int, width: int, height: int) -> Image.Image:
    """Every pixel an independent grey."""
    return Image.frombytes("L", (width, height), generator(seed).randbytes(width * height))


def cloud(seed: int, size: tuple[int, int], grain: tuple[float, float]) -> Image.Image:
    """Seamless soft noise whose blobs measure about `grain` pixels, greys around 128."""
    columns = max(2, round(size[0] / grain[0]))
    rows = max(2, round(size[1] / grain[1]))
    small = speckle(seed, columns, rows)
    wrapped = Image.new("L", (columns + 4, rows + 4))
    for x in (2 - columns, 2, 2 + columns):
        for y in (2 - rows, 2, 2 + rows):
            wrapped.paste(small, (x, y))
    scale_x, scale_y = size[0] / columns, size[1] / rows
    full = (round(size[0] + 4 * scale_x), round(size[1] + 4 * scale_y))
    left, top = round(2 * scale_x), round(2 * scale_y)
    grown = wrapped.resize(full, Image.Resampling.BICUBIC)
    return grown.crop((left, top, left + size[0], top + size[1]))


def shifted(image: Image.Image, dx: int, dy: int) -> Image.Image:
    """The image moved, its old edge showing where nothing moved in."""
    moved = image.copy()
    moved.paste(image, (dx, dy))
    return moved


def relief(height: Image.Image, reach: int, scale: float) -> Image.Image:
    """Light from the upper left on a height map: 128 is flat, brighter faces the light."""
    lit = ImageChops.subtract(height, shifted(height, reach, reach), scale, 128)
    wide, high = lit.size
    if wide > 2 * reach and high > 2 * reach:
        lit.paste(lit.crop((0, reach, wide, reach + 1)).resize((wide, reach)), (0, 0))
        lit.paste(lit.crop((reach, 0, reach + 1, high)).resize((reach, high)), (0, 0))
    return lit


def gain(image: Image.Image, factor: float, offset: float = 0.0) -> Image.Image:
    """Contrast around 128, then an offset."""
    return image.point(
        [min(255, max(0, round((v - 128) * factor + 128 + offset))) for v in range(256)]
    )


@lru_cache(maxsize=12)
def wrinkles(seed: int, size: tuple[int, int]) -> Image.Image:
    """Lit creases of cloth that has been smoothed by hand, 128 where it is flat."""
    broad = _creases(seed, size, (size[0] / 3.2, size[1] / 3.6))
    small = _creases(seed + 1, size, (size[0] / 7, size[1] / 8))
    swell = relief(cloud(seed + 2, size, (size[0] / 4, size[1] / 5)), 5, 0.22)
    return ImageChops.add(ImageChops.add(broad, small, 1, -128), swell, 1, -128)


def _creases(seed: int, size: tuple[int, int], grain: tuple[float, float]) -> Image.Image:
    field = cloud(seed, size, grain)
    warp = cloud(seed + 7, size, (grain[0] / 2.5, grain[1] / 2.5))
    mixed = Image.blend(field, warp, 0.28)
    ridge = mixed.point([max(0, 255 - abs(v - 128) * 12) for v in range(256)])
    where = cloud(seed + 9, size, (grain[0] * 0.8, grain[1] * 0.8))
    ridge = ImageChops.multiply(
        ridge, where.point([min(255, max(0, (v - 110) * 4)) for v in range(256)])
    )
    return relief(ridge.filter(ImageFilter.GaussianBlur(2.2)), 2, 1.5)
