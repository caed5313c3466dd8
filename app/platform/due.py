"""Do all that is due: one thing that cannot be done keeps no other from being done."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from app.platform.db import db

One = TypeVar("One")


def each(due: Iterable[One], act: Callable[[One], int]) -> int:
    """Act on every one of them; returns how much was done.

    What failed is raised in the end, all together, for the log; it is due again the next time.
    """
    done, failed = 0, list[Exception]()
    for one in due:
        try:
            done += act(one)
        except Exception as error:  # noqa: BLE001  (raised again below)
            db.session.rollback()
            failed.append(error)
    if failed:
        raise ExceptionGroup("some of what is due could not be done", failed)
    return done
