"""Which tile a fabric is drawn from, and how the fabric falls and shines."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image

from app.demo.drawing.cloth import checks, knits, prints, skins, weaves
from app.demo.drawing.cloth.dye import Dye
from app.demo.drawing.garment import Fabric


@dataclass(frozen=True)
class Stuff:
    """A fabric: its tile, how much it creases, how strongly it takes the light, how thick it is."""

    tile: Callable[[Dye], Image.Image]
    crease: float = 0.5
    shine: float = 1.0
    loft: float = 1.0
    topstitched: bool = False


STUFFS: dict[Fabric, Stuff] = {
    "denim": Stuff(weaves.denim, 0.5, 1.0, 1.0, topstitched=True),
    "corduroy": Stuff(weaves.corduroy, 0.3, 1.0, 1.1),
    "needlecord": Stuff(weaves.needlecord, 0.35, 1.0, 1.1),
    "canvas": Stuff(weaves.canvas, 0.45, 0.95, 1.0, topstitched=True),
    "poplin": Stuff(weaves.poplin, 0.7, 0.9, 0.7),
    "linen": Stuff(weaves.linen, 0.85, 0.95, 0.8),
    "twill": Stuff(weaves.twill, 0.5, 1.0, 1.0, topstitched=True),
    "wool": Stuff(weaves.wool, 0.22, 1.0, 1.35),
    "tweed": Stuff(weaves.tweed, 0.22, 1.0, 1.3),
    "herringbone": Stuff(weaves.herringbone, 0.3, 1.0, 1.15),
    "houndstooth": Stuff(checks.houndstooth, 0.28, 1.0, 1.1),
    "plaid": Stuff(checks.plaid, 0.6, 0.9, 0.9),
    "tartan": Stuff(checks.tartan, 0.3, 1.0, 1.1),
    "windowpane": Stuff(checks.windowpane, 0.3, 1.0, 1.1),
    "gingham": Stuff(checks.gingham, 0.55, 0.9, 0.8),
    "stripe": Stuff(checks.stripe, 0.5, 1.0, 1.0, topstitched=True),
    "breton": Stuff(checks.breton, 0.4, 0.9, 1.0),
    "pinstripe": Stuff(checks.pinstripe, 0.3, 1.0, 1.0),
    "floral": Stuff(prints.floral, 0.6, 0.95, 0.8),
    "dots": Stuff(prints.dots, 0.4, 1.2, 0.7),
    "paisley": Stuff(prints.paisley, 0.6, 0.9, 0.7),
    "cable": Stuff(knits.cable, 0.12, 0.95, 1.6),
    "rib": Stuff(knits.rib, 0.14, 1.0, 1.4),
    "jersey": Stuff(knits.jersey, 0.34, 0.95, 1.1),
    "fairisle": Stuff(knits.fairisle, 0.16, 0.95, 1.3),
    "leather": Stuff(skins.leather, 0.3, 1.35, 1.3),
    "suede": Stuff(skins.suede, 0.4, 1.0, 1.2),
    "silk": Stuff(weaves.silk, 0.75, 1.55, 0.7),
    "velvet": Stuff(weaves.velvet, 0.35, 1.35, 1.2),
    "straw": Stuff(skins.straw, 0.08, 1.0, 1.5),
    "quilted": Stuff(skins.quilted, 0.15, 1.0, 1.6),
}


@lru_cache(maxsize=24)
def cloth(fabric: Fabric, dye: Dye) -> Image.Image:
    """The fabric as a seamless tile; cached, so it must not be drawn on."""
    return STUFFS[fabric].tile(dye)
