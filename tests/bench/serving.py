"""The shop behind its own server, as `make run` starts it, on the database of a measurement."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.config import variable_names
from app.platform.configuration import settings
from tests.bench.asking import get
from tests.bench.processes import computed_seconds, connections, family, share_mb, web_workers
from tests.servers.process import free_port, stop, wait_until
from tests.servers.stage import environment_for
from tests.servers.valkey import Valkey
from tests.workers.processes import own_variables
from workers.launching import ROOT
from workers.surroundings import answers

OPEN_WITHIN = 120.0
CARRIER_SECRET = "whsec_YmVuY2gtY2Fycmllci1zZWNyZXQtMjQtYnl0ZXM="


@dataclass(frozen=True)
class Served:
    """Where it answers, and what it says."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path

    def memory_mb(self) -> float:
        """All of its processes together."""
        return sum(map(share_mb, family(self.process.pid)))

    def computed(self) -> float:
        """Seconds that all of its processes have computed so far."""
        return sum(map(computed_seconds, family(self.process.pid)))

    def web_worker_mb(self) -> float:
        """The largest of those that answer requests."""
        return max(map(share_mb, web_workers(self.process.pid)), default=0.0)

    def fewest_of(self, visitors: int) -> int:
        """How many of so many connections the process has that has fewest of them."""
        with ExitStack() as lines:
            for _ in range(visitors):
                address = ("127.0.0.1", self.port)
                line = lines.enter_context(socket.create_connection(address, timeout=OPEN_WITHIN))
                line.sendall(get("/healthz"))
                line.recv(1)
            return min(connections(pid, self.port) for pid in web_workers(self.process.pid))


@contextmanager
def web_only(*, is_kept: bool = True) -> Iterator[Served]:
    """Two web workers beside a queue server; `is_kept` lets them keep pages, if they can at all."""
    with ExitStack() as open_servers:
        folder = settings().data_dir
        folder.mkdir(parents=True, exist_ok=True)
        queue = Valkey(folder)
        queue.start()
        open_servers.callback(queue.stop)
        told = {"REDIS_URL": queue.url, **_page_memory(is_kept=is_kept)}
        yield open_servers.enter_context(running("web", told))


@contextmanager
def everything(**changes: str) -> Iterator[Served]:
    """Queue, payment provider, worker, scheduler and web server, as `make run` starts them."""
    sandbox = f"http://127.0.0.1:{free_port()}"
    with running("up", {"VITRINE_SANDBOX_URL": sandbox, **changes}) as served:
        yield served


@contextmanager
def running(word: str, changes: Mapping[str, str]) -> Iterator[Served]:
    """`python -m workers word` on the database at hand, ended at the end."""
    told = variables(settings().database_url, settings().data_dir)
    with started(["-m", "workers", word], {**told, **changes}) as served:
        yield served


def variables(database_url: str, data_dir: Path) -> dict[str, str]:
    """What a shop is told that is measured as it runs: with limits, doorbell and logs."""
    return {
        **environment_for(database_url, data_dir),
        "VITRINE_ENV": "development",
        "VITRINE_HOST": "127.0.0.1",
        "VITRINE_DOORBELL": "1",
        "VITRINE_LOG_FORMAT": "json",
        "VITRINE_PROXY_COUNT": "1",  # so that each shopper can come from an address of their own
        "VITRINE_DEFAULT_LANGUAGE": "en",
        "VITRINE_STANDARD_CARRIER_SECRET": CARRIER_SECRET,
    }


@contextmanager
def started(
    words: list[str],
    told: Mapping[str, str],
    *,
    open_within: float = OPEN_WITHIN,
) -> Iterator[Served]:
    """A program of this interpreter that answers on `PORT`; what it says goes to a file."""
    port, log = int(told["PORT"]), Path(told["DATA_DIR"]) / f"said-{told['PORT']}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, *words],
            cwd=ROOT,
            env={**own_variables(), **told},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_until(
            lambda: _is_open(process, port, log), seconds=open_within, what="the shop's server"
        )
        yield Served(port, process, log)
    finally:
        stop(process, signal.SIGTERM, seconds=40)


def _is_open(process: subprocess.Popen[bytes], port: int, log: Path) -> bool:
    if process.poll() is not None:
        raise RuntimeError(f"The server ended at once:\n{log.read_text()[-2000:]}")
    return answers("127.0.0.1", port)


def _page_memory(*, is_kept: bool) -> dict[str, str]:
    """The setting that turns keeping pages off."""
    name = variable_names().get("page_cache_mb")
    return {} if is_kept or name is None else {name: "0"}


def keeps_pages() -> bool:
    """Whether this release can keep pages at all."""
    return "page_cache_mb" in variable_names()
