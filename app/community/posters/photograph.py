"""The photograph cut to its place, or a hanger where there is none yet."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw, ImageOps

from app.community.posters.palette import EDGE, SUNKEN

FOCUS = (0.5, 0.12)
"""What tells clothes apart is above: a collar says more than a hem."""
_FINE = 4


def draw_photograph(photograph: Image.Image | Path | None, size: tuple[int, int]) -> Image.Image:
    """An RGB picture of exactly that size; raises OSError for a file that is none."""
    if photograph is None:
        return _hanger(size)
    if isinstance(photograph, Path):
        with Image.open(photograph) as opened:
            opened.draft("RGB", (size[0] * 2, size[1] * 2))
            return _fitted(opened, size)
    return _fitted(photograph, size)


def _fitted(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    upright = ImageOps.exif_transpose(image)
    if upright.has_transparency_data:
        ground = Image.new("RGBA", upright.size, SUNKEN)
        upright = Image.alpha_composite(ground, upright.convert("RGBA"))
    scale = min(upright.width / size[0], upright.height / size[1])
    width, height = size[0] * scale, size[1] * scale
    left, top = (upright.width - width) * FOCUS[0], (upright.height - height) * FOCUS[1]
    return upright.convert("RGB").resize(
        size,
        Image.Resampling.LANCZOS,
        box=(left, top, left + width, top + height),
        reducing_gap=2.0,
    )


def _hanger(size: tuple[int, int]) -> Image.Image:
    """Line art as on the website, drawn fine and made small."""
    reach = min(size) * 0.5
    side = round(reach) * _FINE
    mask = Image.new("L", (side, side), 0)
    pen = ImageDraw.Draw(mask)
    width = round(4.5 * _FINE)

    def at(x: float, y: float) -> tuple[float, float]:
        return side * x, side * y

    pen.arc((*at(0.43, 0.14), *at(0.57, 0.28)), 180, 90, fill=255, width=width)
    pen.line((at(0.5, 0.28), at(0.5, 0.38)), fill=255, width=width, joint="curve")
    shoulders = [at(0.5, 0.38), at(0.92, 0.66), at(0.9, 0.7), at(0.1, 0.7), at(0.08, 0.66)]
    pen.line([*shoulders, at(0.5, 0.38)], fill=255, width=width, joint="curve")
    line_art = mask.reduce(_FINE)
    ground = Image.new("RGB", size, SUNKEN)
    corner = ((size[0] - line_art.width) // 2, round((size[1] - line_art.height) * 0.46))
    ground.paste(EDGE, corner, line_art)
    return ground
