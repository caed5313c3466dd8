"""Several calls at once, each on a connection of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from flask import Flask

Result = TypeVar("Result")


def together(app: Flask, calls: Sequence[Callable[[], Result]]) -> list[Result]:
    """What each returned; they begin at the same moment. The first exception is raised."""
    start = Barrier(len(calls))

    def run(call: Callable[[], Result]) -> Result:
        with app.app_context():
            start.wait()
            return call()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))
