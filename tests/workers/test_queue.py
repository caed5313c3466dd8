"""Jobs left for the workers: one of a kind at a time, readable, and no harm when Redis is away."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.valkey import Valkey
from workers.queue import NAME, Asked, JobQueue

WAITING = f"rq:queue:{NAME}"


@pytest.fixture
def queue(valkey: Valkey) -> Iterator[JobQueue]:
    queue = JobQueue(valkey.url)
    yield queue
    queue.close()


def waiting(valkey: Valkey) -> list[str]:
    with valkey.client as client:
        return [job.decode() for job in client.lrange(WAITING, 0, -1)]


def test_the_same_job_waits_once(queue: JobQueue, valkey: Valkey) -> None:
    answers = [queue.ask("workers.runner.drain") for _ in range(3)]

    assert answers == [Asked.LEFT, Asked.WAITS, Asked.WAITS]
    assert len(waiting(valkey)) == 1


def test_different_work_waits_side_by_side(queue: JobQueue, valkey: Valkey) -> None:
    queue.ask("workers.runner.drain")
    queue.ask("workers.runner.run", "app.one:verb")
    queue.ask("workers.runner.run", "app.other:verb")

    assert len(waiting(valkey)) == 3


def test_once_begun_the_next_may_wait(queue: JobQueue, valkey: Valkey) -> None:
    queue.ask("workers.runner.drain")
    with valkey.client as client:
        client.lpop(WAITING)

    assert queue.ask("workers.runner.drain") is Asked.LEFT
    assert len(waiting(valkey)) == 1


def test_a_job_is_plain_json(queue: JobQueue, valkey: Valkey) -> None:
    queue.ask("workers.runner.run", "app.one:verb")

    [job] = waiting(valkey)
    with valkey.client as client:
        stored = client.hget(f"rq:job:{job}", "data")
    assert json.loads(zlib.decompress(stored))[0] == "workers.runner.run"


def test_without_redis_the_answer_is_no(queue: JobQueue, valkey: Valkey) -> None:
    valkey.stop()

    assert queue.ask("workers.runner.drain") is Asked.UNREACHABLE


def test_after_a_loss_of_everything_it_goes_on(queue: JobQueue, valkey: Valkey) -> None:
    queue.ask("workers.runner.drain")
    valkey.empty()

    assert queue.ask("workers.runner.drain") is Asked.LEFT
    assert len(waiting(valkey)) == 1


def test_after_a_restart_of_redis_it_goes_on(queue: JobQueue, valkey: Valkey) -> None:
    queue.ask("workers.runner.drain")
    valkey.kill()
    assert queue.ask("workers.runner.drain") is Asked.UNREACHABLE
    valkey.start()

    assert queue.ask("workers.runner.drain") is not Asked.UNREACHABLE


def test_nobody_listens_at_a_made_up_address(tmp_path: Path) -> None:
    queue = JobQueue(f"unix://{tmp_path}/nobody.sock")

    assert queue.ask("workers.runner.drain") is Asked.UNREACHABLE
    queue.close()
