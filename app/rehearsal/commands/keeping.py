"""What a worker writes down of the rehearsal it plays: nothing else changes in the shop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update

from app.platform.db import changed_rows, db
from app.platform.transaction import command
from app.rehearsal.models import UNDER_WAY, CampaignRehearsal, RunState
from app.rehearsal.rules import Outcome

LOST_AFTER = timedelta(minutes=3)
"""A run is over before; whoever played one that is still running was killed."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A run this worker has to play."""

    id: int
    campaign_id: int
    outcome: Outcome


@command
def begin_next(*, now: datetime) -> Begun | None:
    """Take the run that waits longest; None when none waits. One that was lost has failed."""
    db.session.execute(
        update(CampaignRehearsal)
        .where(
            CampaignRehearsal.state == RunState.RUNNING,
            CampaignRehearsal.started_at < now - LOST_AFTER,
        )
        .values(state=RunState.FAILED, finished_at=now)
    )
    waiting = db.session.execute(
        select(CampaignRehearsal.id, CampaignRehearsal.campaign_id, CampaignRehearsal.outcome)
        .where(CampaignRehearsal.state == RunState.WAITING)
        .order_by(CampaignRehearsal.id)
        .limit(1)
    ).one_or_none()
    if waiting is None or not _goes(waiting.id, RunState.WAITING, RunState.RUNNING, started_at=now):
        return None
    return Begun(waiting.id, waiting.campaign_id, Outcome(waiting.outcome))


@command
def note_progress(run_id: int, percent: int, word: str) -> None:
    """How far it is, for those who wait."""
    db.session.execute(
        update(CampaignRehearsal)
        .where(CampaignRehearsal.id == run_id, CampaignRehearsal.state == RunState.RUNNING)
        .values(percent=percent, word=word)
    )


@command
def finish(
    run_id: int, report: Mapping[str, Any], *, problem: Mapping[str, Any], now: datetime
) -> None:
    """Keep what was played; earlier runs of the campaign are forgotten.

    With a `problem` the run has failed, however much was played before.
    """
    after = RunState.FAILED if problem else RunState.DONE
    is_first = _goes(
        run_id, RunState.RUNNING, after, report=dict(report), problem=dict(problem), percent=100,
        finished_at=now,
    )  # fmt: skip
    if is_first:
        run = db.session.get_one(CampaignRehearsal, run_id)
        db.session.execute(
            delete(CampaignRehearsal).where(
                CampaignRehearsal.campaign_id == run.campaign_id,
                CampaignRehearsal.id < run_id,
                CampaignRehearsal.state.not_in(UNDER_WAY),
            )
        )


def _goes(run_id: int, before: RunState, after: RunState, **values: object) -> bool:
    statement = update(CampaignRehearsal).where(
        CampaignRehearsal.id == run_id, CampaignRehearsal.state == before
    )
    return bool(changed_rows(statement.values(state=after, **values)))
