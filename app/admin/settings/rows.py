"""How many rows of a kind a form was sent with."""

from __future__ import annotations

import re
from collections.abc import Mapping

_ROW = re.compile(r"([a-z]+)-([0-9]{1,3})-")


def rows_sent(typed: Mapping[str, str], kind: str) -> int:
    """One more than the highest of `kind-<row>-…`; none is left out."""
    found = (match for name in typed if (match := _ROW.match(name)) and match[1] == kind)
    return max((int(match[2]) for match in found), default=-1) + 1
