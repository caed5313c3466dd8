"""Workers and the scheduler are seen while they run, and gone when they were told to stop."""

from __future__ import annotations

import signal
from collections.abc import Callable
from datetime import timedelta

from app.platform import life_signs, queue_figures
from tests.servers.process import stop, wait_until
from tests.servers.valkey import Valkey
from workers.queue import JobQueue


def parts(valkey: Valkey) -> set[str]:
    return {sign.part for sign in life_signs.seen(valkey.url) or []}


def test_both_are_seen_until_they_end(start: Callable, valkey: Valkey) -> None:
    running = [start("work"), start("relay")]
    wait_until(
        lambda: parts(valkey) == {"worker", "scheduler"}, seconds=60, what="their signs of life"
    )

    for process in running:
        stop(process, signal.SIGTERM)

    assert parts(valkey) == set()


def test_a_scheduler_is_missed_within_a_minute(start: Callable, valkey: Valkey) -> None:
    start("relay")
    wait_until(lambda: parts(valkey) == {"scheduler"}, seconds=60, what="its sign of life")

    [sign] = life_signs.seen(valkey.url) or []

    now = sign.seen_at + timedelta(seconds=60)
    assert life_signs.silence([sign], "scheduler", now) == timedelta(seconds=60)


def test_after_a_long_job_a_worker_is_expected_as_soon_as_ever(valkey: Valkey) -> None:
    signs = life_signs.LifeSigns(valkey.url, "worker")
    for seconds in (40, 660, 40):
        signs.give(again_within=seconds)

    [sign] = life_signs.seen(valkey.url) or []

    assert sign.next_by - sign.seen_at == timedelta(seconds=40)


def test_the_figures_are_those_of_the_queue_itself(valkey: Valkey) -> None:
    queue = JobQueue(valkey.url)
    for verb in ("app.one:verb", "app.other:verb"):
        queue.ask("workers.runner.run", verb)
    jobs = queue._queue.jobs
    queue._queue.failed_job_registry.add(jobs[1], ttl=60)

    figures = queue_figures.figures(valkey.url)

    assert figures is not None
    assert (figures.waiting, figures.failed) == (2, queue._queue.failed_job_registry.count)
    assert figures.oldest_at == jobs[0].enqueued_at
    queue.close()


def test_a_queue_that_is_away_has_no_figures(tmp_path) -> None:
    nowhere = f"unix://{tmp_path}/nobody.sock"

    assert queue_figures.figures(nowhere) is None
    assert life_signs.seen(nowhere) is None
    life_signs.LifeSigns(nowhere, "worker").give(again_within=60)
