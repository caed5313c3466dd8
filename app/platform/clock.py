"""The only place that asks the system for the time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta


def _system() -> datetime:
    return datetime.now(UTC)


_readers: list[Callable[[], datetime]] = [_system]


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _readers[-1]()


@contextmanager
def stopped_at(instant: datetime) -> Iterator[Callable[[timedelta], None]]:
    """Stop the clock at `instant`; the value handed out moves it on. For tests and rehearsals."""
    current = [instant]

    def advance(by: timedelta) -> None:
        current[0] += by

    _readers.append(lambda: current[0])
    try:
        yield advance
    finally:
        _readers.pop()
