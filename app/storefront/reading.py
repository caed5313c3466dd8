"""Values read from an address: whatever stands there, something sensible comes out."""

from __future__ import annotations

from flask import request

from app.platform import numbers
from app.platform.web import is_picked_from

MOST_PAGES = 5000
MOST_AT_ONCE = 5
UNITS = ("cm", "in")


def page_number() -> int:
    return min(numbers.whole(request.args.get("page")) or 1, MOST_PAGES)


def pages_asked() -> range:
    """The pages to show: up to the one asked for, as they stood after “show more”.

    Only the last where htmx adds it to the others, and for numbers that nobody reaches by hand.
    """
    last = page_number()
    alone = last > MOST_AT_ONCE or is_picked_from()
    return range(last if alone else 1, last + 1)


def unit() -> str:
    """The unit of length asked for, else the one kept in a cookie, else centimetres."""
    for given in (request.args.get("unit", ""), request.cookies.get("unit", "")):
        if given in UNITS:
            return given
    return "cm"


def unit_asked() -> str:
    """The unit of length in the address alone: for pages that everybody gets the same."""
    given = request.args.get("unit", "")
    return given if given in UNITS else "cm"
