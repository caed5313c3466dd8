"""Processes that run the tests of guards, each test once in a round."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tests.guards.guard import Guard
from tests.workers import processes

OF_THIS_RUN = ("PYTEST_XDIST_WORKER", "PYTEST_CURRENT_TEST")
PATIENCE = 900
RED = "call failed"


def without(guards: Sequence[Guard], folder: Path) -> Mapping[str, str]:
    """How the test of each guard ended with that guard gone."""
    ended: dict[str, str] = {}
    for number, some in enumerate(_rounds(guards)):
        ended |= _run(some, folder / str(number), [])
    return ended


def with_all(guards: Sequence[Guard], folder: Path) -> Mapping[str, str]:
    """How the same tests end with every guard in its place."""
    ended: dict[str, str] = {}
    for number, some in enumerate(_rounds(guards)):
        ended |= _run(some, folder / f"kept-{number}", ["--kept"])
    return ended


def _rounds(guards: Sequence[Guard]) -> Iterator[list[Guard]]:
    """Guards that share a test take turns; of one test only the cases of one guard are run."""
    by_test = defaultdict[str, list[Guard]](list)
    for guard in guards:
        by_test[guard.test].append(guard)
    for turn in range(max(map(len, by_test.values()))):
        yield [some[turn] for some in by_test.values() if len(some) > turn]


def _run(guards: Sequence[Guard], folder: Path, words: list[str]) -> dict[str, str]:
    folder.mkdir(parents=True)
    variables = {name: text for name, text in os.environ.items() if name not in OF_THIS_RUN}
    names = [guard.name for guard in guards]
    running = processes.begin("tests.guards.running", [str(folder), *words, *names], variables)
    running.wait(PATIENCE)
    ended: dict[str, str] = json.loads((folder / "report").read_text())
    return {name: ended.get(name, "not run") for name in names}
