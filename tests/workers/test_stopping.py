"""A worker that is told to stop while it is starting stops."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from threading import Event

import pytest
from redis import Redis

from tests.servers.valkey import Valkey
from workers.queue import NAME, JobQueue
from workers.worker import Worker


@pytest.fixture(autouse=True)
def own_handlers() -> Iterator[None]:
    """RQ puts its own in the place of those of the tests."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def test_told_before_it_listens_for_signals_it_takes_no_job(valkey: Valkey) -> None:
    queue = JobQueue(valkey.url)
    queue.ask("workers.runner.drain")
    connection = Redis.from_url(valkey.url)
    worker = Worker([NAME], connection=connection, serializer="json")
    worker.stopping = Event()
    worker.stopping.set()

    worked = worker.work(logging_level="WARNING", max_jobs=1)

    assert not worked
    assert len(queue._queue.jobs) == 1
    queue.close()
    connection.close()
