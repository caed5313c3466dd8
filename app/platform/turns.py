"""A lock that wakes those who wait in the order they came.

`threading.Lock` lets the thread that releases it take it again at once, so that under load some
wait for ever; the standard library has no fair one.
"""

from __future__ import annotations

from collections import deque
from threading import Lock


class Turn:
    """One holder at a time, first come, first served."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._is_taken = False
        self._waiting: deque[Lock] = deque()

    def take(self, seconds: float) -> bool:
        """Wait for one's turn; False when it did not come in time."""
        with self._guard:
            if not self._is_taken:
                self._is_taken = True
                return True
            ticket = Lock()
            ticket.acquire()
            self._waiting.append(ticket)
        if ticket.acquire(timeout=seconds):
            return True
        with self._guard:
            if ticket not in self._waiting:
                return True  # it was handed over while we gave up
            self._waiting.remove(ticket)
            return False

    def pass_on(self) -> None:
        """Hand over to whoever waits longest."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._is_taken = False
