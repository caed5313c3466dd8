"""Collars and necklines, laid on a body; all are drawn for the left and mirrored."""

from itertools import pairwise

from app.demo.drawing.geometry import Knot, Line, Point, mirrored, parallel, smooth
from app.demo.drawing.parts import Part, Sewn
from app.demo.drawing.wardrobe.torso import AXIS, Torso

Side = list[Knot]


def both(
    knots: Side, cloth: str = "main", *, grain: float = 0.0, stitched: float = 0.0
) -> list[Part]:
    """A left piece and its mirror image, each with a row of thread along its edge if wanted."""
    parts = []
    for side in (-1, 1):
        outline = smooth(knots if side < 0 else mirrored(knots))
        parts.append(
            Part(
                outline,
                cloth,
                grain=grain * side,
                puff=6,
                lift=0.62,
                crease=0.4,
                sewn=edge_thread(outline, stitched),
            )
        )
    return parts


def edge_thread(outline: Line, inset: float) -> tuple[Sewn, ...]:
    """Thread running inside an outline that was drawn clockwise or not."""
    if not inset:
        return ()
    closed = [*outline, outline[0]]
    area = sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise(closed))
    return (Sewn(parallel(closed, inset if area > 0 else -inset), "thread"),)


def inside_back(torso: Torso, cloth: str = "inside", depth: float = 30) -> Part:
    """The inside of the back seen through the neck opening."""
    neck, y = torso.neck, torso.neck_y
    knots: list[Knot] = [
        (AXIS - neck - 4, y + 2, 1),
        (AXIS, y - depth * 0.55),
        (AXIS + neck + 4, y + 2, 1),
        (AXIS + neck * 0.8, y + depth * 1.5),
        (AXIS, y + depth * 2.6),
        (AXIS - neck * 0.8, y + depth * 1.5),
    ]
    return Part(smooth(knots), cloth, tone=-0.26, puff=6, lift=0.0, crease=0.3)


def stand(torso: Torso, cloth: str = "main", high: float = 26) -> Part:
    """The back of the collar standing up behind the neck."""
    neck, y = torso.neck, torso.neck_y
    knots: list[Knot] = [
        (AXIS - neck - 10, y + 14),
        (AXIS - neck * 0.78, y - high * 0.55),
        (AXIS, y - high),
        (AXIS + neck * 0.78, y - high * 0.55),
        (AXIS + neck + 10, y + 14),
        (AXIS + neck * 0.6, y + high * 0.7),
        (AXIS, y + high * 0.95),
        (AXIS - neck * 0.6, y + high * 0.7),
    ]
    return Part(smooth(knots), cloth, tone=-0.06, puff=7, lift=0.3, crease=0.3)


def shirt(
    torso: Torso, *, point: float = 92, spread: float = 84, cloth: str = "main", stitched: float = 5
) -> list[Part]:
    """Two leaves meeting at the top button; `point` is how far they reach down."""
    y = torso.neck_y
    tip: Knot = (AXIS - spread, y + torso.dip + point * 0.72, 1)
    return both([*_neck_edge(torso), tip, *_outer_edge(torso)], cloth, grain=-24, stitched=stitched)


def _neck_edge(torso: Torso, low: float = 10) -> Side:
    neck, y = torso.neck, torso.neck_y
    return [
        (AXIS - neck * 0.84, y - 14, 1),
        (AXIS - neck * 0.6, y + 26),
        (AXIS - 3, y + torso.dip + low, 1),
    ]


def _outer_edge(torso: Torso, out: float = 20) -> Side:
    neck, y = torso.neck, torso.neck_y
    return [(AXIS - neck - out, y + 44), (AXIS - neck - out * 0.7, y + 6)]


def rounded(torso: Torso, cloth: str = "main") -> list[Part]:
    """A soft collar with round corners."""
    neck, y = torso.neck, torso.neck_y
    low: Side = [
        (AXIS - 12, y + torso.dip + 58),
        (AXIS - 52, y + torso.dip + 76),
        (AXIS - neck - 14, y + 84),
    ]
    return both([*_neck_edge(torso), *low, *_outer_edge(torso, 26)], cloth, grain=-20, stitched=6)


def long_pointed(torso: Torso, cloth: str = "main") -> list[Part]:
    """The long points of the seventies, worn open."""
    neck, y = torso.neck, torso.neck_y
    tip: Knot = (AXIS - 132, y + torso.dip + 128, 1)
    outer: Side = [(AXIS - neck - 46, y + 56), (AXIS - neck - 26, y + 8)]
    return both([*_neck_edge(torso, 34), tip, *outer], cloth, grain=-26, stitched=6)


def lapels(torso: Torso, bottom: float, *, wide: float = 128, collar: str = "main") -> list[Part]:
    """Notched lapels rolling down to `bottom`, with the collar lying on them."""
    neck, y = torso.neck, torso.neck_y
    lapel: Side = [
        (AXIS - neck + 4, y + 10, 1),
        (AXIS - neck * 0.6, y + 110),
        (AXIS - 2, bottom, 1),
        (AXIS - wide * 0.62, y + (bottom - y) * 0.62),
        (AXIS - wide, y + 138, 1),
        (AXIS - wide + 46, y + 112, 1),
        (AXIS - neck - 30, y + 44, 1),
    ]
    upper: Side = [
        (AXIS - neck * 0.8, y - 16, 1),
        (AXIS - neck * 0.66, y + 40),
        (AXIS - neck * 0.7, y + 88, 1),
        (AXIS - wide + 34, y + 120, 1),
        (AXIS - wide - 8, y + 80, 1),
        (AXIS - neck - 34, y + 30),
        (AXIS - neck - 12, y - 4),
    ]
    return [nape_roll(torso, collar), *both(lapel, grain=-12), *both(upper, collar, grain=-20)]


def nape_roll(torso: Torso, cloth: str) -> Part:
    """The collar behind the neck, between its two visible ends."""
    neck, y = torso.neck, torso.neck_y
    knots: list[Knot] = [
        (AXIS - neck * 0.9, y - 10),
        (AXIS, y - 26),
        (AXIS + neck * 0.9, y - 10),
        (AXIS + neck * 0.62, y + 22),
        (AXIS, y + 16),
        (AXIS - neck * 0.62, y + 22),
    ]
    return Part(smooth(knots), cloth, tone=-0.12, puff=8, lift=0.4, crease=0.2)


def shawl(torso: Torso, bottom: float, wide: float = 116) -> list[Part]:
    """A collar and lapel in one curve."""
    neck, y = torso.neck, torso.neck_y
    leaf: Side = [
        (AXIS - neck * 0.8, y - 18, 1),
        (AXIS - neck * 0.62, y + 90),
        (AXIS + 6, bottom, 1),
        (AXIS - wide * 0.8, y + (bottom - y) * 0.66),
        (AXIS - wide - 10, y + 190),
        (AXIS - neck - 48, y + 60),
        (AXIS - neck - 14, y - 4),
    ]
    return [nape_roll(torso, "main"), *both(leaf, grain=-10)]


def ring(torso: Torso, cloth: str = "rib", thick: float = 26, back: float = 20) -> list[Part]:
    """A knitted neck band: its far side behind, its near side in front."""
    neck, y, dip = torso.neck, torso.neck_y, torso.dip
    far: list[Knot] = [
        (AXIS - neck - 4, y + 6, 1),
        (AXIS, y - back),
        (AXIS + neck + 4, y + 6, 1),
        (AXIS + neck * 0.7, y + 26),
        (AXIS, y + thick - back + 8),
        (AXIS - neck * 0.7, y + 26),
    ]
    inner: list[Knot] = [
        (AXIS - neck, y - 2, 1),
        (AXIS - neck * 0.62, y + dip * 0.72),
        (AXIS, y + dip),
    ]
    outer: list[Knot] = [
        (AXIS - neck - thick, y + 8, 1),
        (AXIS - neck * 0.86, y + dip * 0.86 + thick * 0.7),
        (AXIS, y + dip + thick),
    ]
    near = smooth([*inner, *mirrored(inner)[1:], *reversed([*outer, *mirrored(outer)[1:]])])
    hole = smooth([*inner, *mirrored(inner)[1:], (AXIS, y - back + 6)])
    return [
        Part(smooth(far), cloth, tone=-0.1, puff=6, lift=0.2, crease=0.2),
        Part(hole, "inside", tone=-0.24, puff=4, lift=0.0, crease=0.2),
        Part(near, cloth, puff=9, lift=0.4, crease=0.2),
    ]


def turtle(torso: Torso, cloth: str = "rib") -> list[Part]:
    """A tall neck folded over itself."""
    neck, y = torso.neck, torso.neck_y
    tube: list[Knot] = [
        (AXIS - neck - 2, y + 16, 1),
        (AXIS - neck + 4, y - 52, 1),
        (AXIS, y - 62),
        (AXIS + neck - 4, y - 52, 1),
        (AXIS + neck + 2, y + 16, 1),
        (AXIS, y + 44),
    ]
    rim: list[Knot] = [
        (AXIS - neck + 4, y - 54, 1),
        (AXIS, y - 64),
        (AXIS + neck - 4, y - 54, 1),
        (AXIS, y - 40),
    ]
    turned: list[Knot] = [
        (AXIS - neck + 1, y - 50, 1),
        (AXIS, y - 36),
        (AXIS + neck - 1, y - 50, 1),
        (AXIS + neck + 16, y + 22, 1),
        (AXIS, y + 50),
        (AXIS - neck - 16, y + 22, 1),
    ]
    return [
        Part(smooth(tube), cloth, puff=10, crease=0.2),
        Part(smooth(rim), "inside", tone=-0.22, puff=4, lift=0.0, crease=0.0),
        Part(smooth(turned), cloth, puff=13, lift=0.5, crease=0.2),
    ]


def vee(torso: Torso, bottom: float, cloth: str = "rib", thick: float = 24) -> list[Part]:
    """A knitted band running down to a point."""
    neck, y = torso.neck, torso.neck_y
    hole = smooth(
        [
            (AXIS - neck, y, 1),
            (AXIS, y - 18),
            (AXIS + neck, y, 1),
            (AXIS + neck * 0.5, (y + bottom) / 2),
            (AXIS, bottom, 1),
            (AXIS - neck * 0.5, (y + bottom) / 2),
        ]
    )
    far = smooth(
        [(AXIS - neck - 2, y + 4, 1), (AXIS, y - 22), (AXIS + neck + 2, y + 4, 1), (AXIS, y + 8)]
    )
    parts = [
        Part(hole, "inside", tone=-0.22, puff=4, lift=0.0, crease=0.2),
        Part(far, cloth, tone=-0.06, puff=6, lift=0.2, crease=0.1),
    ]
    band: Side = [
        (AXIS - neck + 3, y - 6, 1),
        (AXIS - neck * 0.5 + 2, (y + bottom) / 2),
        (AXIS + 1, bottom, 1),
        (AXIS + 1, bottom + thick * 1.5, 1),
        (AXIS - neck * 0.5 - thick, (y + bottom) / 2 + 8),
        (AXIS - neck - thick, y + 6, 1),
    ]
    for side in (-1, 1):
        outline = smooth(band if side < 0 else mirrored(band))
        parts.append(Part(outline, cloth, grain=-16.0 * side, puff=7, lift=0.4, crease=0.1))
    return parts


def band(torso: Torso, cloth: str = "main", high: float = 30) -> list[Part]:
    """A narrow standing band that meets at the front."""
    neck, y, dip = torso.neck, torso.neck_y, torso.dip
    leaf: Side = [
        (AXIS - neck - 4, y - 12, 1),
        (AXIS - neck * 0.68, y + dip * 0.6),
        (AXIS - 1, y + dip - 4, 1),
        (AXIS - 1, y + dip + high - 2, 1),
        (AXIS - neck * 0.8, y + dip * 0.72 + high),
        (AXIS - neck - 16, y + 12, 1),
    ]
    return both(leaf, cloth, grain=-18, stitched=4)


def back_collar(torso: Torso, cloth: str = "main", fall: float = 52, flare: float = 18) -> Part:
    """A folded collar seen from behind."""
    neck, y = torso.neck, torso.neck_y
    knots: list[Knot] = [
        (AXIS - neck - 8, y - 8, 1),
        (AXIS, y - 26),
        (AXIS + neck + 8, y - 8, 1),
        (AXIS + neck + flare, y + fall * 0.62, 1),
        (AXIS, y + fall),
        (AXIS - neck - flare, y + fall * 0.62, 1),
    ]
    outline = smooth(knots)
    return Part(outline, cloth, puff=8, lift=0.5, crease=0.3, sewn=edge_thread(outline, 6))


def bow(torso: Torso, cloth: str = "main") -> list[Part]:
    """A soft bow tied at the neck with two long ends."""
    x, y = AXIS, torso.neck_y + torso.dip + 26
    parts: list[Part] = []
    for side in (-1, 1):
        tail: Side = [
            (x - 6, y, 1),
            (x - 34, y + 120),
            (x - 30, y + 250),
            (x - 46, y + 330, 1),
            (x + 18, y + 348, 1),
            (x + 12, y + 240),
            (x + 4, y + 110),
            (x + 8, y, 1),
        ]
        lean = 12 if side < 0 else -22
        placed = [(px + lean * (py - y) / 200, py, *rest) for px, py, *rest in tail]
        outline = smooth(placed if side < 0 else mirrored(placed))
        parts.append(Part(outline, cloth, puff=9, lift=0.55))
    for side in (-1, 1):
        loop: Side = [
            (x, y - 12, 1),
            (x - 60, y - 58),
            (x - 122, y - 50),
            (x - 132, y + 10),
            (x - 104, y + 48),
            (x - 44, y + 34),
            (x, y + 14, 1),
        ]
        outline = smooth(loop if side < 0 else mirrored(loop))
        parts.append(Part(outline, cloth, grain=20.0 * side, puff=16, lift=0.6))
    knot: list[Knot] = [(x - 24, y - 24), (x + 24, y - 24), (x + 22, y + 26), (x - 22, y + 26)]
    parts.append(Part(smooth(knot), cloth, puff=12, lift=0.6))
    return parts


def roll_line(torso: Torso, point: Point) -> Line:
    """From the neck to a point on the front edge, where a lapel turns over."""
    return smooth([(AXIS - torso.neck, torso.neck_y), point], closed=False)
