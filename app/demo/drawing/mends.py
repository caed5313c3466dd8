"""Repairs seen close up: darns, patches, a replaced button."""

import math
from random import Random

from app.demo.drawing.cloth.dye import Dye
from app.demo.drawing.cloth.stuff import Bolt
from app.demo.drawing.garment import Garment
from app.demo.drawing.geometry import Knot, Line, ellipse, smooth
from app.demo.drawing.palette import HORN, SHADES, Colour, brightness, darker, lighter, mix
from app.demo.drawing.parts import Bar, Drawing, Part, Sewn, Stud
from app.demo.drawing.table import Table
from app.demo.drawing.wardrobe.torso import bent

Place = tuple[float, float, float]
"""A drawing point, and the direction in degrees of the edge that runs through it."""


def cover_with(table: Table, *items: Part | Bar | Stud) -> None:
    drawing = Drawing()
    drawing.add(*items)
    table.lay(drawing, table.bolts)


def yarn_for(garment: Garment) -> Colour:
    base = SHADES[garment.colour]
    return lighter(base, 0.16) if brightness(base) < 0.55 else darker(base, 0.14)


def darn(table: Table, garment: Garment, at: Place, dice: Random) -> None:
    x, y, _ = at
    yarn = yarn_for(garment)
    pad = smooth(
        [
            (
                x + 34 * math.cos(a) * dice.uniform(0.9, 1.1),
                y + 30 * math.sin(a) * dice.uniform(0.9, 1.1),
            )
            for a in (0, 0.8, 1.6, 2.4, 3.1, 3.9, 4.7, 5.5)
        ]
    )
    cover_with(table, Part(pad, "main", tone=-0.06, puff=7, lift=0.2))
    for step in range(-8, 9):
        reach = 34 * math.sqrt(max(0.06, 1 - (step / 9.5) ** 2)) + dice.uniform(1, 6)
        line: Line = [
            (x + step * 3.7, y - reach),
            (x + step * 3.7 + dice.uniform(-0.7, 0.7), y + reach),
        ]
        cover_with(
            table,
            Bar(line, 2.5, "cord", mix(yarn, SHADES[garment.colour], dice.uniform(0, 0.3)), 0.0),
        )
    for step in range(-8, 9):
        reach = 31 * math.sqrt(max(0.06, 1 - (step / 9.5) ** 2))
        over = [x - reach + i * 7.4 + (step % 2) * 3.7 for i in range(int(2 * reach / 7.4) + 1)]
        cover_with(
            table,
            *[
                Bar([(px, y + step * 3.6), (px + 3.9, y + step * 3.6)], 2.6, "lace", yarn, 0.04)
                for px in over
            ],
        )


def missing(table: Table, _garment: Garment, at: Place, dice: Random) -> None:
    """A button that was replaced: not quite its neighbours' colour, sewn with new thread."""
    colour = mix(HORN, (206, 180, 140), 0.6)
    x, y, _ = at
    ring = ellipse(x + 1, y + 1, 19, 19)
    cover_with(table, Part(ring, "main", tone=-0.1, puff=3, lift=0.0, crease=0.3))
    cover_with(table, Stud((x, y), 14, "horn", colour, turn=dice.randrange(90)))


def patch(table: Table, garment: Garment, at: Place, dice: Random) -> None:
    x, y, _ = at
    other = _patch_bolt(garment, table.placement.scale)
    turn = dice.uniform(-0.12, 0.12)
    corners = [(-62, -56), (60, -60), (66, 54), (-58, 60)]
    outline = [
        (
            x + px * math.cos(turn) - py * math.sin(turn),
            y + px * math.sin(turn) + py * math.cos(turn),
        )
        for px, py in corners
    ]
    knots: list[Knot] = [(*point, 1) for point in outline]
    inner = [(x + (px - x) * 0.88, y + (py - y) * 0.88) for px, py in outline]
    row = smooth([(*point, 1) for point in [*inner, inner[0]]], closed=False)
    thread = (226, 214, 190) if brightness(SHADES[garment.colour]) < 0.6 else (150, 140, 124)
    part = Part(
        smooth(knots),
        "patch",
        grain=math.degrees(turn) + 4,
        puff=6,
        lift=0.5,
        folds=(bent((x - 40, y + 30), (x + 46, y - 20), 6, 22, 0.4),),
        sewn=(Sewn(row, "thread", thread, 1.2),),
    )
    drawing = Drawing()
    drawing.add(part)
    table.lay(drawing, {**table.bolts, "patch": other})


def _patch_bolt(garment: Garment, scale: float) -> Bolt:
    base = SHADES[garment.colour]
    pale = brightness(base) > 0.7
    colour = (
        darker(base, 0.1)
        if pale
        else SHADES["indigo"]
        if garment.fabric == "denim"
        else mix(base, (120, 120, 120), 0.3)
    )
    return Bolt("linen" if pale else "denim", Dye(colour, colour, scale, 4), 0.3)
