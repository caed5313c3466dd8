"""Closing a campaign with thousands of commitments: time, memory, and going on after a kill."""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from datetime import timedelta

from sqlalchemy import func, select

from app.payments.models import Refund
from app.platform import clock
from app.platform.clock import stopped_at
from app.platform.db import db
from app.platform.transaction import transaction
from app.presale.commands import clockwork, lifecycle, tasks
from tests.bench.crowd import many_join
from tests.bench.surroundings import in_its_own_process, peak_memory_mb, shop_on
from tests.bench.table import Figure, written
from tests.cast import house
from tests.presale import cast

COMMITMENTS = 2_000


def measure(commitments: int = COMMITMENTS) -> list[Figure]:
    """Each database in a process of its own: memory that was held once counts until the end."""
    return [
        figure
        for name in ("sqlite", "postgresql")
        for figure in in_its_own_process("tests.bench.closing", name, commitments)
    ]


def _on(database: str, commitments: int) -> list[Figure]:
    with shop_on(database) as _app:
        now = clock.now()
        owner = house(now)
        campaign = cast.campaign(
            owner, now, threshold=commitments * 2, sku={"cap": None},
            variants=cast.shirt(owner, now, ("M",)),
        )  # fmt: skip
        campaign_id = campaign.id
        many_join(owner, campaign, commitments)
        before, began = peak_memory_mb(), time.perf_counter()
        with stopped_at(now + timedelta(days=7, hours=3)) as advance:
            lifecycle.close_due()
            lifecycle.conclude_due()
            advance(timedelta(days=3))
            lifecycle.conclude_due()
            _half_of_the_work(commitments)
            resumed = time.perf_counter()
            clockwork.advance()
        ended = time.perf_counter()
        done = db.session.scalar(select(func.count()).select_from(Refund)) or 0
        cast.fresh(campaign_id)
        part = f"closing, {database}"
        return [
            Figure(part, f"{commitments:,} commitments paid back", ended - began, "s"),
            Figure(part, "of it after the interruption", ended - resumed, "s"),
            Figure(part, "refunds decided", done, "refunds", f"= {commitments:,}",
                   done == commitments),
            Figure(part, "memory it took", peak_memory_mb() - before, "MB"),
        ]  # fmt: skip


class _KilledError(Exception):
    """Stands for a worker that dies."""


def _half_of_the_work(commitments: int) -> None:
    """Run batches until half of the buyers are paid back, then stop in the middle of one."""
    task_ids = tasks._due(clock.now(), 10)
    for task_id in task_ids:
        for _ in range(commitments // tasks.BATCH // 2):
            if not tasks.run_batch(task_id, now=clock.now()):
                break
        with suppress(_KilledError), transaction():
            tasks.run_batch(task_id, now=clock.now())
            _die()


def _die() -> None:
    raise _KilledError


if __name__ == "__main__":
    print(written(_on(sys.argv[1], int(sys.argv[2]))))
