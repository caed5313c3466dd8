"""Exports that a worker does: asked for or cancelled at the counter, followed as they go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, exists, select, update

from app.catalog.commands.leases import LEASE, is_free, take
from app.catalog.models import EXPORT_MOVES, ExportKind, ExportRun, ExportState
from app.platform.actor import Actor
from app.platform.audit.commands import record
from app.platform.db import changed_rows, db
from app.platform.rbac import ensure, found, visible
from app.platform.transaction import command

KEPT = timedelta(days=7)
MOST_KEPT = 10
"""So many of one person; asking for another forgets the oldest."""

UNDER_WAY = (ExportState.WAITING, ExportState.WRITING)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A run that this worker is at; only the holder of the token may write it."""

    id: int
    token: str
    kind: ExportKind
    language: str
    staff_id: int
    merchant_id: int


@command
def ask(kind: ExportKind, language: str, *, actor: Actor, now: datetime) -> int:
    """Have a file written; returns the run, the one under way when it is the same."""
    ensure(actor, "catalog.edit")
    own = ExportRun.staff_id == found(actor.id)
    same = own & (ExportRun.kind == kind) & (ExportRun.language == language)
    waiting = select(ExportRun.id).where(same, ExportRun.state.in_(UNDER_WAY)).limit(1)
    run_id: int | None = db.session.scalar(waiting)
    if run_id is not None:
        return run_id
    newest = select(ExportRun.id).where(own).order_by(ExportRun.id.desc()).limit(MOST_KEPT - 1)
    kept = list(db.session.scalars(newest))
    is_over = ExportRun.state.not_in(UNDER_WAY)
    db.session.execute(delete(ExportRun).where(own, is_over, ExportRun.id.not_in(kept)))
    run = ExportRun(
        merchant_id=found(actor.merchant_id), staff_id=actor.id, kind=kind, language=language,
        asked_at=now,
    )  # fmt: skip
    db.session.add(run)
    db.session.flush()
    record(actor, "export.ask", "export_run", run.id, now=now)
    return run.id


@command
def cancel(run_id: int, *, actor: Actor, now: datetime) -> None:
    """Stop it where it is. Raises NotFound for another's."""
    ensure(actor, "catalog.edit")
    found(db.session.scalar(select(ExportRun.id).where(_is(run_id), visible(actor, ExportRun))))
    before = [each for each, after in EXPORT_MOVES.items() if ExportState.CANCELLED in after]
    cancelled = changed_rows(
        update(ExportRun)
        .where(_is(run_id), ExportRun.state.in_(before))
        .values(state=ExportState.CANCELLED, finished_at=now, lease_token=None)
    )
    if cancelled:
        record(actor, "export.cancel", "export_run", run_id, now=now)


def is_any_waiting(*, now: datetime) -> bool:
    """Asked every few seconds, so without a transaction that writes."""
    answer = bool(db.session.scalar(select(exists().where(_waits(now)))))
    db.session.rollback()
    return answer


@command
def claim(*, now: datetime) -> Claimed | None:
    """Take the run that waits longest, or one whose worker was killed, which begins anew."""
    statement = select(ExportRun).where(_waits(now)).order_by(ExportRun.id).limit(1)
    locked = statement.with_for_update(skip_locked=True)
    run: ExportRun | None = db.session.scalar(locked.execution_options(populate_existing=True))
    if run is None:
        return None
    run.state, run.passed = ExportState.WRITING, 0
    return Claimed(
        run.id, take(run, now), ExportKind(run.kind), run.language, run.staff_id, run.merchant_id
    )


@command
def note(claimed: Claimed, passed: int, expected: int, *, now: datetime) -> bool:
    """Say how far it is; False when the run was cancelled or is another worker's by now."""
    values = {"passed": passed, "expected": expected, "lease_until": now + LEASE}
    return bool(changed_rows(update(ExportRun).where(_held(claimed)).values(**values)))


@command
def finish(claimed: Claimed, *, size: int = 0, problem: str = "", now: datetime) -> None:
    db.session.execute(
        update(ExportRun)
        .where(_held(claimed))
        .values(
            state=ExportState.FAILED if problem else ExportState.DONE, problem=problem, size=size,
            lease_token=None, lease_until=None, finished_at=now,
        )
    )  # fmt: skip


@command
def forget(*, now: datetime) -> None:
    """Delete what was asked for long ago; the files go after it."""
    db.session.execute(delete(ExportRun).where(ExportRun.asked_at < now - KEPT))


def _waits(now: datetime) -> ColumnElement[bool]:
    return ExportRun.state.in_(UNDER_WAY) & is_free(ExportRun, now)


def _is(run_id: int) -> ColumnElement[bool]:
    return ExportRun.id == run_id


def _held(claimed: Claimed) -> ColumnElement[bool]:
    return (
        (ExportRun.id == claimed.id)
        & (ExportRun.lease_token == claimed.token)
        & (ExportRun.state == ExportState.WRITING)
    )
