"""Runs the tests of guards with those guards gone, and writes down how each ended.

`python -m tests.guards.running FOLDER NAME…`, as a process of its own: nothing of it must reach
other tests. With `--kept` before the names nothing is taken away.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path

import pytest

from tests.guards import GUARDS
from tests.guards.guard import Guard

OTHER = {"sqlite": "postgresql", "postgresql": "sqlite"}


class Unguarded:
    """Takes a test's guard away while it is called; of all tests only those of guards are run."""

    def __init__(self, guards: Sequence[Guard], *, is_kept: bool) -> None:
        self.outcomes: dict[str, str] = {}
        self._guards = guards
        self._is_kept = is_kept

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = [item for item in items if self._guard_of(item.nodeid) is not None]

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Iterator[None]:
        guard = self._guard_of(item.nodeid)
        assert guard is not None
        with nullcontext() if self._is_kept else guard.removal.gone(guard.place):
            return (yield)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        guard = self._guard_of(report.nodeid)
        if guard is None or (report.when != "call" and not report.failed):
            return
        worse = self.outcomes.get(guard.name) in {None, "call passed"}
        if worse:
            self.outcomes[guard.name] = f"{report.when} {report.outcome}"

    def _guard_of(self, node: str) -> Guard | None:
        test, _, case = node.partition("[")
        for guard in self._guards:
            if guard.test == test and guard.case in case and OTHER[guard.database] not in case:
                return guard
        return None


def main(folder: str, *names: str) -> None:
    is_kept = names[:1] == ("--kept",)
    guards = [guard for guard in GUARDS if guard.name in names]
    plugin = Unguarded(guards, is_kept=is_kept)
    tests = sorted({guard.test for guard in guards})
    places = ["-o", f"cache_dir={folder}-cache", "--basetemp", f"{folder}/tests"]
    pytest.main(
        ["-q", "--no-header", "--tb=no", "-p", "no:randomly", *places, *tests], plugins=[plugin]
    )
    Path(folder, "report").write_text(json.dumps(plugin.outcomes))


if __name__ == "__main__":
    main(*sys.argv[1:])
