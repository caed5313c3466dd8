"""Whole numbers out of addresses and forms, where anything may stand."""

from __future__ import annotations

BIGGEST_ID = 2**63 - 1
"""The largest number a BIGINT column takes."""
_MOST_DIGITS = 18


def whole(text: str | None) -> int | None:
    """The number in `text` when it is plain digits that a BIGINT column holds, else None."""
    if text is None or not (text.isascii() and text.isdecimal()) or len(text) > _MOST_DIGITS:
        return None
    return int(text)
