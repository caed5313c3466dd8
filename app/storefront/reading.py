"""Values read from an address: whatever stands there, something sensible comes out."""

from __future__ import annotations

from flask import request

MOST_PAGES = 5000
UNITS = ("cm", "in")


def page_number() -> int:
    text = request.args.get("page", "1")
    return min(max(int(text), 1), MOST_PAGES) if text.isdecimal() and len(text) <= 6 else 1


def unit() -> str:
    """The unit of length asked for, else the one kept in a cookie, else centimetres."""
    for given in (request.args.get("unit", ""), request.cookies.get("unit", "")):
        if given in UNITS:
            return given
    return "cm"
