"""Being the only one who writes an index: over the threads of this process and whatever is outside.

Blocks may nest in one thread; only the outermost takes and leaves the lock.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from threading import RLock

from app.search.errors import IndexBusy

Lock = Callable[[float], AbstractContextManager[None]]
"""Holds other processes off inside its block; told when (monotonic seconds) to raise IndexBusy."""


class OneWriter:
    """The only writer's place. Whoever waits longer than `patience` seconds gets IndexBusy."""

    def __init__(self, lock: Lock, *, patience: float) -> None:
        self._lock = lock
        self._patience = patience
        self._turn = RLock()
        self._depth = 0

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        deadline = time.monotonic() + self._patience
        if not self._turn.acquire(timeout=self._patience):
            raise IndexBusy
        try:
            if self._depth:
                with self._one_deeper():
                    yield
            else:
                with self._lock(deadline), self._one_deeper():
                    yield
        finally:
            self._turn.release()

    @contextmanager
    def _one_deeper(self) -> Iterator[None]:
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1
