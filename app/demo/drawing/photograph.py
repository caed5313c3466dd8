"""From a garment to its photographs."""

from PIL import Image

from app.demo.drawing.flaws import lay_flaw
from app.demo.drawing.garment import Garment, Mark, Place, View
from app.demo.drawing.geometry import Placement
from app.demo.drawing.ground import ground
from app.demo.drawing.label import draw_label
from app.demo.drawing.noise import generator
from app.demo.drawing.parts import Drawing
from app.demo.drawing.pin import pin
from app.demo.drawing.table import Table
from app.demo.drawing.wardrobe.cloths import bolts
from app.demo.drawing.wardrobe.patterns import PATTERNS

NEAR = 2.6
AIM: dict[Place, tuple[float, float]] = {
    "collar": (540, 500),
    "shoulder": (540, 560),
    "waist": (560, 420),
    "cuff": (520, 880),
    "hem": (500, 920),
    "edge": (540, 800),
    "corner": (460, 860),
    "toe": (540, 520),
}
BEHIND: frozenset[Place] = frozenset({"back", "inside"})
NOWHERE = (540.0, 675.0, 0.0)


def draw(garment: Garment, view: View) -> Image.Image:
    """The garment photographed from a view: an RGB image of 1080 by 1350.

    The same garment and view give the same pixels.
    """
    if view == "label":
        return draw_label(garment)
    if view == "detail":
        return _close_up(garment)
    if view == "fault":
        return _fault(garment)
    return _whole(garment, back=view == "back")


def pattern(garment: Garment, *, back: bool = False) -> Drawing:
    """The garment's parts laid out."""
    return PATTERNS[garment.kind](garment, generator(garment.seed), back=back)


def _whole(garment: Garment, *, back: bool) -> Image.Image:
    table = Table(ground(garment.backdrop), Placement(sway=_sway(garment)), garment.seed)
    table.lay(pattern(garment, back=back), bolts(garment, 1.0))
    return table.develop()


def _sway(garment: Garment) -> float:
    return garment.seed % 6 + 0.5


def _close_up(garment: Garment) -> Image.Image:
    drawing = pattern(garment)
    x, y, _ = _spot(drawing, garment.focus)
    centre = AIM.get(garment.focus, (540, 675))
    placement = Placement(NEAR, 0, (x, y), centre, _sway(garment))
    table = Table(ground(garment.backdrop), placement, garment.seed)
    table.lay(drawing, bolts(garment, NEAR))
    return table.develop()


def _spot(drawing: Drawing, place: Place) -> tuple[float, float, float]:
    """Where a place is; the front where the garment has no such place."""
    return drawing.places.get(place) or drawing.places.get("front") or NOWHERE


def _settled(place: tuple[float, float, float], mark: Mark) -> tuple[float, float, float]:
    """A flaw in the cloth lies a little inside the edge it is named after."""
    x, y, angle = place
    if mark.place in {"cuff", "hem"} and mark.flaw not in {"fray", "tear", "scuff"}:
        return x, y - 34, angle
    return place


def _fault(garment: Garment) -> Image.Image:
    mark = garment.mark
    drawing = pattern(garment, back=mark is not None and mark.place in BEHIND)
    place = _settled(_spot(drawing, mark.place), mark) if mark else NOWHERE
    placement = Placement(NEAR, 0, place[:2], (490, 700), _sway(garment))
    table = Table(ground(garment.backdrop), placement, garment.seed)
    table.lay(drawing, bolts(garment, NEAR))
    lay_flaw(table, garment, place, generator(garment.seed + 5))
    image = table.develop()
    pin(image, placement.point(place), mark.number if mark else 1)
    return image
