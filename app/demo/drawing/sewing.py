"""Lines sewn on cloth: seams, rows of thread, printed or drawn lines."""

from collections.abc import Sequence
from functools import lru_cache

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from app.demo.drawing.cloth.stuff import Bolt
from app.demo.drawing.geometry import Line, Placement, dashes, parallel, touches
from app.demo.drawing.noise import cloud
from app.demo.drawing.palette import Colour, brightness, darker, lighter
from app.demo.drawing.parts import Sewn

Box = tuple[int, int, int, int]
DASH, GAP, ROW = 8.0, 3.4, 7.0
Stroke = tuple[Line, float]


def sew(
    texture: Image.Image, lines: Sequence[Sewn], bolt: Bolt, placement: Placement, box: Box
) -> None:
    """Draw the lines on a cut piece of cloth."""
    base = bolt.dye.base
    if bolt.wear > 0.15:
        _rub(
            texture,
            [s for s in lines if s.stitch in {"thread", "double", "seam"}],
            bolt,
            placement,
            box,
        )
    seams = [(s.line, s.width) for s in lines if s.stitch in {"seam", "double"}]
    _paint(texture, darker(base, 0.55), seams, placement, box, 0.8)
    threads: dict[Colour, list[Sewn]] = {}
    inks: dict[Colour, list[Stroke]] = {}
    for sewn in lines:
        if sewn.stitch in {"thread", "double"}:
            threads.setdefault(sewn.colour or thread_for(base), []).append(sewn)
        if sewn.stitch == "ink":
            inks.setdefault(sewn.colour or darker(base, 0.4), []).append((sewn.line, sewn.width))
    for ink, strokes in inks.items():
        _paint(texture, ink, strokes, placement, box, 0.95)
    for colour, sewns in threads.items():
        _stitch(texture, colour, sewns, placement, box)


def thread_for(base: Colour) -> Colour:
    """The thread a tailor would have taken: near the cloth, visible."""
    return lighter(base, 0.3) if brightness(base) < 0.5 else darker(base, 0.3)


def _stitch(
    texture: Image.Image, colour: Colour, sewns: Sequence[Sewn], placement: Placement, box: Box
) -> None:
    strokes: list[Stroke] = []
    for sewn in sewns:
        rows = [0.0] if sewn.stitch == "thread" else [4.0, 4.0 + ROW]
        for row in rows:
            line = parallel(sewn.line, row) if row else sewn.line
            strokes += [([a, b], sewn.width) for a, b in dashes(line, DASH, GAP)]
    moved = [([(x + 0.7, y + 0.9) for x, y in line], width) for line, width in strokes]
    _paint(texture, darker(colour, 0.75), moved, placement, box, 0.5)
    _paint(texture, colour, strokes, placement, box, 0.95)


def _paint(
    texture: Image.Image,
    colour: Colour,
    strokes: Sequence[Stroke],
    placement: Placement,
    box: Box,
    strength: float,
) -> None:
    seen = _seen(strokes, placement, box)
    if seen:
        part = _around(seen, box)
        mask = _drawn(seen, part, round(255 * strength))
        texture.paste(colour, (part[0] - box[0], part[1] - box[1]), mask)


def _seen(strokes: Sequence[Stroke], placement: Placement, box: Box) -> list[Stroke]:
    """Those strokes that reach into the box, as picture lines with the width of their pen."""
    pens = ((placement.line(line), width * 1.7 * placement.scale) for line, width in strokes)
    return [(line, pen) for line, pen in pens if touches(line, box, pen)]


def _around(strokes: Sequence[Stroke], box: Box) -> Box:
    """The part of the box that the strokes cover, in whole pairs of pixels from its corner."""
    margin = max(pen for _, pen in strokes) + 2
    left = min(x for line, _ in strokes for x, _ in line) - margin
    top = min(y for line, _ in strokes for _, y in line) - margin
    right = max(x for line, _ in strokes for x, _ in line) + margin
    bottom = max(y for line, _ in strokes for _, y in line) + margin
    return (
        max(box[0], int(left) // 2 * 2),
        max(box[1], int(top) // 2 * 2),
        min(box[2], int(right) // 2 * 2 + 2),
        min(box[3], int(bottom) // 2 * 2 + 2),
    )


def _drawn(strokes: Sequence[Stroke], box: Box, value: int) -> Image.Image:
    """Strokes as a mask with soft edges, in the box."""
    left, top, right, bottom = box
    big = Image.new("L", ((right - left) * 2, (bottom - top) * 2))
    draw = ImageDraw.Draw(big)
    for line, pen in strokes:
        placed = [((x - left) * 2, (y - top) * 2) for x, y in line]
        draw.line(placed, fill=value, width=max(2, round(pen * 2)), joint="curve")
    return big.reduce(2)


def _rub(
    texture: Image.Image, lines: Sequence[Sewn], bolt: Bolt, placement: Placement, box: Box
) -> None:
    seen = _seen([(sewn.line, 6.0) for sewn in lines], placement, box)
    if not seen:
        return
    mask = _drawn(seen, box, round(150 * bolt.wear)).reduce(2)
    soft = mask.filter(ImageFilter.GaussianBlur(2.2 * placement.scale))
    patchy = ImageChops.multiply(soft, _patches(round(placement.scale * 9)).resize(soft.size))
    grown = patchy.resize(texture.size, Image.Resampling.BILINEAR)
    texture.paste(lighter(bolt.dye.base, 0.5), (0, 0), grown)


@lru_cache(maxsize=4)
def _patches(grain: int) -> Image.Image:
    """Where worn cloth is paler and where it is not."""
    return cloud(41, (400, 400), (grain, grain))
