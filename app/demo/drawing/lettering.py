"""Words on labels, tags, stamps and pins, in the typeface that comes with Pillow."""

import unicodedata
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont


@lru_cache(maxsize=16)
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def word(text: str, size: int, *, spacing: float = 0.0, slant: float = 0.0) -> Image.Image:
    """The text as a mask, without the accents the typeface lacks.

    `spacing` is the gap between letters as a share of the size, `slant` leans them.
    """
    text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    fine = _font(size * 2)
    gap = spacing * size * 2
    widths = [fine.getlength(letter) + gap for letter in text]
    height = round(size * 2.8)
    image = Image.new("L", (max(2, round(sum(widths) - gap) + size), height))
    draw = ImageDraw.Draw(image)
    x = size / 2
    for letter, width in zip(text, widths, strict=True):
        draw.text((x, size * 0.3), letter, fill=255, font=fine)
        x += width
    if slant:
        image = image.transform(
            image.size,
            Image.Transform.AFFINE,
            (1, slant, -slant * height / 2, 0, 1, 0),
            Image.Resampling.BICUBIC,
        )
    box = image.getbbox() or (0, 0, 2, 2)
    return image.crop(box).reduce(2)


def fitted(
    text: str, size: int, width: int, *, spacing: float = 0.0, slant: float = 0.0
) -> Image.Image:
    """The text as large as `size` allows without being wider than `width`."""
    mask = word(text, size, spacing=spacing, slant=slant)
    while mask.width > width and size > 12:
        size = max(12, min(size - 2, size * width // mask.width))
        mask = word(text, size, spacing=spacing, slant=slant)
    return mask
