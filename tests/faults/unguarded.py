"""Runs the test of every guard with that guard gone, and writes down how each ended.

`python -m tests.faults.unguarded REPORT FOLDER`, as a process of its own: nothing of it must reach
other tests.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import pytest

from tests.faults.guards import GUARDS, Guard


@contextmanager
def gone(guard: Guard) -> Iterator[None]:
    module, _, path = guard.place.partition(":")
    *owners, name = path.split(".")
    owner = import_module(module)
    for each in owners:
        owner = getattr(owner, each)
    original = getattr(owner, name)
    setattr(owner, name, guard.without(original))
    try:
        yield
    finally:
        setattr(owner, name, original)


class Unguarded:
    """Takes a test's guard away while it is called."""

    def __init__(self) -> None:
        self.outcomes: dict[str, str] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Iterator[None]:
        with gone(_guard_of(item)):
            return (yield)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" or report.failed:
            self.outcomes[report.nodeid.partition("[")[0]] = f"{report.when} {report.outcome}"


def _guard_of(item: pytest.Item) -> Guard:
    test = item.nodeid.partition("[")[0]
    return next(guard for guard in GUARDS if guard.test == test)


def main(report: str, folder: str) -> None:
    plugin = Unguarded()
    tests = [guard.test for guard in GUARDS]
    options = [
        "-q",
        "-k",
        "not postgresql",
        "-o",
        f"cache_dir={folder}-cache",
        "--basetemp",
        folder,
    ]
    pytest.main([*options, *tests], plugins=[plugin])
    Path(report).write_text(json.dumps(plugin.outcomes))


if __name__ == "__main__":
    main(*sys.argv[1:])
