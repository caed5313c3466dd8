"""Pictures of several things together: the home page's hero and the covers of collections."""

from dataclasses import dataclass

from PIL import Image

from app.demo.drawing.garment import Backdrop, Cut, Garment
from app.demo.drawing.geometry import Placement
from app.demo.drawing.ground import ground
from app.demo.drawing.noise import generator
from app.demo.drawing.table import Table
from app.demo.drawing.wardrobe.cloths import bolts
from app.demo.drawing.wardrobe.patterns import PATTERNS


@dataclass(frozen=True)
class Laid:
    """A garment in a group: its middle in the picture, its scale and its turn in degrees."""

    garment: Garment
    x: float
    y: float
    scale: float
    angle: float
    back: bool = False


_CORD_DRESS = Garment(
    "dress",
    "corduroy",
    "brick",
    "oat",
    4241,
    Cut(style="pinafore", collar="square", sleeve="none", pockets="patch"),
    wear=0.15,
)
_CREAM_KNIT = Garment("knit", "cable", "cream", "oat", 4221, Cut(collar="crew"))
_CAP = Garment("hat", "tweed", "moss", "oat", 4272, Cut(style="cap"))
_LOAFERS = Garment("shoes", "leather", "oxblood", "oat", 4261, Cut(style="loafer"))
_SCARF = Garment("scarf", "tartan", "mustard", "oat", 4273, Cut(style="long", trim="charcoal"))
_TWEED = Garment(
    "coat",
    "tweed",
    "chestnut",
    "stone",
    4211,
    Cut(style="chesterfield", collar="notch", trim="espresso"),
    wear=0.25,
)
_RUST_NECK = Garment("knit", "rib", "rust", "mist", 4223, Cut(collar="turtle"))
_FLARES = Garment(
    "trousers", "corduroy", "bottle", "sage", 4251, Cut(style="flare", pockets="slant")
)
_BERET = Garment("hat", "wool", "oxblood", "butter", 4271, Cut(style="beret"))
_CHORE = Garment(
    "jacket",
    "twill",
    "indigo",
    "oat",
    4201,
    Cut(style="chore", collar="round", pockets="patch"),
    wear=0.45,
)
_TRUCKER = Garment(
    "jacket", "denim", "indigo", "mist", 4202, Cut(style="trucker", trim="camel"), wear=0.55
)
_BRETON = Garment(
    "tshirt",
    "breton",
    "cream",
    "mist",
    4234,
    Cut(style="breton", collar="boat", sleeve="long", trim="navy"),
)
_BANDANA = Garment(
    "scarf", "paisley", "indigo", "stone", 4275, Cut(style="bandana", trim="cream"), wear=0.4
)
_PAINTER = Garment(
    "trousers",
    "canvas",
    "ecru",
    "slate",
    4254,
    Cut(style="painter", pockets="work", trim="sand"),
    wear=0.35,
)
_TEA = Garment("dress", "floral", "bottle", "rose", 4242, Cut(style="tea", trim="rose"))
_BLOUSE = Garment(
    "shirt", "silk", "cream", "clay", 4237, Cut(style="blouse", collar="bow", trim="cream")
)
_HANDBAG = Garment("bag", "leather", "chestnut", "mist", 4266, Cut(style="frame", trim="ochre"))
_SQUARE = Garment("scarf", "dots", "teal", "oat", 4274, Cut(style="square", trim="cream"))
_MARY_JANES = Garment("shoes", "leather", "ink", "rose", 4263, Cut(style="maryjane"))

COVERS: dict[str, tuple[Backdrop, tuple[Laid, ...]]] = {
    "autumn-in-brick": (
        "clay",
        (
            Laid(_TWEED, 330, 690, 0.86, -7),
            Laid(_FLARES, 800, 820, 0.78, 9),
            Laid(_RUST_NECK, 690, 430, 0.66, 8),
            Laid(_BERET, 300, 1130, 0.36, 12),
        ),
    ),
    "indigo-at-work": (
        "stone",
        (
            Laid(_PAINTER, 790, 880, 0.84, 8),
            Laid(_BRETON, 760, 380, 0.66, 10),
            Laid(_CHORE, 390, 600, 0.9, -6),
            Laid(_BANDANA, 330, 1130, 0.44, 14),
        ),
    ),
    "drawer-by-the-window": (
        "rose",
        (
            Laid(_TEA, 400, 640, 0.94, -6),
            Laid(_BLOUSE, 820, 380, 0.62, 11),
            Laid(_SQUARE, 790, 790, 0.4, -14),
            Laid(_HANDBAG, 780, 880, 0.5, 6),
            Laid(_MARY_JANES, 300, 1180, 0.36, -16),
        ),
    ),
}


def draw_hero(seed: int) -> Image.Image:
    """The first picture of the home page, 1080 by 1350: the brick pinafore among its friends."""
    dice = generator(seed)
    turn = dice.uniform(-2.5, 2.5)
    group = (
        Laid(_CREAM_KNIT, 820, 350, 0.6, 12 + turn),
        Laid(_SCARF, 900, 900, 0.62, 6 - turn),
        Laid(_CORD_DRESS, 480, 690, 1.0, -4 + turn),
        Laid(_CAP, 170, 270, 0.4, -14),
        Laid(_LOAFERS, 880, 1120, 0.44, 14),
    )
    return _arranged("oat", group)


def draw_collection_cover(slug: str) -> Image.Image:
    """The cover of a collection, 1080 by 1350; raises KeyError for an unknown slug."""
    backdrop, group = COVERS[slug]
    return _arranged(backdrop, group)


def _arranged(backdrop: Backdrop, group: tuple[Laid, ...]) -> Image.Image:
    picture = ground(backdrop)
    for laid in group:
        garment = laid.garment
        drawing = PATTERNS[garment.kind](garment, generator(garment.seed), back=laid.back)
        placement = Placement(laid.scale, laid.angle, (540, 690), (laid.x, laid.y), 1.5)
        table = Table(picture, placement, garment.seed)
        table.lay(drawing, bolts(garment, laid.scale))
        picture = table.develop()
    return picture
