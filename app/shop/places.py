"""Where something goes, and the patterns of places that taxes and zones name. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

HOME: Final = "CN"
EVERYWHERE: Final = "*"
_PATTERN = re.compile(r"\*|[A-Z]{2}(?:-[0-9]{1,6})?")


@dataclass(frozen=True, slots=True)
class Place:
    """A country (ISO 3166) and what is known of the region: up to six digits of GB/T 2260, which
    name province, city and district from left to right.
    """

    country: str = HOME
    region_code: str = ""


def is_pattern(text: str) -> bool:
    """`*` is everywhere, `CN` a country, `CN-44` a province, `CN-4403` a city."""
    return _PATTERN.fullmatch(text) is not None


def fit(pattern: str, place: Place) -> int:
    """How closely a pattern names the place: -1 where it does not."""
    if pattern == EVERYWHERE:
        return 0
    country, _hyphen, prefix = pattern.partition("-")
    if country != place.country or not place.region_code.startswith(prefix):
        return -1
    return 1 + len(prefix)
