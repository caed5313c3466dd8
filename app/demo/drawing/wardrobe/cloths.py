"""Which cloths a garment is cut from."""

from app.demo.drawing.cloth.dye import Dye
from app.demo.drawing.cloth.stuff import Bolt
from app.demo.drawing.garment import Fabric, Garment, Shade
from app.demo.drawing.palette import SHADES, Colour, darker, lighter, mix

SECOND: dict[Fabric, Shade] = {
    "plaid": "espresso",
    "tartan": "bottle",
    "houndstooth": "cream",
    "breton": "navy",
    "floral": "rose",
    "dots": "cream",
    "paisley": "cream",
}
KNITTED: frozenset[Fabric] = frozenset({"cable", "rib", "jersey", "fairisle", "breton"})


def bolts(garment: Garment, scale: float) -> dict[str, Bolt]:
    """The garment's cloths by the names its pattern uses, woven for a scale."""
    base = SHADES[garment.colour]
    second = _second(garment)

    def bolt(fabric: Fabric, colour: Colour, wear: float = 0.0) -> Bolt:
        return Bolt(fabric, Dye(colour, second, scale, garment.seed % 7), wear)

    leather = SHADES["camel" if garment.cut.trim == "camel" else "chestnut"]
    return {
        "main": bolt(garment.fabric, base, garment.wear),
        "inside": bolt(_inside(garment), mix(base, (112, 84, 60), 0.16)),
        "lining": bolt("silk", _lining(garment)),
        "rib": bolt("rib", _rib(garment)),
        "plain": bolt("jersey", base),
        "ground": bolt("poplin", base, garment.wear),
        "second": bolt("rib" if garment.fabric in KNITTED else garment.fabric, second),
        "trim": bolt(*_trim(garment)),
        "leather": bolt("leather", leather),
        "sole": bolt("leather", (150, 112, 78)),
        "rubber": bolt("poplin", (222, 214, 196)),
        "paper": bolt("poplin", (232, 222, 202)),
        "wood": bolt("suede", (178, 138, 92)),
        "steel": bolt("silk", (172, 172, 170)),
        "dark": bolt("suede", (44, 36, 32)),
    }


def _second(garment: Garment) -> Colour:
    if garment.cut.trim:
        return SHADES[_shade(garment.cut.trim)]
    return SHADES[SECOND.get(garment.fabric, "cream")]


def _shade(name: str) -> Shade:
    for shade in SHADES:
        if shade == name:
            return shade
    raise ValueError(f"no such shade: {name}")


def _inside(garment: Garment) -> Fabric:
    if garment.kind in {"shirt", "tshirt", "dress"}:
        return "poplin"
    return "twill" if garment.kind in {"trousers", "jeans", "skirt", "jacket"} else "wool"


def _lining(garment: Garment) -> Colour:
    linings: dict[Shade, Shade] = {
        "camel": "tobacco",
        "midnight": "oxblood",
        "chestnut": "ochre",
        "plum": "slate",
    }
    return SHADES[linings.get(garment.colour, "slate")]


def _rib(garment: Garment) -> Colour:
    base = SHADES[garment.colour]
    if garment.fabric == "fairisle":
        return darker(base, 0.2)
    if garment.kind == "tshirt":
        return lighter(base, 0.04)
    return darker(base, 0.05)


def _trim(garment: Garment) -> tuple[Fabric, Colour]:
    if garment.kind == "coat":
        return "velvet", SHADES["espresso"]
    if garment.cut.style == "deck":
        return "needlecord", SHADES["chestnut"]
    if garment.cut.style == "quilted":
        return "poplin", darker(SHADES[garment.colour], 0.35)
    trim = (
        SHADES[_shade(garment.cut.trim)]
        if garment.cut.trim
        else darker(SHADES[garment.colour], 0.3)
    )
    leathered = garment.kind in {"bag", "shoes"} and garment.cut.style not in {
        "tote",
        "plimsoll",
        "slipper",
    }
    return ("leather", trim) if leathered else (garment.fabric, trim)
