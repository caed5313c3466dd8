"""The web server: granian with two processes of eight threads, a dead one replaced."""

from __future__ import annotations

from threading import Event

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from app.config import Settings
from workers import runner
from workers.launching import let_no_fork_outlive_this_process

WORKERS = 2
THREADS_PER_WORKER = 8
SECONDS_TO_FINISH_REQUESTS = 5


def main(settings: Settings, stopping: Event) -> None:
    """Serve until SIGTERM, which granian takes itself: requests under way are answered first.

    The application is made before granian forks, so that its processes share that memory.
    """
    runner.application()
    let_no_fork_outlive_this_process()
    server = Granian(
        "wsgi:app",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=THREADS_PER_WORKER,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=SECONDS_TO_FINISH_REQUESTS,
        log_level=LogLevels.error,
    )
    if not stopping.is_set():
        server.serve()
