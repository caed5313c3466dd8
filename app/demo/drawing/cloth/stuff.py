"""Which tile a fabric is drawn from, and how the fabric falls and shines."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image

from app.demo.drawing.cloth import checks, knits, prints, skins, weaves
from app.demo.drawing.cloth.dye import Dye
from app.demo.drawing.garment import Fabric
from app.demo.drawing.palette import Colour


@dataclass(frozen=True)
class Stuff:
    """A fabric: its tile, how much it creases, how strongly it takes the light, how thick it is.

    `solid` cloth has one colour.
    """

    tile: Callable[[Dye], Image.Image]
    crease: float = 0.5
    shine: float = 1.0
    loft: float = 1.0
    solid: bool = True


@dataclass(frozen=True)
class Bolt:
    """One cloth of a thing's wardrobe, ready to be cut."""

    fabric: Fabric
    dye: Dye
    wear: float = 0.0


STUFFS: dict[Fabric, Stuff] = {
    "denim": Stuff(weaves.denim, 0.5, 1.0, 1.0),
    "corduroy": Stuff(weaves.corduroy, 0.3, 1.0, 1.1),
    "needlecord": Stuff(weaves.needlecord, 0.35, 1.0, 1.1),
    "canvas": Stuff(weaves.canvas, 0.45, 0.95, 1.0),
    "poplin": Stuff(weaves.poplin, 0.7, 0.9, 0.7),
    "linen": Stuff(weaves.linen, 0.85, 0.95, 0.8),
    "twill": Stuff(weaves.twill, 0.5, 1.0, 1.0),
    "wool": Stuff(weaves.wool, 0.22, 1.0, 1.35),
    "tweed": Stuff(weaves.tweed, 0.22, 1.0, 1.3),
    "herringbone": Stuff(weaves.herringbone, 0.3, 1.0, 1.15),
    "houndstooth": Stuff(checks.houndstooth, 0.28, 1.0, 1.1, solid=False),
    "plaid": Stuff(checks.plaid, 0.6, 0.9, 0.9, solid=False),
    "tartan": Stuff(checks.tartan, 0.3, 1.0, 1.1, solid=False),
    "windowpane": Stuff(checks.windowpane, 0.3, 1.0, 1.1, solid=False),
    "gingham": Stuff(checks.gingham, 0.55, 0.9, 0.8, solid=False),
    "stripe": Stuff(checks.stripe, 0.5, 1.0, 1.0, solid=False),
    "breton": Stuff(checks.breton, 0.4, 0.9, 1.0, solid=False),
    "pinstripe": Stuff(checks.pinstripe, 0.3, 1.0, 1.0, solid=False),
    "floral": Stuff(prints.floral, 0.6, 0.95, 0.8, solid=False),
    "dots": Stuff(prints.dots, 0.4, 1.2, 0.7, solid=False),
    "paisley": Stuff(prints.paisley, 0.6, 0.9, 0.7, solid=False),
    "cable": Stuff(knits.cable, 0.12, 0.95, 1.6),
    "rib": Stuff(knits.rib, 0.14, 1.0, 1.4),
    "jersey": Stuff(knits.jersey, 0.34, 0.95, 1.1),
    "fairisle": Stuff(knits.fairisle, 0.16, 0.95, 1.3, solid=False),
    "leather": Stuff(skins.leather, 0.3, 1.35, 1.3),
    "suede": Stuff(skins.suede, 0.4, 1.0, 1.2),
    "silk": Stuff(weaves.silk, 0.75, 1.55, 0.7),
    "velvet": Stuff(weaves.velvet, 0.35, 1.35, 1.2),
    "straw": Stuff(skins.straw, 0.08, 1.0, 1.5),
    "quilted": Stuff(skins.quilted, 0.15, 1.0, 1.6),
}


@lru_cache(maxsize=16)
def cloth(fabric: Fabric, dye: Dye) -> Image.Image:
    """The fabric as a seamless tile; cached, so it must not be drawn on."""
    stuff = STUFFS[fabric]
    tile = stuff.tile(dye)
    return _true(tile, dye.base) if stuff.solid else tile


def _true(tile: Image.Image, colour: Colour) -> Image.Image:
    """The tile brought to the colour it was dyed in, on average."""
    mean = tile.resize((1, 1), Image.Resampling.BOX).tobytes()
    table: list[int] = []
    for wanted, found in zip(colour, mean, strict=True):
        share = wanted / max(1, found)
        table += [min(255, round(value * share)) for value in range(256)]
    return tile.point(table)
