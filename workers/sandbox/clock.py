"""The provider's own clock; it must not follow the shop's, which tests may stop or move."""

from __future__ import annotations

import time


def now() -> float:
    """Unix seconds."""
    return time.time()  # noqa: TID251  (this process has no other clock)
