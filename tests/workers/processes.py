"""Processes of the shop that a test begins, kills and waits for.

On Linux they are forks of a process that has imported the shop already, as those of the shop are
forks of their supervisor: a program of its own would compute for two seconds before it begins.
"""

from __future__ import annotations

import multiprocessing
import os
import runpy
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from multiprocessing.context import ForkServerContext

from tests.servers.process import Running
from workers.launching import CAN_FORK, ROOT


class Fork:
    """A fork that goes on as `python -m module words`, with what of Popen the tests use."""

    def __init__(self, module: str, words: Sequence[str], environment: Mapping[str, str]) -> None:
        arguments = (module, [*words], dict(environment))
        self._process = _nursery().Process(target=_become, args=arguments)
        self._process.start()

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise subprocess.TimeoutExpired(str(self._process.name), timeout or 0)
        return self._process.exitcode

    def send_signal(self, number: int, /) -> None:
        if self._process.pid is not None and self._process.exitcode is None:
            os.kill(self._process.pid, number)

    def kill(self) -> None:
        self._process.kill()


def begin(module: str, words: Sequence[str], environment: Mapping[str, str]) -> Running:
    """`python -m module words` with these variables and no others."""
    if CAN_FORK:
        return Fork(module, words, environment)
    return subprocess.Popen([sys.executable, "-m", module, *words], cwd=ROOT, env=environment)


def own_variables() -> dict[str, str]:
    """Our own variables, with compiled files kept: each process starts in a third of the time."""
    if not sys.dont_write_bytecode:
        return dict(os.environ)
    kept = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(ROOT / ".cache/bytecode")}
    return {**os.environ, **kept}


@cache
def _nursery() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.workers.imported"])
    return context


def _become(module: str, words: list[str], environment: dict[str, str]) -> None:
    os.chdir(ROOT)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = [module, *words]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
