"""How the C library keeps the memory of a process."""

from __future__ import annotations

import ctypes
import sys
from typing import Final

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8
LARGE: Final = 128 * 1024


def keep_little() -> None:
    """Give back what is no longer used; called before a process begins its threads.

    Left alone, glibc opens an area for every thread, though the interpreter lets one of them work
    at a time, and after the first large picture keeps room for the next.
    """
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None
    if libc is None or not hasattr(libc, "mallopt"):  # musl has nothing to be told
        return
    libc.mallopt(_M_ARENA_MAX, 1)
    libc.mallopt(_M_MMAP_THRESHOLD, LARGE)
    libc.mallopt(_M_TRIM_THRESHOLD, LARGE)
