"""What an ordinary run leaves to a long one: `SOAK=1 make test` runs all of it.

An ordinary run has to be so quick that nobody puts it off. Where the second database, the fifth
variant or the two hundredth shopper has little left to prove, it is marked `soak` and waits.
"""

from __future__ import annotations

import os

import pytest

SOAK = int(os.environ.get("SOAK", "0"))
"""0 for an ordinary run; some tests take a number above one at its word."""


def rarely(*values: object, id: str | None = None) -> object:  # noqa: A002  (as pytest calls it)
    """A parameter that is tried in long runs alone."""
    return pytest.param(*values, marks=pytest.mark.soak, id=id)


def first_on(database: str, other: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("stage", [database, rarely(other)], indirect=True)


on_sqlite = first_on("sqlite", "postgresql")
"""For tests of what is the same code on either database; long runs try both."""
