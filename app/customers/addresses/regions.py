"""The provinces, cities and districts of China, for linked selects and for the address parser.

`regions.json` is @vant/area-data 2.1.0 (MIT), its six-digit codes shortened to two for a province
and four for a city: 34, 369 and 3 479 rows. A municipality has one city of its own name.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

PROVINCE, CITY, DISTRICT = 2, 4, 6  # the lengths of their codes
MUNICIPALITIES = frozenset({"11", "12", "31", "50"})  # 直辖市
# Rows that stand for “no city above” or “whatever is left” and are never written by a person.
PLACEHOLDER = re.compile(r"其它区|市辖区|县|.*直辖县.*")


@dataclass(frozen=True, slots=True)
class Region:
    """A province ("33"), city ("3301") or district ("330106") by its code."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class RegionPath:
    """As much as is known of where something is; each lies within the one before it."""

    province: Region | None = None
    city: Region | None = None
    district: Region | None = None

    def __str__(self) -> str:
        """The written form, without saying a municipality's name twice: 上海市浦东新区."""
        levels = (self.province, self.city, self.district)
        names = [level.name for level in levels if level and not PLACEHOLDER.fullmatch(level.name)]
        return "".join(dict.fromkeys(names))


def provinces() -> tuple[Region, ...]:
    return _children("")


def cities(province_code: str) -> tuple[Region, ...]:
    """The cities of a province; none for a code that is not a province."""
    return _children(province_code) if len(province_code) == PROVINCE else ()


def districts(city_code: str) -> tuple[Region, ...]:
    """The districts, counties or towns of a city; none for a code that is not a city."""
    return _children(city_code) if len(city_code) == CITY else ()


def region(code: str) -> Region | None:
    return _regions().get(code)


def path(code: str) -> RegionPath:
    """The region with this code and those around it; empty for a code that does not exist."""
    if code not in _regions():
        return RegionPath()
    return RegionPath(
        province=region(code[:PROVINCE]),
        city=region(code[:CITY]) if len(code) >= CITY else None,
        district=region(code) if len(code) == DISTRICT else None,
    )


def everything() -> tuple[Region, ...]:
    """Every region, provinces first."""
    return tuple(_regions().values())


@cache
def _regions() -> dict[str, Region]:
    text = files(__package__).joinpath("regions.json").read_text("utf-8")
    tables: dict[str, dict[str, str]] = json.loads(text)
    names = {**tables["provinces"], **tables["cities"], **tables["districts"]}
    return {code: Region(code, name) for code, name in names.items()}


@cache
def _children(parent: str) -> tuple[Region, ...]:
    length = len(parent) + 2
    return tuple(
        found
        for found in _regions().values()
        if len(found.code) == length and found.code.startswith(parent)
    )
