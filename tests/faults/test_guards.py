"""Negative controls: whoever takes a guard away is told by the test that names it."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.faults.guards import GUARDS, Guard
from tests.workers import processes

pytestmark = pytest.mark.slow
OF_THIS_RUN = ("PYTEST_XDIST_WORKER", "PYTEST_CURRENT_TEST")


@pytest.fixture(scope="session")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """How the tests of all guards ended, each without its guard."""
    folder = tmp_path_factory.mktemp("unguarded")
    variables = {name: text for name, text in os.environ.items() if name not in OF_THIS_RUN}
    words = [str(folder / "report"), str(folder / "tests")]
    processes.begin("tests.faults.unguarded", words, variables).wait(300)
    found: dict[str, str] = json.loads(Path(words[0]).read_text())
    return found


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.name)
def test_without_its_guard_a_test_turns_red(outcomes: Mapping[str, str], guard: Guard) -> None:
    assert outcomes[guard.test] == "call failed"
