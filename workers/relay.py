"""The scheduler and relay: one process that sees to it that what is due is done.

Every second, and at once when the doorbell rings, it looks at the outbox and leaves a job for the
workers while anything is due. When the queue cannot be reached, or when no worker has taken that
job for longer than PATIENCE, it delivers by itself; so facts arrive whatever becomes of Redis and
of the workers.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Event

import structlog
from flask import Flask
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from app.config import Settings
from app.platform import clock, doorbell
from app.platform.db import db
from app.platform.life_signs import LifeSigns
from app.platform.outbox.queries import health
from workers import runner
from workers.leadership import Leadership, leadership
from workers.queue import Asked, JobQueue
from workers.schedule import SCHEDULE, Every

LOOK_EVERY = 1.0
BETWEEN_LOOKS = 0.02
"""A pause even when the bell rings all the time, in which many rings become one look."""
PATIENCE = 20.0
ALIVE_FOR = 40.0
"""Seconds: longer than a tick that has to deliver by itself takes; with what a sign may be late,
who is silent is missed within 60.
"""
DRAIN = "workers.runner.drain"
RUN = "workers.runner.run"
log = structlog.get_logger("relay")


class Relay:
    """`tick` does what is due now; `run` ticks until it is told to stop."""

    def __init__(
        self, app: Flask, queue: JobQueue, lock: Leadership, schedule: tuple[Every, ...] = SCHEDULE
    ) -> None:
        self._app = app
        self._queue = queue
        self._lock = lock
        self._due = dict.fromkeys(schedule, 0.0)
        self._last_taken = time.monotonic()

    def run(self, bell: Bell, stopping: Event, signs: LifeSigns) -> None:
        """Tick while this process holds the lock, wait for it otherwise."""
        leads = False
        while not stopping.is_set():
            if self._lock.is_mine() != leads:
                leads = not leads
                log.info("relay.leads" if leads else "relay.waits")
            if leads:
                signs.give(again_within=ALIVE_FOR)
                self.tick()
                stopping.wait(BETWEEN_LOOKS)
                bell.wait(LOOK_EVERY, stopping)
            else:
                stopping.wait(LOOK_EVERY)

    def tick(self) -> None:
        """Start what the schedule has due, then look at the outbox; failures are only logged."""
        now = time.monotonic()
        for entry, due in self._due.items():
            if due <= now:
                self._due[entry] = now + entry.seconds
                self._start(entry)
        _guarded("outbox", self._look_at_outbox)

    def _start(self, entry: Every) -> None:
        if entry.by == "worker":
            asked = self._queue.ask(RUN, entry.verb, seconds=entry.at_most)
            if asked is not Asked.UNREACHABLE:
                return
        _guarded(entry.verb, lambda: runner.run(entry.verb))

    def _look_at_outbox(self) -> None:
        with self._app.app_context():
            is_due = health(clock.now()).waiting > 0
        if not is_due:
            return
        asked = self._queue.ask(DRAIN)
        if asked is Asked.LEFT:
            self._last_taken = time.monotonic()
        if asked is Asked.UNREACHABLE or time.monotonic() - self._last_taken > PATIENCE:
            runner.drain()


class Bell:
    """The hearing end of the doorbell."""

    def __init__(self, url: str) -> None:
        self._redis = Redis.from_url(
            url,
            socket_connect_timeout=1.0,
            socket_timeout=LOOK_EVERY + 2,
            retry=Retry(NoBackoff(), 0),
        )

    def wait(self, seconds: float, stopping: Event) -> None:
        """Return at a ring or after so many seconds; without Redis only the latter."""
        try:
            self._redis.blpop([doorbell.KEY], timeout=seconds)
        except (RedisError, OSError):
            stopping.wait(seconds)

    def close(self) -> None:
        self._redis.close()


def main(settings: Settings, stopping: Event, started: Callable[[], None] = lambda: None) -> None:
    """Relay and schedule until told to stop."""
    app = runner.application()
    with app.app_context():
        lock = leadership(db.engine, settings.data_dir)
    queue, bell = JobQueue(settings.redis_url), Bell(settings.redis_url)
    signs = LifeSigns(settings.redis_url, "scheduler")
    started()
    try:
        Relay(app, queue, lock).run(bell, stopping, signs)
    finally:
        lock.release()
        signs.end()
        queue.close()
        bell.close()


def _guarded(what: str, act: Callable[[], object]) -> None:
    """The one loop that must go on: a failure here is tried again in a second."""
    try:
        act()
    except Exception:
        log.exception("relay.failed", what=what)
