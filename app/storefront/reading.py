"""Values read from an address: whatever stands there, something sensible comes out."""

from __future__ import annotations

from flask import request

UNITS = ("cm", "in")


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
