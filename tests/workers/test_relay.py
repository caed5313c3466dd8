"""The scheduler: what is due is asked for, and done by itself when asking does not help."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event, Thread

import pytest
from flask import Flask

from app.config import Settings
from app.platform import doorbell
from app.platform.actor import SYSTEM
from app.platform.audit.commands import record, verify
from app.platform.db import db
from app.platform.life_signs import LifeSigns
from app.platform.transaction import transaction
from tests.conftest import MONDAY
from tests.servers.process import wait_until
from tests.servers.valkey import Valkey
from tests.workers.noticing import heard, tell
from workers import relay as relay_module
from workers.leadership import FileLock, leadership
from workers.queue import NAME, JobQueue
from workers.relay import Bell, Relay
from workers.schedule import SCHEDULE, Every

ran: list[str] = []


def by_worker() -> None:
    ran.append("worker")


def by_scheduler() -> None:
    ran.append("scheduler")


def broken() -> None:
    raise LookupError


HERE = "tests.workers.test_relay"


@pytest.fixture(autouse=True)
def fresh(job_app: Flask, noticed: None) -> None:
    ran.clear()


@pytest.fixture
def queue(valkey: Valkey) -> Iterator[JobQueue]:
    queue = JobQueue(valkey.url)
    yield queue
    queue.close()


def relay(app: Flask, queue: JobQueue, settings: Settings, *schedule: Every) -> Relay:
    return Relay(app, queue, FileLock(settings.data_dir / "scheduler.lock"), schedule)


def waiting(valkey: Valkey) -> list[str]:
    with valkey.client as client:
        return [job.decode().rpartition("-")[0] for job in client.lrange(f"rq:queue:{NAME}", 0, -1)]


def test_nothing_is_asked_for_when_nothing_is_due(
    app: Flask, queue: JobQueue, settings: Settings, valkey: Valkey
) -> None:
    relay(app, queue, settings).tick()

    assert waiting(valkey) == []


def test_workers_are_asked_once_while_anything_is_due(
    app: Flask, queue: JobQueue, settings: Settings, valkey: Valkey
) -> None:
    ticking = relay(app, queue, settings)
    tell(1, 2, 3)

    for _ in range(3):
        ticking.tick()

    assert waiting(valkey) == ["workers-runner-drain"]
    assert heard(settings.data_dir) == []


def test_without_a_queue_it_delivers_by_itself(
    app: Flask, queue: JobQueue, settings: Settings, valkey: Valkey
) -> None:
    valkey.stop()
    tell(1, 2)

    relay(app, queue, settings).tick()

    assert heard(settings.data_dir) == [1, 2]


def test_when_no_worker_comes_it_delivers_by_itself(
    app: Flask, queue: JobQueue, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticking = relay(app, queue, settings)
    tell(1)
    ticking.tick()
    assert heard(settings.data_dir) == []

    monkeypatch.setattr(relay_module, "PATIENCE", 0.0)
    ticking.tick()

    assert heard(settings.data_dir) == [1]


def test_while_workers_come_it_leaves_the_work_to_them(
    app: Flask,
    queue: JobQueue,
    settings: Settings,
    valkey: Valkey,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(relay_module, "PATIENCE", 0.5)
    ticking = relay(app, queue, settings)
    tell(1)

    for _ in range(3):
        ticking.tick()
        Event().wait(0.3)
        with valkey.client as client:
            assert client.lpop(f"rq:queue:{NAME}") is not None

    assert heard(settings.data_dir) == []


def test_scheduled_work_is_left_for_the_workers(
    app: Flask, queue: JobQueue, settings: Settings, valkey: Valkey
) -> None:
    relay(app, queue, settings, Every(60, f"{HERE}:by_worker")).tick()

    assert waiting(valkey) == ["workers-runner-run-tests-workers-test-relay-by-worker"]
    assert ran == []


def test_without_a_queue_scheduled_work_is_done_here(
    app: Flask, queue: JobQueue, settings: Settings, valkey: Valkey
) -> None:
    valkey.stop()

    relay(app, queue, settings, Every(60, f"{HERE}:by_worker")).tick()

    assert ran == ["worker"]


def test_the_schedulers_own_work_never_waits_in_the_queue(
    app: Flask, queue: JobQueue, settings: Settings, valkey: Valkey
) -> None:
    relay(app, queue, settings, Every(60, f"{HERE}:by_scheduler", by="scheduler")).tick()

    assert ran == ["scheduler"]
    assert waiting(valkey) == []


def test_an_entry_rests_until_its_time_comes(
    app: Flask, queue: JobQueue, settings: Settings
) -> None:
    often = Every(1, f"{HERE}:by_scheduler", by="scheduler")
    ticking = relay(app, queue, settings, often)

    ticking.tick()
    ticking.tick()
    assert ran == ["scheduler"]

    def ran_again() -> bool:
        ticking.tick()
        return len(ran) == 2

    wait_until(ran_again, seconds=5, what="the second time")


def test_a_broken_entry_holds_up_nothing(
    app: Flask, queue: JobQueue, settings: Settings, valkey: Valkey
) -> None:
    tell(1)
    valkey.stop()
    failing = Every(60, f"{HERE}:broken", by="scheduler")
    missing = Every(60, "app.nowhere:verb", by="scheduler")
    working = Every(60, f"{HERE}:by_scheduler", by="scheduler")

    relay(app, queue, settings, failing, missing, working).tick()

    assert ran == ["scheduler"]
    assert heard(settings.data_dir) == [1]


def test_the_audit_log_is_sealed(app: Flask, queue: JobQueue, settings: Settings) -> None:
    with transaction():
        record(SYSTEM, "test", "test", 1, now=MONDAY)

    relay(app, queue, settings, *(entry for entry in SCHEDULE if entry.by == "scheduler")).tick()

    assert (verify().sealed, verify().unsealed) == (1, 0)


def test_only_the_holder_of_the_lock_ticks(
    app: Flask, queue: JobQueue, settings: Settings, valkey: Valkey
) -> None:
    lock = leadership(db.engine, settings.data_dir)
    other = leadership(db.engine, settings.data_dir)
    assert other.is_mine()
    waits = Relay(app, queue, lock, (Every(60, f"{HERE}:by_scheduler", by="scheduler"),))
    stopping, bell, signs = Event(), Bell(valkey.url), LifeSigns(valkey.url, "scheduler")
    thread = Thread(target=waits.run, args=(bell, stopping, signs))
    thread.start()
    try:
        assert not stopping.wait(1.5)
        assert ran == []
        other.release()
        wait_until(lambda: ran == ["scheduler"], seconds=10, what="the new leader")
    finally:
        stopping.set()
        thread.join()
        lock.release()
        signs.end()
        bell.close()


def test_a_ring_ends_the_wait(valkey: Valkey) -> None:
    bell, stopping = Bell(valkey.url), Event()
    doorbell.connect(valkey.url)
    try:
        thread = Thread(target=bell.wait, args=(60, stopping))
        thread.start()
        doorbell.ring()
        thread.join(10)
        assert not thread.is_alive()
    finally:
        doorbell.connect(None)
        bell.close()


def test_without_redis_a_wait_is_only_a_wait(valkey: Valkey) -> None:
    valkey.stop()
    bell = Bell(valkey.url)

    bell.wait(0.01, Event())

    bell.close()
