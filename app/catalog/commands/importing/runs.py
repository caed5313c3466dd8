"""Imports that a worker does: asked for, confirmed or cancelled at the counter, kept as they go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, exists, func, select, update

from app.catalog.commands.importing.formats import ColumnUse
from app.catalog.commands.importing.incoming import Target
from app.catalog.commands.importing.report import (
    Outcome,
    Result,
    Verb,
    missing_in,
    waiting_in,
)
from app.catalog.commands.leases import LEASE, is_free, take
from app.catalog.importing.records import RowError
from app.catalog.models import RUN_MOVES, ImportLine, ImportRun, LineKind, RunState
from app.platform.actor import Actor
from app.platform.audit.commands import record
from app.platform.db import JsonObject, changed_rows, db, insert_rows
from app.platform.i18n import current_locale
from app.platform.rbac import ensure, found, visible
from app.platform.transaction import command

MOST_LINES = 20_000
BEGINS = {RunState.WAITING: RunState.LOOKING, RunState.CONFIRMED: RunState.LOADING}
IN_WORK = (RunState.LOOKING, RunState.LOADING)
UNDER_WAY = (*BEGINS, *IN_WORK)
FORESEEN = (RunState.WAITING, RunState.LOOKING, RunState.READY, RunState.CONFIRMED)
"""Until then it is told what would be done."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A run that this worker is at; only the holder of the token may write it."""

    id: int
    token: str
    state: RunState
    staff_id: int
    locale: str
    digest: str
    target: Target
    passed: int


@command
def ask(digest: str, name: str, target: Target, *, actor: Actor, now: datetime) -> int:
    """Have a kept file looked into; returns the run."""
    _ensure(actor)
    run = ImportRun(
        merchant_id=target.merchant_id, location_id=target.location_id, digest=digest, name=name,
        staff_id=found(actor.id), staff_name=actor.name, locale=current_locale(), columns={},
        asked_at=now,
    )  # fmt: skip
    db.session.add(run)
    db.session.flush()
    return run.id


@command
def confirm(run_id: int, *, actor: Actor, now: datetime) -> None:
    """Have what was looked into taken in; twice is once. Raises NotFound."""
    _ensure(actor)
    _own(run_id, actor)
    if _goes(run_id, RunState.CONFIRMED):
        record(actor, "import.confirm", "import_run", run_id, now=now)


@command
def cancel(run_id: int, *, actor: Actor, now: datetime) -> None:
    """Stop it where it is; what was taken in already stays. Raises NotFound."""
    _ensure(actor)
    _own(run_id, actor)
    if _goes(run_id, RunState.CANCELLED, finished_at=now, lease_token=None):
        record(actor, "import.cancel", "import_run", run_id, now=now)


@command
def resume(run_id: int, *, actor: Actor, now: datetime) -> None:
    """Go on with one that broke off, where it was; twice is once. Raises NotFound."""
    _ensure(actor)
    _own(run_id, actor)
    resumed = changed_rows(
        update(ImportRun)
        .where(_is(run_id), ImportRun.state == RunState.FAILED, ImportRun.broke_off != "")
        .values(state=ImportRun.broke_off, broke_off="", problem="", finished_at=None)
    )
    if resumed:
        record(actor, "import.resume", "import_run", run_id, now=now)


def is_any_waiting(*, now: datetime) -> bool:
    """Asked every few seconds, so without a transaction that writes."""
    answer = bool(db.session.scalar(select(exists().where(_waits(now)))))
    db.session.rollback()
    return answer


@command
def claim(*, now: datetime) -> Claimed | None:
    """Take the run that waits longest, or one whose worker was killed; None when there is none."""
    statement = select(ImportRun).where(_waits(now)).order_by(ImportRun.id).limit(1)
    locked = statement.with_for_update(skip_locked=True)
    run: ImportRun | None = db.session.scalar(locked.execution_options(populate_existing=True))
    if run is None:
        return None
    begun = BEGINS.get(RunState(run.state))
    if begun is not None:
        run.state = begun
        _begin_anew(run)
    return Claimed(
        run.id, take(run, now), RunState(run.state), run.staff_id, run.locale, run.digest,
        Target(run.merchant_id, run.location_id), run.passed,
    )  # fmt: skip


@command
def describe(claimed: Claimed, system: str, columns: Iterable[ColumnUse]) -> None:
    """Keep whose file it is and what becomes of each column."""
    uses = [[column.name, column.meaning] for column in columns]
    db.session.execute(
        update(ImportRun).where(_held(claimed)).values(system=system, columns={"uses": uses})
    )


@command
def stay(claimed: Claimed, *, now: datetime) -> bool:
    """Keep the lease; False when the run was cancelled or is another worker's by now."""
    return bool(
        changed_rows(update(ImportRun).where(_held(claimed)).values(lease_until=now + LEASE))
    )


@command
def keep(claimed: Claimed, results: list[Result], *, now: datetime) -> bool:
    """Write a batch's results down and stay; False when there is no more to do for this worker."""
    outcomes = [result for result in results if not isinstance(result, RowError)]
    verbs = [outcome.verb for outcome, _pictures in outcomes]
    missing = [each for outcome, pictures in outcomes for each in missing_in(outcome, pictures)]
    held = changed_rows(
        update(ImportRun)
        .where(_held(claimed))
        .values(
            passed=ImportRun.passed + len(results),
            created=ImportRun.created + verbs.count(Verb.CREATE),
            changed=ImportRun.changed + verbs.count(Verb.CHANGE),
            unchanged=ImportRun.unchanged + verbs.count(Verb.UNCHANGED),
            waiting=ImportRun.waiting + sum(waiting_in(pictures) for _out, pictures in outcomes),
            missing=ImportRun.missing + len(missing),
            lease_until=now + LEASE,
        )
    )
    if not held:
        return False
    lines = [line for result in results for line in _lines(result)]
    lines += [_line(LineKind.MISSING, each.row, each.source, each.reason) for each in missing]
    room = MOST_LINES - _kept_lines(claimed.id) if lines else 0
    insert_rows(ImportLine, [{"run_id": claimed.id, **line} for line in lines[: max(room, 0)]])
    return True


@command
def finish(claimed: Claimed, *, now: datetime) -> None:
    """What was looked into waits to be confirmed; what was loaded is done."""
    is_looked_into = claimed.state is RunState.LOOKING
    _leave(
        claimed,
        state=RunState.READY if is_looked_into else RunState.DONE,
        expected=ImportRun.passed,
        finished_at=None if is_looked_into else now,
    )


@command
def fail(claimed: Claimed, problem: str, *, may_go_on: bool, now: datetime) -> None:
    """Say why it stopped; one that broke off may go on later."""
    broke_off = claimed.state if may_go_on else ""
    state = RunState.FAILED
    _leave(claimed, state=state, problem=problem, broke_off=broke_off, finished_at=now)


def _leave(claimed: Claimed, **values: object) -> None:
    statement = update(ImportRun).where(_held(claimed))
    db.session.execute(statement.values(lease_token=None, lease_until=None, **values))


def _waits(now: datetime) -> ColumnElement[bool]:
    is_left = ImportRun.state.in_(IN_WORK) & is_free(ImportRun, now)
    return ImportRun.state.in_(BEGINS) | is_left


def _begin_anew(run: ImportRun) -> None:
    """What was foreseen makes room for what is done."""
    run.passed = run.created = run.changed = run.unchanged = run.waiting = run.missing = 0
    db.session.execute(delete(ImportLine).where(ImportLine.run_id == run.id))


def _goes(run_id: int, state: RunState, **values: object) -> bool:
    before = [each for each, after in RUN_MOVES.items() if state in after]
    statement = update(ImportRun).where(_is(run_id), ImportRun.state.in_(before))
    return bool(changed_rows(statement.values(state=state, **values)))


def _is(run_id: int) -> ColumnElement[bool]:
    return ImportRun.id == run_id


def _held(claimed: Claimed) -> ColumnElement[bool]:
    return (
        (ImportRun.id == claimed.id)
        & (ImportRun.lease_token == claimed.token)
        & (ImportRun.state == claimed.state)
    )


def _lines(result: Result) -> Iterator[JsonObject]:
    if isinstance(result, RowError):
        kind = LineKind.REFUSED if result.is_left_out else LineKind.MENDED
        yield _line(kind, result.row, result.column, result.message)
        return
    outcome, _pictures = result
    if outcome.verb is Verb.REFUSED:
        for note in outcome.notes:
            yield _line(LineKind.REFUSED, outcome.row, outcome.column, note)
    elif outcome.verb is Verb.CHANGE or outcome.notes:
        yield _line(
            LineKind.CHANGED, outcome.row, outcome.title or outcome.handle, _told(outcome),
            outcome.product_id,
        )  # fmt: skip


def _told(outcome: Outcome) -> str:
    return " ".join([", ".join(outcome.changed_names), *outcome.notes]).strip()


def _line(
    kind: LineKind, row: int, subject: str, message: str, product_id: int | None = None
) -> JsonObject:
    return {
        "kind": kind, "row": row, "subject": subject, "message": message, "product_id": product_id,
    }  # fmt: skip


def _kept_lines(run_id: int) -> int:
    counted = select(func.count()).select_from(ImportLine).where(ImportLine.run_id == run_id)
    return db.session.scalar(counted) or 0


def _own(run_id: int, actor: Actor) -> None:
    statement = select(ImportRun.id).where(_is(run_id), visible(actor, ImportRun))
    found(db.session.scalar(statement))


def _ensure(actor: Actor) -> None:
    ensure(actor, "catalog.edit")
    ensure(actor, "stock.edit")
