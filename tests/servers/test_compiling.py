"""What is compiled before a run is what pytest and Python look for, so nobody compiles it again."""

from __future__ import annotations

import os
import sys
from importlib.util import cache_from_source
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from _pytest.assertion import rewrite

from tests import compiling


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(compiling, "ROOT", tmp_path)
    monkeypatch.setattr(compiling, "FEW", 1)
    (tmp_path / "tests").mkdir()
    return tmp_path / "tests"


def test_a_test_is_compiled_with_its_assertions_rewritten(folder, pytestconfig):
    source = folder / "test_sums.py"
    source.write_text("def test_sum():\n    assert 1 + 1 == 3\n")
    compiling.compile_once(pytestconfig)
    code = rewrite._read_pyc(source, rewrite.get_cache_dir(source) / f"test_sums{rewrite.PYC_TAIL}")
    assert code is not None
    assert "@pytest_ar" in code.co_names + code.co_varnames


def test_other_code_is_compiled_and_what_cannot_be_is_left_to_who_loads_it(folder, pytestconfig):
    good, bad = folder / "sums.py", folder / "wrong.py"
    good.write_text("SUM = 1 + 1\n")
    bad.write_text("SUM = = 2\n")
    compiling.compile_once(pytestconfig)
    assert [cached(path) for path in (good, bad)] == [True, False]


def test_where_assertions_are_left_alone_no_second_run_begins(folder):
    """As with `--assert=plain`: what keeps rewritten tests is not there."""
    (folder / "test_sums.py").write_text("SUM = 1 + 1\n")
    bare: Any = SimpleNamespace(stash=pytest.Stash())
    ours = os.getpid()
    try:
        compiling.compile_once(bare)
    finally:
        if os.getpid() != ours:
            (folder / "went on").touch()
            os._exit(1)

    assert not (folder / "went on").exists()


def cached(source) -> bool:
    return Path(cache_from_source(str(source))).exists()
