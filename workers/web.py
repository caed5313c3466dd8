"""The web server: granian with two processes of eight threads, a dead one replaced."""

from __future__ import annotations

import socket
from collections.abc import Callable
from threading import Event
from typing import Any

from granian import net
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import MPServer

from app.config import Settings
from workers import runner
from workers.counting import count_together
from workers.launching import let_no_fork_outlive_this_process
from workers.sharing import make_shareable

WORKERS = 2
THREADS_PER_WORKER = 8
BACKLOG = 1024
NO_UNIX_SOCKET = (False,)
SECONDS_TO_FINISH_REQUESTS = 20
"""As long as the slowest answers of the counter take, which work in steps of 15 seconds."""


def main(
    settings: Settings,
    stopping: Event,
    started: Callable[[], None] = lambda: None,
    listening: socket.socket | None = None,
) -> None:
    """Serve until SIGTERM, which granian takes itself: requests under way are answered first.

    The application is made before granian forks, so that its processes share that memory.
    """
    count_together(settings.data_dir)
    make_shareable(runner.application())
    let_no_fork_outlive_this_process()
    listening = listening or listen(settings.host, settings.port)
    server = Server(listening, started)
    if not stopping.is_set():
        server.serve()


def listen(host: str, port: int) -> socket.socket:
    """A socket that connections may come to before anybody answers them; raises OSError.

    What is accepted from it sends small packets at once: granian sets that only on its own.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.create_server((host, port), family=family, backlog=BACKLOG)
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    listening.settimeout(0)
    return listening


class Server(MPServer):
    """Granian on one socket that is shared by its processes and by those that take over from them.

    Of its own accord each process opens one, and connections that wait at it are lost when it ends.
    """

    def __init__(self, listening: socket.socket, started: Callable[[], None]) -> None:
        host, port = listening.getsockname()[:2]
        super().__init__(
            "wsgi:app",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=WORKERS,
            blocking_threads=THREADS_PER_WORKER,
            websockets=False,
            respawn_failed_workers=True,
            workers_kill_timeout=SECONDS_TO_FINISH_REQUESTS,
            log_level=LogLevels.error,
        )
        self._listening = listening
        self._started = started

    def _init_shared_socket(self) -> None:
        self._sso = self._listening
        self._sfd = self._listening.fileno()  # type: ignore[assignment]
        holder: Any = net.SocketHolder  # type: ignore[attr-defined]
        self._shd = holder(self._sfd, *NO_UNIX_SOCKET, BACKLOG)

    def _drop_shared_socket(self) -> None:
        """It is closed with the process; the supervisor may hand it on."""

    def startup(self, spawn_target: object, target_loader: object) -> None:
        super().startup(spawn_target, target_loader)  # type: ignore[no-untyped-call]
        self._started()
