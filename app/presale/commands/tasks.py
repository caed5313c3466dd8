"""Work on everybody who joined, in batches that survive a crash.

A task is written in the same transaction as the change that calls for it. Each batch does its work
and advances the cursor in one transaction; a batch that is done twice does nothing the second time,
because every verb it calls is idempotent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy import func, select

from app.orders.locks import lock_orders
from app.platform import clock
from app.platform.db import db, insert_if_new
from app.platform.due import each
from app.platform.locks import lock_rows
from app.platform.transaction import command
from app.presale.models import Campaign, CampaignTask, Participation

BATCH = 50
Step = Callable[[Campaign, Participation, CampaignTask, datetime], None]
End = Callable[[Campaign, CampaignTask, datetime], None]

_steps: dict[str, Step] = {}
_ends: dict[str, End] = {}


def does(kind: str) -> Callable[[Step], Step]:
    """Name the verb that a kind of task does for each participation."""

    def decorate(step: Step) -> Step:
        _steps[kind] = step
        return step

    return decorate


def ends(kind: str) -> Callable[[End], End]:
    """Name what follows in the transaction that finishes a kind of task."""

    def decorate(end: End) -> End:
        _ends[kind] = end
        return end

    return decorate


def call_for(
    campaign_id: int,
    kind: str,
    *,
    now: datetime,
    key: str = "",
    due_at: datetime | None = None,
    facts: Mapping[str, object] | None = None,
) -> bool:
    """Write down a task in the caller's transaction; False when it was called for before."""
    return insert_if_new(
        CampaignTask, campaign_id=campaign_id, kind=kind, key=key, facts=dict(facts or {}),
        cursor=0, done=0, due_at=due_at or now, created_at=now,
    )  # fmt: skip


def run_due(limit: int = 20) -> int:
    """Do batches of what is due; returns how many participations were worked on."""
    return each(_due(clock.now(), limit), _run)


def _run(task_id: int) -> int:
    done = 0
    while True:
        worked = run_batch(task_id, now=clock.now())
        done += worked
        if worked < BATCH:
            return done


@command
def run_batch(task_id: int, *, now: datetime, size: int = BATCH) -> int:
    """Do one batch of a task, or finish it; 0 when somebody else has it or it is finished."""
    task = db.session.scalar(
        select(CampaignTask)
        .where(CampaignTask.id == task_id, CampaignTask.finished_at.is_(None))
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    if task is None or task.due_at > now:
        return 0
    campaign = db.session.get_one(Campaign, task.campaign_id, populate_existing=True)
    batch = _next(task, size)
    for participation in batch:
        _steps[task.kind](campaign, participation, task, now)
    if batch:
        task.cursor = batch[-1].id
        task.done += len(batch)
    if len(batch) < size:
        task.finished_at = now
        if task.kind in _ends:
            _ends[task.kind](campaign, task, now)
    db.session.flush()
    return len(batch)


def total_of(task: CampaignTask) -> int:
    """How many participations a task is about."""
    return (
        db.session.scalar(select(func.count()).where(Participation.campaign_id == task.campaign_id))
        or 0
    )


def _next(task: CampaignTask, size: int) -> list[Participation]:
    """The participations whose turn it is, locked, all their orders before them."""
    rows = db.session.execute(
        select(Participation.id, Participation.order_id)
        .where(Participation.campaign_id == task.campaign_id, Participation.id > task.cursor)
        .order_by(Participation.id)
        .limit(size)
    ).all()
    lock_orders(row.order_id for row in rows if row.order_id is not None)
    return lock_rows(Participation, [row.id for row in rows])


def _due(now: datetime, limit: int) -> list[int]:
    statement = (
        select(CampaignTask.id)
        .where(CampaignTask.finished_at.is_(None), CampaignTask.due_at <= now)
        .order_by(CampaignTask.due_at, CampaignTask.id)
        .limit(limit)
    )
    found = list(db.session.scalars(statement))
    db.session.rollback()
    return found
