"""Codes of group links as people pass them on: typed, spoken, pasted with what stands around."""

from __future__ import annotations

import re
import unicodedata

from app.platform.ids import ALPHABET, heard_code

LENGTH = 8
_HALF = LENGTH // 2
_DASH = r"\-–—_.·"
_LETTER = "[0-9A-Za-z]"
_NO_LETTER = re.compile("[^0-9A-Za-z]")


def _pattern(between: str, times: int, letters: int) -> re.Pattern[str]:
    """`times` parts of so many letters; a look ahead, so that one may begin inside another."""
    part = f"{_LETTER}{{{letters}}}"
    code = f"{part}(?:{between}{part}){{{times - 1}}}"
    return re.compile(rf"(?<!{_LETTER})(?=({code})(?!{_LETTER}))")


_PATTERNS = (
    _pattern("", 1, LENGTH),
    _pattern(rf"(?: {{1,2}}|\s?[{_DASH}]\s?)", 2, _HALF),
    _pattern(rf"[ {_DASH}]{{0,2}}", LENGTH, 1),
)
"""Written as one, in halves, in any pieces: what is likelier comes first."""
_AFTER_ADDRESS = re.compile(r"/g/", re.IGNORECASE)
_MOST = 5


def codes_in(text: str) -> list[str]:
    """What may be a code in a text, likeliest first: what stands behind `/g/`, then the rest.

    Full-width letters, look-alikes, spaces, dashes and small letters are understood.
    """
    plain = unicodedata.normalize("NFKC", text[:500])
    parts = (*_AFTER_ADDRESS.split(plain)[1:], plain)
    found = (
        heard_code(_NO_LETTER.sub("", match[1]))
        for part in parts
        for pattern in _PATTERNS
        for match in pattern.finditer(part)
    )
    return list(dict.fromkeys(code for code in found if set(code) <= set(ALPHABET)))[:_MOST]


def spaced(code: str) -> str:
    """`K7Q2 XM3A`: easier to read out and to type."""
    return f"{code[:_HALF]} {code[_HALF:]}"
