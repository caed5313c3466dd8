"""How laid cloth takes the light: round edges, folds, creases, shadow on what lies beneath.

All images here are half the picture's size and grey; 128 changes nothing.
"""

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from app.demo.drawing.geometry import Placement, tapered, touches
from app.demo.drawing.noise import gain, relief
from app.demo.drawing.parts import Fold, Part

Box = tuple[int, int, int, int]
BROAD = 16.0


def rounded(mask: Image.Image, puff: float, shine: float) -> Image.Image:
    """Light on a piece whose edges curve away over `puff` picture pixels."""
    radius = max(1.0, puff / 2)
    soft = mask.filter(ImageFilter.GaussianBlur(radius))
    lit = relief(soft, max(1, round(radius * 0.55)), 1.15 / shine)
    turn_away = soft.point([round(128 - (255 - v) * 0.16 * shine) for v in range(256)])
    return ImageChops.add(lit, turn_away, 1, -128)


def folded(lit: Image.Image, part: Part, placement: Placement, box: Box) -> Image.Image:
    """The light with the part's folds and the valleys of its seams in it."""
    valleys = [
        Fold(sewn.line, 7.0, -0.5)
        for sewn in part.sewn
        if sewn.stitch in {"seam", "double", "crease"}
    ]
    folds = [
        fold
        for fold in (*part.folds, *valleys)
        if touches(placement.line(fold.line), box, fold.width * placement.scale)
    ]
    fine = [fold for fold in folds if fold.width < BROAD]
    if fine:
        height = _heights(fine, placement, box, lit.size, 2)
        lit = ImageChops.add(lit, relief(height, max(1, round(placement.scale)), 0.95), 1, -128)
    broad = [fold for fold in folds if fold.width >= BROAD]
    if broad:
        small = (max(1, lit.width // 2), max(1, lit.height // 2))
        height = _heights(broad, placement, box, small, 4)
        soft = relief(height, max(1, round(2 * placement.scale)), 0.6)
        lit = ImageChops.add(lit, soft.resize(lit.size, Image.Resampling.BILINEAR), 1, -128)
    return lit


def _heights(
    folds: list[Fold], placement: Placement, box: Box, size: tuple[int, int], smaller: int
) -> Image.Image:
    height = Image.new("L", size, 128)
    draw = ImageDraw.Draw(height)
    for fold in folds:
        line = [
            ((x - box[0]) / smaller, (y - box[1]) / smaller) for x, y in placement.line(fold.line)
        ]
        width = fold.width * placement.scale / smaller
        draw.polygon(tapered(line, width), fill=round(128 + 100 * fold.depth))
    typical = sum(fold.width for fold in folds) / len(folds) * placement.scale / smaller
    return height.filter(ImageFilter.GaussianBlur(max(0.8, typical * 0.3)))


def softened(lit: Image.Image, shine: float, pale: float) -> Image.Image:
    """Matt cloth holds highlights back, silk and leather let them go; pale cloth shades less."""
    light, dark = 0.42 * shine**1.9, 0.92 - 0.24 * pale
    return lit.point([round(128 + (v - 128) * (light if v > 128 else dark)) for v in range(256)])


def creased(field: Image.Image, strength: float, scale: float) -> Image.Image:
    """The wrinkle field at a strength; seen from nearer it is larger and softer."""
    if scale > 1:
        width, height = field.size
        left, top = width * 0.3, height * 0.3
        region = (left, top, left + width / scale * 0.7, top + height / scale * 0.7)
        field = field.resize(field.size, Image.Resampling.BICUBIC, box=region)
    return gain(field, strength)


def shaded_beneath(under: Image.Image, mask: Image.Image, lift: float, scale: float) -> Image.Image:
    """What lies beneath, darkened around and to the lower right of the piece on top."""
    moved = Image.new("L", mask.size)
    step = max(1, round(2 * scale))
    moved.paste(mask, (step, step))
    soft = moved.filter(ImageFilter.GaussianBlur(3.6 * scale))
    return ImageChops.subtract(under, soft.point([round(v * lift * 0.42) for v in range(256)]))
