"""From a garment to its photographs."""

from PIL import Image

from app.demo.drawing.garment import Garment, View
from app.demo.drawing.geometry import Placement
from app.demo.drawing.ground import ground
from app.demo.drawing.noise import generator
from app.demo.drawing.parts import Drawing
from app.demo.drawing.table import Table
from app.demo.drawing.wardrobe.cloths import bolts
from app.demo.drawing.wardrobe.patterns import PATTERNS

NEAR = 2.5


def draw(garment: Garment, view: View) -> Image.Image:
    """The garment photographed from a view: an RGB image of 1080 by 1350."""
    if view == "detail":
        return _close_up(garment)
    return _whole(garment, back=view == "back")


def pattern(garment: Garment, *, back: bool = False) -> Drawing:
    """The garment's parts laid out."""
    return PATTERNS[garment.kind](garment, generator(garment.seed), back=back)


def _whole(garment: Garment, *, back: bool) -> Image.Image:
    drawing = pattern(garment, back=back)
    table = Table(ground(garment.backdrop), Placement(sway=garment.seed % 6 + 0.5), garment.seed)
    table.lay(drawing, bolts(garment, 1.0))
    return table.develop()


def _close_up(garment: Garment) -> Image.Image:
    drawing = pattern(garment)
    x, y, _ = drawing.places.get(garment.focus, (540.0, 675.0, 0.0))
    placement = Placement(NEAR, 0, (x, y), (540, 640), garment.seed % 6 + 0.5)
    table = Table(ground(garment.backdrop), placement, garment.seed)
    table.lay(drawing, bolts(garment, NEAR))
    return table.develop()
