"""The decade a piece is from, however its era was written down."""

from __future__ import annotations

import re

_DECADE = re.compile(r"(1[89]|20)(\d)0s?")
_YEAR = re.compile(r"\b(1[89]|20)(\d)\d\b")


def decade_of(era: str, year: int | None) -> str:
    """`1970s` for the year 1974, “early 1970s” or 1970年代; what names no decade stays as it is."""
    found = _YEAR.search(str(year or "")) or _DECADE.search(era) or _YEAR.search(era)
    return f"{found[1]}{found[2]}0s" if found else era.strip()
