"""What a drawn garment is made of: plain values, so that the same values give the same picture."""

from dataclasses import dataclass, field
from typing import Literal, get_args

Kind = Literal[
    "jacket",
    "coat",
    "shirt",
    "knit",
    "dress",
    "skirt",
    "trousers",
    "jeans",
    "shoes",
    "bag",
    "hat",
    "scarf",
    "tshirt",
    "vest",
    "socks",
    "incense",
    "kit",
]
Fabric = Literal[
    "denim",
    "corduroy",
    "needlecord",
    "canvas",
    "poplin",
    "linen",
    "twill",
    "wool",
    "tweed",
    "herringbone",
    "houndstooth",
    "plaid",
    "tartan",
    "windowpane",
    "gingham",
    "stripe",
    "breton",
    "pinstripe",
    "floral",
    "dots",
    "paisley",
    "cable",
    "rib",
    "jersey",
    "fairisle",
    "leather",
    "suede",
    "silk",
    "velvet",
    "straw",
    "quilted",
]
Shade = Literal[
    "ecru",
    "cream",
    "oat",
    "sand",
    "camel",
    "tobacco",
    "chestnut",
    "espresso",
    "rust",
    "brick",
    "oxblood",
    "rose",
    "blush",
    "mustard",
    "ochre",
    "olive",
    "moss",
    "bottle",
    "sage",
    "teal",
    "sky",
    "washed",
    "indigo",
    "navy",
    "midnight",
    "plum",
    "slate",
    "ash",
    "charcoal",
    "ink",
]
Backdrop = Literal["oat", "clay", "stone", "mist", "sage", "rose", "butter", "slate", "wood"]
View = Literal["front", "back", "detail", "label", "fault"]
Place = Literal[
    "collar",
    "cuff",
    "hem",
    "front",
    "pocket",
    "button",
    "elbow",
    "shoulder",
    "waist",
    "knee",
    "toe",
    "handle",
    "corner",
    "crown",
    "edge",
    "back",
    "inside",
]
Flaw = Literal[
    "stain",
    "darn",
    "hole",
    "fray",
    "fade",
    "scuff",
    "missing",
    "patch",
    "pull",
    "pilling",
    "tear",
    "crack",
]

KINDS: tuple[Kind, ...] = get_args(Kind)
FABRICS: tuple[Fabric, ...] = get_args(Fabric)
VIEWS: tuple[View, ...] = get_args(View)


@dataclass(frozen=True)
class Cut:
    """How a garment is cut; an empty string or 1.0 means what is usual for its kind."""

    collar: str = ""
    closure: str = ""
    sleeve: str = ""
    pockets: str = ""
    style: str = ""
    trim: str = ""
    length: float = 1.0
    flare: float = 1.0


@dataclass(frozen=True)
class Mark:
    """A fault to be shown close up, with the number on its pin."""

    flaw: Flaw
    place: Place
    number: int = 1


@dataclass(frozen=True)
class Garment:
    """One thing that can be drawn.

    `focus` is where the detail view looks, `label` the name woven in its label, and `care` says
    whether a tag with washing symbols is sewn beside it.
    """

    kind: Kind
    fabric: Fabric
    colour: Shade
    backdrop: Backdrop
    seed: int
    cut: Cut = field(default_factory=Cut)
    wear: float = 0.2
    focus: Place = "collar"
    label: str = ""
    care: bool = False
    mark: Mark | None = None
