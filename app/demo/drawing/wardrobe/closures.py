"""Plackets, rows of buttons, zips and pockets."""

from typing import Literal

from app.demo.drawing.geometry import Knot, Line, box, mirrored, smooth
from app.demo.drawing.palette import BRASS, Colour
from app.demo.drawing.parts import Bar, Fold, Item, Part, Sewn, Stud
from app.demo.drawing.wardrobe.collars import edge_thread
from app.demo.drawing.wardrobe.torso import AXIS

Make = Literal["horn", "shell", "metal", "rivet", "cloth", "leather", "eyelet", "snap", "anchor"]


def placket(top: float, bottom: float, width: float = 46, *, stitched: bool = True) -> Part:
    """The strip that carries the buttonholes, the wearer's left over right."""
    half = width / 2
    outline = smooth(
        [
            (AXIS - half, top, 1),
            (AXIS + half, top, 1),
            (AXIS + half, bottom, 1),
            (AXIS - half, bottom, 1),
        ]
    )
    rows = (
        Sewn([(AXIS - half + 6, top), (AXIS - half + 6, bottom)], "thread"),
        Sewn([(AXIS + half - 6, top), (AXIS + half - 6, bottom)], "thread"),
    )
    return Part(outline, puff=5, lift=0.42, crease=0.7, sewn=rows if stitched else ())


def front_edge(top: float, bottom: float, lean: float = 0.0) -> Sewn:
    """The edge of an overlapping front without a placket."""
    return Sewn([(AXIS + 20, top), (AXIS + 20 + lean, bottom)], "seam", width=1.2)


def buttons(
    ys: list[float], radius: float, make: Make, colour: Colour, x: float = AXIS
) -> list[Item]:
    """A column of buttons, each with the shadow of its buttonhole."""
    return [
        Stud((x, y), radius, make, colour, turn=(index * 37) % 90) for index, y in enumerate(ys)
    ]


def spaced(top: float, bottom: float, count: int) -> list[float]:
    """Evenly spaced heights from top to bottom."""
    return [top + (bottom - top) * index / (count - 1) for index in range(count)]


def zipper(top: float, bottom: float, colour: Colour = BRASS) -> list[Item]:
    """A metal zip with its slider near the top."""
    return [
        Bar([(AXIS, top), (AXIS, bottom)], 20, "zip", colour),
        Bar([(AXIS, top + 6), (AXIS, top + 26)], 13, "metal", colour),
        Bar([(AXIS, top + 26), (AXIS + 2, top + 66)], 8, "metal", colour),
    ]


def patch_pocket(
    x: float, y: float, wide: float, high: float, *, round_: float = 18, point: float = 0.0
) -> Part:
    """A pocket sewn on the outside, its mouth at the top."""
    half = wide / 2
    knots: list[Knot] = [
        (x - half, y, 1),
        (x + half, y, 1),
        (x + half, y + high - round_, 1),
        (x + half - round_ * 0.7, y + high - round_ * 0.2),
        (x, y + high + point),
        (x - half + round_ * 0.7, y + high - round_ * 0.2),
        (x - half, y + high - round_, 1),
    ]
    if not round_:
        knots = [
            (x - half, y, 1),
            (x + half, y, 1),
            (x + half, y + high, 1),
            (x, y + high + point, 1),
            (x - half, y + high, 1),
        ]
    outline = smooth(knots)
    mouth = Sewn([(x - half, y + 22), (x + half, y + 22)], "thread")
    sag = Fold([(x - half * 0.8, y + 30), (x, y + 44), (x + half * 0.8, y + 30)], 18, 0.4)
    return Part(
        outline, puff=6, lift=0.4, crease=0.8, folds=(sag,), sewn=(*edge_thread(outline, 5), mouth)
    )


def flap(x: float, y: float, wide: float, high: float, *, style: str = "square") -> Part:
    """A pocket flap: square, pointed or sawtooth."""
    half = wide / 2
    lower: dict[str, list[Knot]] = {
        "square": [(x + half, y + high, 1), (x - half, y + high, 1)],
        "pointed": [
            (x + half, y + high * 0.55, 1),
            (x, y + high, 1),
            (x - half, y + high * 0.55, 1),
        ],
        "sawtooth": [
            (x + half, y + high * 0.8, 1),
            (x + half * 0.45, y + high * 0.62, 1),
            (x, y + high, 1),
            (x - half * 0.45, y + high * 0.62, 1),
            (x - half, y + high * 0.8, 1),
        ],
    }
    outline = smooth([(x - half, y, 1), (x + half, y, 1), *lower[style]])
    return Part(outline, puff=6, lift=0.55, crease=0.4, sewn=edge_thread(outline, 5))


def welt(x: float, y: float, wide: float, lean: float = 0.0, high: float = 26) -> Part:
    """A slit pocket with a narrow band, leaning by so many pixels."""
    half = wide / 2
    outline = smooth(
        [
            (x - half, y - lean, 1),
            (x + half, y + lean, 1),
            (x + half, y + lean + high, 1),
            (x - half, y - lean + high, 1),
        ]
    )
    return Part(outline, puff=4, lift=0.4, crease=0.2, sewn=edge_thread(outline, 4))


def twice(part: Part) -> list[Part]:
    """The part and its mirror image."""
    flipped = [(2 * AXIS - x, y) for x, y in part.outline]
    folds = tuple(
        Fold([(2 * AXIS - x, y) for x, y in f.line], f.width, f.depth) for f in part.folds
    )
    sewn = tuple(
        Sewn([(2 * AXIS - x, y) for x, y in s.line], s.stitch, s.colour, s.width) for s in part.sewn
    )
    return [
        part,
        Part(
            flipped,
            part.cloth,
            -part.grain,
            part.tone,
            part.puff,
            part.lift,
            part.crease,
            folds,
            sewn,
        ),
    ]


def buttonhole(x: float, y: float, wide: float = 22) -> Sewn:
    """A worked hole beside or under a button."""
    return Sewn([(x - wide / 2, y), (x + wide / 2, y)], "ink", width=1.4)


def strip(
    line_top: Line, line_bottom: Line, cloth: str = "main", *, puff: float = 8, lift: float = 0.3
) -> Part:
    """A band between two lines that run the same way: a waistband, a hem rib."""
    return Part([*line_top, *reversed(line_bottom)], cloth, puff=puff, lift=lift, crease=0.3)


def rectangle(x0: float, y0: float, x1: float, y1: float, cloth: str, corner: float = 4) -> Part:
    """A plain piece with barely rounded corners."""
    return Part(box(x0, y0, x1, y1, corner), cloth, puff=5, lift=0.5, crease=0.2)


def mirrored_line(line: Line) -> Line:
    """A line on the other side of the centre."""
    return [(x, y) for x, y, *_ in mirrored(line)]
