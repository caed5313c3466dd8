"""Provinces written in Latin letters, for addresses typed on a keyboard without Chinese (GB/T
2260 codes).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

PROVINCES: Final[Mapping[str, str]] = {
    "beijing": "11", "tianjin": "12", "hebei": "13", "shanxi": "14", "inner mongolia": "15",
    "neimenggu": "15", "liaoning": "21", "jilin": "22", "heilongjiang": "23", "shanghai": "31",
    "jiangsu": "32", "zhejiang": "33", "anhui": "34", "fujian": "35", "jiangxi": "36",
    "shandong": "37", "henan": "41", "hubei": "42", "hunan": "43", "guangdong": "44",
    "guangxi": "45", "hainan": "46", "chongqing": "50", "sichuan": "51", "guizhou": "52",
    "yunnan": "53", "tibet": "54", "xizang": "54", "shaanxi": "61", "gansu": "62", "qinghai": "63",
    "ningxia": "64", "xinjiang": "65", "taiwan": "71", "hong kong": "81", "macau": "82",
    "macao": "82",
}  # fmt: skip
_WORDS: Final = re.compile("|".join(rf"\b{name}\b" for name in PROVINCES))


def province_code(text: str) -> str:
    """The two digits of the province named in `Xihu, Hangzhou, Zhejiang`; empty when none is."""
    spaced = re.sub(r"[^a-z]+", " ", text.lower())
    found = _WORDS.search(spaced)
    return PROVINCES[found.group()] if found else ""
