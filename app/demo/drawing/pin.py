"""The numbered amber pin that points at a fault."""

import math

from PIL import Image, ImageDraw, ImageFilter

from app.demo.drawing.lettering import fitted
from app.demo.drawing.palette import AMBER


def pin(image: Image.Image, at: tuple[float, float], number: int) -> None:
    """Stick the numbered amber pin beside a picture point."""
    x, y = at[0] + 168, at[1] - 150
    left, top = round(x - 80), round(y - 80)
    side = 160
    big = Image.new("L", (side * 2, side * 2))
    ImageDraw.Draw(big).ellipse(
        (side - 84 + 8, side - 84 + 16, side + 84 + 8, side + 84 + 16), fill=150
    )
    image.paste((30, 22, 16), (left, top), big.filter(ImageFilter.GaussianBlur(12)).reduce(2))
    _line(image, at, (x, y))
    for radius, colour in ((42, (255, 250, 238)), (37, AMBER)):
        disc = Image.new("L", (side * 4, side * 4))
        middle = side * 2
        ImageDraw.Draw(disc).ellipse(
            (middle - radius * 4, middle - radius * 4, middle + radius * 4, middle + radius * 4),
            fill=255,
        )
        image.paste(colour, (left, top), disc.reduce(4))
    figure = fitted(str(number), 44, 50)
    image.paste(
        (255, 250, 238), (round(x - figure.width / 2), round(y - figure.height / 2)), figure
    )


def _line(image: Image.Image, at: tuple[float, float], end: tuple[float, float]) -> None:
    length = math.dist(at, end)
    start = (at[0] + (end[0] - at[0]) * 62 / length, at[1] + (end[1] - at[1]) * 62 / length)
    box = (
        int(min(start[0], end[0]) - 12),
        int(min(start[1], end[1]) - 12),
        int(max(start[0], end[0]) + 12),
        int(max(start[1], end[1]) + 12),
    )
    small = Image.new("L", ((box[2] - box[0]) * 4, (box[3] - box[1]) * 4))
    draw = ImageDraw.Draw(small)
    a = ((start[0] - box[0]) * 4, (start[1] - box[1]) * 4)
    b = ((end[0] - box[0]) * 4, (end[1] - box[1]) * 4)
    draw.line([a, b], fill=255, width=12)
    draw.ellipse((a[0] - 22, a[1] - 22, a[0] + 22, a[1] + 22), fill=255)
    image.paste((255, 250, 238), box[:2], small.reduce(4))
