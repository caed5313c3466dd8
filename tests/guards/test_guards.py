"""Negative controls: whoever takes a guard away is told by the test that names it.

`make guards` takes away every one of them; here three whose tests need no database, and that the
list is whole and true.
"""

from __future__ import annotations

import ast
from collections import Counter
from functools import cache
from pathlib import Path

from flask import Flask

from tests.guards import GUARDS
from tests.guards.rounds import RED, without
from tests.soaking import on_sqlite

ROOT = Path(__file__).parents[2]
OURS = [*range(1, 13), *range(15, 19), 27, 28]
PURE = {"a callback is signed", "shares lose nothing", "a line moves as published"}
QUICK = [guard for guard in GUARDS if guard.name in PURE]


@cache
def functions(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def test_every_invariant_has_its_guards_and_every_guard_a_test() -> None:
    missing = [guard.test for guard in GUARDS if not _is_there(guard.test)]

    assert {f"I{number}" for number in OURS} - {guard.keeps for guard in GUARDS} == set()
    assert missing == []
    assert Counter(guard.name for guard in GUARDS).most_common(1)[0][1] == 1
    assert len(GUARDS) >= 40


@on_sqlite
def test_every_guard_is_where_the_list_says(app: Flask) -> None:
    assert [guard.name for guard in GUARDS if not guard.removal.fits(guard.place)] == []


def test_without_its_guard_a_test_turns_red(tmp_path: Path) -> None:
    outcomes = without(QUICK, tmp_path)

    assert outcomes == dict.fromkeys((guard.name for guard in QUICK), RED)


def _is_there(test: str) -> bool:
    path, _, name = test.partition("::")
    return (ROOT / path).exists() and name in functions(path)
