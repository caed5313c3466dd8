"""docs/resilience.md lists the guards that there are, each with its place and its test."""

from __future__ import annotations

import re
from pathlib import Path

from tests.guards import GUARDS
from tests.guards.guard import Guard

DOCUMENT = (Path(__file__).parents[2] / "docs/resilience.md").read_text(encoding="utf-8")


def row(guard: Guard) -> str:
    path, _, name = guard.test.partition("::")
    case = f" ({guard.case})" if guard.case else ""
    return f"| {guard.keeps} | {guard.name} | `{guard.place}` | `{path}` · `{name}`{case} |"


def test_every_guard_is_told_as_it_is() -> None:
    rows = re.findall(r"^\| I\d+ \|.*$", DOCUMENT, re.MULTILINE)

    assert sorted(rows) == sorted(map(row, GUARDS))


def test_their_number_is_told() -> None:
    assert re.findall(r"There are (\d+) guards", DOCUMENT) == [str(len(GUARDS))]
