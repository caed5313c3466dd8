"""Values read from an address: whatever stands there, something sensible comes out."""

from __future__ import annotations

from flask import request

from app.platform import numbers

MOST_PAGES = 5000
UNITS = ("cm", "in")


def page_number() -> int:
    return min(numbers.whole(request.args.get("page")) or 1, MOST_PAGES)


def unit() -> str:
    """The unit of length asked for, else the one kept in a cookie, else centimetres."""
    for given in (request.args.get("unit", ""), request.cookies.get("unit", "")):
        if given in UNITS:
            return given
    return "cm"
