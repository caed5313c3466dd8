"""Which pattern draws which kind of garment."""

from random import Random
from typing import Protocol

from app.demo.drawing.garment import Garment, Kind
from app.demo.drawing.parts import Drawing
from app.demo.drawing.wardrobe.bags import bag
from app.demo.drawing.wardrobe.coats import coat
from app.demo.drawing.wardrobe.dresses import dress
from app.demo.drawing.wardrobe.hats import hat
from app.demo.drawing.wardrobe.household import incense, kit
from app.demo.drawing.wardrobe.jackets import jacket
from app.demo.drawing.wardrobe.knits import knit, vest
from app.demo.drawing.wardrobe.scarves import scarf
from app.demo.drawing.wardrobe.shirts import shirt, tshirt
from app.demo.drawing.wardrobe.shoes import shoes
from app.demo.drawing.wardrobe.skirts import skirt
from app.demo.drawing.wardrobe.socks import socks
from app.demo.drawing.wardrobe.trousers import trousers


class Pattern(Protocol):
    """Lays out a garment's parts, seen from the front or the back."""

    def __call__(self, garment: Garment, dice: Random, /, *, back: bool) -> Drawing: ...


PATTERNS: dict[Kind, Pattern] = {
    "jacket": jacket,
    "coat": coat,
    "shirt": shirt,
    "tshirt": tshirt,
    "knit": knit,
    "vest": vest,
    "dress": dress,
    "skirt": skirt,
    "trousers": trousers,
    "jeans": trousers,
    "shoes": shoes,
    "bag": bag,
    "hat": hat,
    "scarf": scarf,
    "socks": socks,
    "incense": incense,
    "kit": kit,
}
