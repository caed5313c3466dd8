"""The only place that asks the system for the time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta


def _system() -> datetime:
    return datetime.now(UTC)


_read: Callable[[], datetime] = _system


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _read()


@contextmanager
def stopped_at(instant: datetime) -> Iterator[Callable[[timedelta], None]]:
    """Stop the clock at `instant`; the value handed out moves it on. For tests and rehearsals."""
    global _read
    before, current = _read, [instant]

    def advance(by: timedelta) -> None:
        current[0] += by

    _read = lambda: current[0]  # noqa: E731
    try:
        yield advance
    finally:
        _read = before
