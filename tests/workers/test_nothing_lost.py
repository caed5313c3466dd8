"""Real processes killed, and Redis emptied and stopped, in the middle of their work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.config import Settings
from app.platform import clock, doorbell
from app.platform.db import db
from app.platform.outbox.models import DeliveryState, OutboxDelivery
from app.platform.transaction import transaction
from tests.servers.process import wait_until
from tests.servers.valkey import Valkey
from tests.workers.conftest import Start
from tests.workers.noticing import heard, tell
from workers.queue import JobQueue
from workers.relay import DRAIN

pytestmark = pytest.mark.slow
HEALED_WITHIN = 60.0


@pytest.fixture
def folder(settings: Settings) -> Path:
    return settings.data_dir


@pytest.fixture
def queue(valkey: Valkey) -> Iterator[JobQueue]:
    queue = JobQueue(valkey.url)
    yield queue
    queue.close()


@pytest.fixture
def ringing(valkey: Valkey) -> Callable[..., None]:
    """`tell`, with the doorbell on as in a real shop."""

    def tell_and_ring(*numbers: int) -> None:
        doorbell.connect(valkey.url)
        try:
            tell(*numbers)
        finally:
            doorbell.connect(None)

    return tell_and_ring


def states() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(OutboxDelivery.state).order_by(OutboxDelivery.id)))


def all_done() -> bool:
    return set(states()) == {DeliveryState.DONE}


def let_leases_run_out() -> None:
    """What forty-five seconds do."""
    with transaction():
        db.session.execute(
            update(OutboxDelivery)
            .where(OutboxDelivery.lease_until.is_not(None))
            .values(lease_until=clock.now() - timedelta(seconds=1))
        )


def test_a_worker_killed_in_the_middle_is_replaced_by_the_next(
    app: Flask, folder: Path, start: Start, valkey: Valkey, queue: JobQueue
) -> None:
    (folder / "stuck").touch()
    worker = start("work")
    tell(1)
    queue.ask(DRAIN)
    wait_until(lambda: heard(folder) == [1], seconds=30, what="the first try")
    [leased] = db.session.scalars(select(OutboxDelivery)).all()
    assert leased.lease_token is not None

    worker.kill()
    worker.wait()
    (folder / "stuck").unlink()
    assert states() == [DeliveryState.PENDING]
    start("work")
    start("relay")
    let_leases_run_out()

    wait_until(all_done, seconds=HEALED_WITHIN, what="the delivery")
    assert heard(folder) == [1, 1]


def test_an_emptied_redis_loses_nothing(
    app: Flask, folder: Path, start: Start, valkey: Valkey, ringing: Callable[..., None]
) -> None:
    start("relay")
    ringing(*range(20))
    valkey.empty()
    start("work")
    wait_until(all_done, seconds=HEALED_WITHIN, what="the first twenty")

    valkey.empty()
    ringing(*range(20, 40))
    valkey.empty()

    wait_until(all_done, seconds=HEALED_WITHIN, what="the other twenty")
    assert sorted(heard(folder)) == list(range(40))


def test_a_stopped_redis_delays_nothing_for_long(
    app: Flask, folder: Path, start: Start, valkey: Valkey, ringing: Callable[..., None]
) -> None:
    start("work")
    start("relay")
    ringing(*range(10))
    wait_until(all_done, seconds=HEALED_WITHIN, what="the first ten")

    valkey.kill()
    ringing(*range(10, 20))
    wait_until(all_done, seconds=HEALED_WITHIN, what="ten without Redis")
    valkey.start()
    ringing(*range(20, 30))

    wait_until(all_done, seconds=HEALED_WITHIN, what="ten after its return")
    assert sorted(heard(folder)) == list(range(30))


def test_without_any_worker_facts_still_arrive(
    app: Flask, folder: Path, start: Start, ringing: Callable[..., None]
) -> None:
    start("relay")
    ringing(1, 2, 3)

    wait_until(all_done, seconds=HEALED_WITHIN, what="the deliveries")
    assert sorted(heard(folder)) == [1, 2, 3]


def test_a_killed_scheduler_is_followed_by_the_next(
    app: Flask, folder: Path, start: Start, ringing: Callable[..., None]
) -> None:
    start("work")
    first = start("relay")
    ringing(1)
    wait_until(all_done, seconds=HEALED_WITHIN, what="the first")
    start("relay")

    first.kill()
    first.wait()
    ringing(2)

    wait_until(all_done, seconds=HEALED_WITHIN, what="the second")
    assert heard(folder) == [1, 2]


def test_many_workers_share_the_work(
    app: Flask, folder: Path, start: Start, ringing: Callable[..., None]
) -> None:
    for part in ("work", "work", "relay"):
        start(part)

    for first in range(0, 120, 10):
        ringing(*range(first, first + 10))

    wait_until(all_done, seconds=HEALED_WITHIN, what="all of them")
    assert sorted(heard(folder)) == list(range(120))
