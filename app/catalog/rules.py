"""Pure rules of the catalogue: what is measured, what may be claimed, what may go live."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from app.platform.i18n import LazyText, lazy_gettext

MAX_TAGS = 4
MAX_OPTIONS = 3
MAX_IMAGES = 24
LONGEST_NUMBER = 9
"""Digits of a № that somebody may type: more than any shop will have."""

MEASUREMENTS: Mapping[str, tuple[str, ...]] = {
    "top": ("shoulder", "chest", "length", "sleeve", "hem"),
    "trousers": ("waist", "hip", "rise", "inseam", "cuff", "thigh"),
    "dress": ("shoulder", "chest", "waist", "hip", "length"),
    "skirt": ("waist", "hip", "length"),
    "shoes": ("insole", "outsole", "width"),
    "bag": ("length", "height", "width", "strap"),
    "other": (),
}
"""What is measured of each garment type, in the order of the letters A–F on its drawing."""

KEY_MEASUREMENT: Mapping[str, str] = {
    "top": "chest", "trousers": "waist", "dress": "chest", "skirt": "waist", "shoes": "insole",
}  # fmt: skip
"""The one measurement that matters on a card."""

DRAWINGS: Mapping[str, str] = {
    "top": "coat",
    "trousers": "trousers",
    "dress": "dress",
    "skirt": "skirt",
    "shoes": "shoes",
    "bag": "bag",
    "other": "bag",
}
"""The line drawing that stands for a garment type (`ui.garment`, `ui.measuring`)."""

MEASUREMENT_NAMES: Mapping[str, LazyText] = {
    "shoulder": lazy_gettext("Shoulder"),
    "chest": lazy_gettext("Chest"),
    "length": lazy_gettext("Length"),
    "sleeve": lazy_gettext("Sleeve"),
    "hem": lazy_gettext("Hem"),
    "waist": lazy_gettext("Waist"),
    "hip": lazy_gettext("Hip"),
    "rise": lazy_gettext("Rise"),
    "inseam": lazy_gettext("Inseam"),
    "cuff": lazy_gettext("Cuff"),
    "thigh": lazy_gettext("Thigh"),
    "insole": lazy_gettext("Insole"),
    "outsole": lazy_gettext("Outsole"),
    "width": lazy_gettext("Width"),
    "height": lazy_gettext("Height"),
    "strap": lazy_gettext("Strap"),
}
GARMENT_NAMES: Mapping[str, LazyText] = {
    "top": lazy_gettext("Tops and jackets"),
    "trousers": lazy_gettext("Trousers"),
    "dress": lazy_gettext("Dresses"),
    "skirt": lazy_gettext("Skirts"),
    "shoes": lazy_gettext("Shoes"),
    "bag": lazy_gettext("Bags"),
    "other": lazy_gettext("Other things"),
}
GRADES: Mapping[str, LazyText] = {
    "S": lazy_gettext("Unworn or dead stock, often with its tags"),
    "A": lazy_gettext("Lightly worn; no fault visible at arm's length"),
    "B": lazy_gettext("Normally worn; small visible faults, all listed"),
    "C": lazy_gettext("Clearly worn; the faults are part of the look and of the price"),
    "D": lazy_gettext("For mending or collecting"),
}
FACET_NAMES: Mapping[str, LazyText] = {
    "garment": lazy_gettext("Kind"),
    "era": lazy_gettext("Era"),
    "grade": lazy_gettext("Grade"),
    "size": lazy_gettext("Size, measured"),
    "brand": lazy_gettext("Brand"),
    "colour": lazy_gettext("Colour"),
    "material": lazy_gettext("Material"),
    "stock": lazy_gettext("Availability"),
}
"""What lists can be narrowed by."""
MOST_LEADING = 3
"""Filters of a collection that may stand before all others."""
COLOUR_NAMES: Mapping[str, LazyText] = {
    "white": lazy_gettext("White"),
    "beige": lazy_gettext("Beige"),
    "brown": lazy_gettext("Brown"),
    "red": lazy_gettext("Red"),
    "pink": lazy_gettext("Pink"),
    "yellow": lazy_gettext("Yellow"),
    "green": lazy_gettext("Green"),
    "blue": lazy_gettext("Blue"),
    "purple": lazy_gettext("Purple"),
    "grey": lazy_gettext("Grey"),
    "black": lazy_gettext("Black"),
}
"""The usual colours; a merchant's own word for one is shown as it is."""
TAGS: Mapping[str, LazyText] = {
    "hand_washed": lazy_gettext("Washed by hand"),
    "deadstock": lazy_gettext("Dead stock"),
    "natural_fibre": lazy_gettext("Natural fibre"),
    "repaired_by_hand": lazy_gettext("Mended by hand"),
    "small_batch": lazy_gettext("Small batch"),
    "made_to_last": lazy_gettext("Made to last"),
    "union_made": lazy_gettext("Union made"),
    "hand_knitted": lazy_gettext("Knitted by hand"),
    "undyed": lazy_gettext("Undyed"),
    "handed_down": lazy_gettext("Handed down"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What is looked at before a product goes live; `faults_pictured` says it of each fault."""

    is_piece: bool
    titled: bool
    images: int
    prices: tuple[int, ...]
    garment: str
    grade: str
    measurements: Mapping[str, int]
    faults_pictured: tuple[bool, ...]


def slugify(title: str) -> str:
    """The Latin words of a title, joined by hyphens; empty for a Chinese title."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:60].rstrip("-")


def centimetres(millimetres: int) -> str:
    return f"{millimetres / 10:.1f}".removesuffix(".0")


def inches(millimetres: int) -> str:
    return f"{millimetres / 25.4:.1f}".removesuffix(".0")


def missing_to_publish(product: Candidate) -> dict[str, LazyText]:
    """What still keeps a product from going live, by field: rules of law and consistency only."""
    missing: dict[str, LazyText] = {}
    if not product.titled:
        missing["title"] = lazy_gettext("A title in at least one language.")
    if product.images == 0:
        missing["images"] = lazy_gettext("At least one photograph.")
    if not product.prices or min(product.prices) <= 0:
        missing["price"] = lazy_gettext("A price above zero.")
    return missing | _missing_of_a_piece(product) if product.is_piece else missing


def _missing_of_a_piece(piece: Candidate) -> dict[str, LazyText]:
    missing: dict[str, LazyText] = {}
    if piece.grade != "S" and not piece.faults_pictured:
        missing["faults"] = lazy_gettext("A grade below S needs at least one fault described.")
    if not all(piece.faults_pictured):
        missing["faults"] = lazy_gettext("Each fault needs the photograph that shows it.")
    wanted = MEASUREMENTS.get(piece.garment, ())
    if any(piece.measurements.get(key) is None for key in wanted):
        missing["measurements"] = lazy_gettext("All measurements of this kind of garment.")
    return missing
