"""The worker: takes jobs from the queue and does them, one after another, in this process."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

from redis import Redis
from redis.client import Pipeline
from redis.exceptions import RedisError
from rq import SimpleWorker

from app.config import Settings
from app.platform.life_signs import LifeSigns
from workers import queue, runner

LIFE_SIGN = 40
"""Seconds an idle worker may be silent; with what a sign may be late it is missed within 60."""
LOOK_AFTER_OTHERS = 30
ASK_AGAIN_AFTER = 1.0


class Worker(SimpleWorker):
    """Without a fork per job: six times the jobs a second, and nothing survives its kill -9."""

    max_connection_wait_time = 5.0
    signs: LifeSigns | None = None
    stopping: Event | None = None

    def _install_signal_handlers(self) -> None:
        """A signal that came while RQ was starting went to the handlers it now replaces."""
        super()._install_signal_handlers()  # type: ignore[no-untyped-call]
        if self.stopping is not None and self.stopping.is_set():
            self._stop_requested = True

    def heartbeat(self, timeout: int | None = None, pipeline: Pipeline | None = None) -> None:
        """RQ calls it between jobs, and before one with the longest it may take."""
        super().heartbeat(timeout, pipeline)
        if self.signs is not None:
            self.signs.give(again_within=timeout or LIFE_SIGN)


def main(settings: Settings, stopping: Event, started: Callable[[], None] = lambda: None) -> None:
    """Work until told to stop; the job in hand is finished first.

    It also ends when Redis fails in the middle of a job; its supervisor starts it again.
    """
    runner.application()
    connection = Redis.from_url(settings.redis_url)
    if not _answers(connection, stopping):
        return
    worker = Worker(
        [queue.NAME],
        connection=connection,
        serializer="json",
        worker_ttl=LIFE_SIGN,
        maintenance_interval=LOOK_AFTER_OTHERS,
        log_job_description=False,
    )
    worker.signs = LifeSigns(settings.redis_url, "worker")
    worker.stopping = stopping
    started()
    worker.work(logging_level="WARNING")
    worker.signs.end()


def _answers(connection: Redis, stopping: Event) -> bool:
    """Wait until Redis does; False when told to stop meanwhile."""
    while not stopping.is_set():
        try:
            return bool(connection.ping())
        except (RedisError, OSError):
            stopping.wait(ASK_AGAIN_AFTER)
    return False
