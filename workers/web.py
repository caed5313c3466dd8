"""The web server: granian with two processes of eight threads, a dead one replaced."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable, Sequence
from threading import Event
from typing import Any

from granian import net
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import MPServer
from granian.server.mp import WorkerProcess

from app.config import Settings
from workers import runner
from workers.counting import count_together
from workers.launching import let_no_fork_outlive_this_process
from workers.listening import BACKLOG, listen
from workers.sharing import make_shareable

WORKERS = 2
THREADS_PER_WORKER = 8
HOLDING = (False, BACKLOG) if sys.platform == "linux" else (False,)
"""What granian is told of a socket that is no Unix socket."""
SECONDS_TO_FINISH_REQUESTS = 20
"""As long as the slowest answers of the counter take, which work in steps of 15 seconds."""


def main(
    settings: Settings,
    stopping: Event,
    started: Callable[[], None] = lambda: None,
    listening: Sequence[socket.socket] = (),
) -> None:
    """Serve until SIGTERM, which granian takes itself: requests under way are answered first.

    The application is made before granian forks, so that its processes share that memory.
    """
    count_together(settings.data_dir)
    make_shareable(runner.application())
    let_no_fork_outlive_this_process()
    listening = listening or listen(settings.host, settings.port, processes=WORKERS)
    server = Server(listening, started)
    if not stopping.is_set():
        server.serve()


class Server(MPServer):
    """Granian on sockets that it was given, which those that take over from it are given as well.

    Of its own accord each process opens one, and connections that wait at it are lost when it ends.
    """

    def __init__(self, listening: Sequence[socket.socket], started: Callable[[], None]) -> None:
        host, port = listening[0].getsockname()[:2]
        super().__init__(
            "wsgi:app",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=max(WORKERS, len(listening)),  # nobody is to wait at one without a process
            blocking_threads=THREADS_PER_WORKER,
            websockets=False,
            respawn_failed_workers=True,
            workers_kill_timeout=SECONDS_TO_FINISH_REQUESTS,
            log_level=LogLevels.error,
        )
        self._listening = listening
        self._started = started

    def _init_shared_socket(self) -> None:
        """Each process is given its own when it is begun."""

    def _spawn_worker(  # type: ignore[override]
        self, idx: int, target: object, callback_loader: object
    ) -> WorkerProcess:
        """A process that takes another's place is given the same socket."""
        self._sso = self._listening[idx % len(self._listening)]
        holder: Any = net.SocketHolder  # type: ignore[attr-defined]
        self._shd = holder(self._sso.fileno(), *HOLDING)
        return super()._spawn_worker(idx, target, callback_loader)

    def _drop_shared_socket(self) -> None:
        """They are closed with the process; the supervisor may hand them on."""

    def startup(self, spawn_target: object, target_loader: object) -> None:
        super().startup(spawn_target, target_loader)  # type: ignore[no-untyped-call]
        self._started()
