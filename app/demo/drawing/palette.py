"""The colours of cloth, thread and backdrops."""

from app.demo.drawing.garment import Backdrop, Shade

Colour = tuple[int, int, int]

SHADES: dict[Shade, Colour] = {
    "ecru": (226, 216, 196),
    "cream": (236, 228, 209),
    "oat": (206, 190, 162),
    "sand": (196, 174, 138),
    "camel": (180, 136, 86),
    "tobacco": (138, 94, 60),
    "chestnut": (112, 66, 42),
    "espresso": (66, 48, 40),
    "rust": (152, 80, 48),
    "brick": (142, 64, 46),
    "oxblood": (98, 32, 34),
    "rose": (186, 128, 118),
    "blush": (222, 190, 176),
    "mustard": (184, 142, 64),
    "ochre": (172, 122, 60),
    "olive": (96, 94, 66),
    "moss": (104, 106, 74),
    "bottle": (48, 68, 56),
    "sage": (146, 152, 132),
    "teal": (50, 92, 96),
    "sky": (140, 165, 184),
    "washed": (120, 138, 159),
    "indigo": (54, 66, 94),
    "navy": (44, 52, 72),
    "midnight": (34, 40, 58),
    "plum": (80, 48, 66),
    "slate": (104, 114, 122),
    "ash": (156, 152, 146),
    "charcoal": (72, 70, 70),
    "ink": (38, 35, 35),
}

BACKDROPS: dict[Backdrop, Colour] = {
    "oat": (214, 202, 182),
    "clay": (203, 183, 165),
    "stone": (200, 196, 188),
    "mist": (190, 199, 203),
    "sage": (184, 189, 170),
    "rose": (212, 192, 184),
    "butter": (222, 208, 172),
    "slate": (152, 160, 164),
    "wood": (166, 134, 102),
}

BRASS: Colour = (176, 134, 70)
COPPER: Colour = (168, 98, 62)
STEEL: Colour = (152, 152, 150)
HORN: Colour = (84, 60, 42)
PEARL: Colour = (228, 222, 210)
OCHRE_THREAD: Colour = (196, 140, 70)
AMBER: Colour = (196, 128, 24)


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """`one` moved towards `other` by a share between 0 and 1."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def lighter(colour: Colour, share: float) -> Colour:
    """Towards a warm white."""
    return mix(colour, (255, 250, 240), share)


def darker(colour: Colour, share: float) -> Colour:
    """Towards a warm black."""
    return mix(colour, (22, 16, 14), share)


def brightness(colour: Colour) -> float:
    """How light a colour looks, 0 to 1."""
    return (0.3 * colour[0] + 0.59 * colour[1] + 0.11 * colour[2]) / 255
