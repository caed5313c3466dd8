"""The shop under its own supervisor, and its processes by name."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import IO

import httpx

from tests.servers.process import stop, wait_until
from tests.soak import jumping
from tests.workers.processes import own_variables
from workers.launching import ROOT
from workers.web import WORKERS as WEB_PROCESSES

OPEN_WITHIN = 120.0
WELL_WITHIN = 150.0
"""The longest pause of the supervisor, a lease, and what a busy machine adds."""
PARTS = {"vitrine-web", "vitrine-worker", "vitrine-relay", "valkey-server", "python"}
"""Children of the supervisor; `python` is the payment provider."""


class Shop:
    """`python -m workers up` in `folder`, with clocks that can be set."""

    def __init__(self, environment: Mapping[str, str], folder: Path) -> None:
        self.url = environment["VITRINE_PUBLIC_URL"]
        self.log = folder / "shop.log"
        self._environment = {**own_variables(), **environment}
        self._clocks = folder / "clocks"
        self._clocks.mkdir()
        self._supervisor: subprocess.Popen[bytes] | None = None
        self._killed: set[int] = set()

    def start(self) -> None:
        """What it says is written down by this process, which has room on its disk."""
        command = [sys.executable, "-m", "tests.soak.jumping", str(self._clocks), "up"]
        self._supervisor = subprocess.Popen(
            command, cwd=ROOT, env=self._environment, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )  # fmt: skip
        assert self._supervisor.stdout is not None
        Thread(target=_keep, args=(self._supervisor.stdout, self.log), daemon=True).start()

    def stop(self) -> None:
        if self._supervisor is not None:
            stop(self._supervisor, signal.SIGTERM, seconds=60)

    @property
    def supervisor(self) -> int:
        assert self._supervisor is not None
        return self._supervisor.pid

    def parts(self) -> dict[str, int]:
        """The supervisor's children by the name of their process."""
        named = {}
        for pid in children_of(self.supervisor):
            with suppress(OSError):
                named[Path(f"/proc/{pid}/comm").read_text().strip()] = pid
        return named

    def all_parts(self) -> dict[str, int]:
        """`parts`, once all are there: some end and come back by themselves."""
        found: dict[str, int] = {}

        def are_all_there() -> bool:
            found.clear()
            found.update(self.parts())
            return found.keys() >= PARTS

        wait_until(are_all_there, seconds=WELL_WITHIN, what="every part of the shop")
        return found

    def own_processes(self) -> list[int]:
        """All that run the shop's code: not the queue, not the provider."""
        ours = [pid for name, pid in self.parts().items() if name.startswith("vitrine-")]
        return [self.supervisor, *ours, *(child for pid in ours for child in children_of(pid))]

    def kill(self, pid: int) -> None:
        """With -9; all is well again only when another has taken its place."""
        self._killed.add(pid)
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)

    def wait_until_well(self) -> None:
        """Every part runs and the shop can sell; a supervisor that has ended is started again, as
        systemd does. Raises TimeoutError.
        """
        wait_until(self._is_well, seconds=WELL_WITHIN, what="the shop")

    def jump(self, parts: Sequence[str], seconds: float) -> None:
        jumping.jump(self._clocks, parts, seconds)

    @contextmanager
    def without_room(self) -> Iterator[None]:
        """None of its processes can make a file longer; those begun meanwhile neither."""
        limited = self.own_processes()
        _limit(limited, 0)
        try:
            yield
        finally:
            _limit({*limited, *self.own_processes()}, resource.RLIM_INFINITY)

    def _is_well(self) -> bool:
        if self._supervisor is not None and self._supervisor.pid in self._killed:
            self._supervisor.wait(10)  # until then its children are still there, and answer
        if self._supervisor is None or self._supervisor.poll() is not None:
            self.start()
        parts = self.parts()
        web = children_of(parts.get("vitrine-web", 0))
        if not parts.keys() >= PARTS or len(web) < WEB_PROCESSES:
            return False
        if self._killed & {*parts.values(), *web}:
            return False
        try:
            answer = httpx.get(f"{self.url}/readyz", timeout=5, trust_env=False)
        except httpx.HTTPError:
            return False
        return answer.status_code == 200 and answer.json()["checks"]["queue"] == "ok"


def children_of(pid: int) -> list[int]:
    try:
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _limit(pids: Sequence[int] | set[int], size: int) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def _keep(output: IO[bytes], log: Path) -> None:
    with output, log.open("ab") as file:
        for line in output:
            file.write(line)
            file.flush()
