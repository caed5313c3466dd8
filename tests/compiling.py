"""Compiles once what a run is about to load, where each of its processes would do so at once.

In a clean clone nothing is compiled, and pytest rewrites the assertions of every test besides: six
seconds, which all processes of a run would spend on the same files at the same moment.
"""

from __future__ import annotations

import os
import py_compile
import sys
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path

import pytest
from _pytest.assertion import rewrite

ROOT = Path(__file__).parent.parent
CODE = ("app", "workers", "tests")
FEW = 20
"""So many each process may compile for itself."""


def compile_once(config: pytest.Config) -> None:
    """Every file of the shop and of its tests that is newer than what was compiled of it."""
    if sys.dont_write_bytecode:
        return
    sources = [path for folder in CODE for path in sorted((ROOT / folder).rglob("*.py"))]
    awaited = [path for path in sources if _is_newer(path, _compiled(path))]
    if len(awaited) < FEW:
        return
    makers = []
    for part in range(os.cpu_count() or 1):
        if (maker := os.fork()) == 0:
            try:
                _compile(awaited[part :: os.cpu_count() or 1], config)
            finally:  # whatever happens, it is no second run of the tests
                os._exit(0)
        makers.append(maker)
    for maker in makers:
        os.waitpid(maker, 0)


def _compile(sources: list[Path], config: pytest.Config) -> None:
    for source in sources:
        with suppress(SyntaxError, py_compile.PyCompileError, OSError):  # whoever loads it says so
            if _is_rewritten(source):
                found, code = rewrite._rewrite_test(source, config)
                target = _compiled(source)
                target.parent.mkdir(exist_ok=True)
                rewrite._write_pyc(config.stash[rewrite.assertstate_key], code, found, target)
            else:
                py_compile.compile(str(source), doraise=True)


def _is_rewritten(source: Path) -> bool:
    return source.name == "conftest.py" or source.name.startswith("test_")


def _compiled(source: Path) -> Path:
    kept = Path(cache_from_source(str(source)))
    return kept.with_name(source.stem + rewrite.PYC_TAIL) if _is_rewritten(source) else kept


def _is_newer(source: Path, compiled: Path) -> bool:
    try:
        return source.stat().st_mtime > compiled.stat().st_mtime
    except FileNotFoundError:
        return True
