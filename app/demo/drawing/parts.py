"""What a drawn thing is made of: cut pieces of cloth, lines sewn on them, and hardware."""

from dataclasses import dataclass, field
from typing import Literal

from app.demo.drawing.geometry import Line, Point
from app.demo.drawing.palette import Colour

Stitch = Literal["seam", "thread", "double", "crease", "edge", "ink"]
ClothName = str
"""A name in a drawing's wardrobe: main, second, rib, lining, inside, leather, …"""


@dataclass(frozen=True)
class Sewn:
    """A line on a piece of cloth: a seam, a row of visible thread, a pressed crease."""

    line: Line
    stitch: Stitch = "seam"
    colour: Colour | None = None
    width: float = 1.0


@dataclass(frozen=True)
class Fold:
    """A soft ridge (depth > 0) or valley (depth < 0) along a line; depth within -1 and 1."""

    line: Line
    width: float
    depth: float


@dataclass(frozen=True)
class Part:
    """One piece of cloth lying on what was laid down before it.

    `grain` turns the weave in degrees, `tone` lightens (> 0) or darkens (< 0), `puff` rounds the
    edges by so many pixels, `lift` is the strength of the shadow on what lies beneath.
    """

    outline: Line
    cloth: ClothName = "main"
    grain: float = 0.0
    tone: float = 0.0
    puff: float = 9.0
    lift: float = 0.45
    crease: float = 1.0
    folds: tuple[Fold, ...] = ()
    sewn: tuple[Sewn, ...] = ()


@dataclass(frozen=True)
class Stud:
    """A round thing: a button, snap, rivet or eyelet."""

    at: Point
    radius: float
    make: Literal["horn", "shell", "metal", "rivet", "cloth", "leather", "eyelet", "snap", "anchor"]
    colour: Colour
    turn: float = 0.0


@dataclass(frozen=True)
class Bar:
    """A band drawn along a line: zip, buckle frame, cord; thread sewn into cloth has no `lift`."""

    line: Line
    width: float
    make: Literal["zip", "metal", "cord", "lace"]
    colour: Colour
    lift: float = 0.5


Item = Part | Stud | Bar


@dataclass
class Drawing:
    """The parts of one thing in the order they are laid down, and its named places."""

    items: list[Item] = field(default_factory=list)
    places: dict[str, tuple[float, float, float]] = field(default_factory=dict)
    fades: list[tuple[float, float, float, float, float]] = field(default_factory=list)

    def add(self, *items: Item) -> None:
        """Lay further items on top."""
        self.items.extend(items)

    def place(self, name: str, point: Point, angle: float = 0.0) -> None:
        """Name a point, with the direction of the edge or seam that passes through it."""
        self.places[name] = (point[0], point[1], angle)
