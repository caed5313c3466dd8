"""Imports of one merchant: how far each is, what it has to tell, those of before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import func, select

from app.catalog.models import ImportLine, ImportRun, LineKind
from app.platform.actor import Actor
from app.platform.db import db
from app.platform.rbac import found, visible

FORMER, SHOWN, AT_ONCE = 20, 200, 1000


def import_run(run_id: int, actor: Actor) -> ImportRun:
    """Raises NotFound for those of other merchants too."""
    statement = select(ImportRun).where(ImportRun.id == run_id, visible(actor, ImportRun))
    run: ImportRun | None = db.session.scalar(statement.execution_options(populate_existing=True))
    return found(run)


def latest_imports(actor: Actor) -> Sequence[ImportRun]:
    """Newest first."""
    statement = select(ImportRun).where(visible(actor, ImportRun))
    return db.session.scalars(statement.order_by(ImportRun.id.desc()).limit(FORMER)).all()


def count_lines(run_id: int) -> Mapping[str, int]:
    """How many there are of each kind."""
    statement = (
        select(ImportLine.kind, func.count())
        .where(ImportLine.run_id == run_id)
        .group_by(ImportLine.kind)
    )
    return dict.fromkeys(LineKind, 0) | dict(db.session.execute(statement).all())


def first_lines(run_id: int, *kinds: LineKind) -> Sequence[ImportLine]:
    statement = select(ImportLine).where(ImportLine.run_id == run_id, ImportLine.kind.in_(kinds))
    return db.session.scalars(statement.order_by(ImportLine.id).limit(SHOWN)).all()


def all_lines(run_id: int) -> Iterator[ImportLine]:
    """In the order of the file, some at a time; between them nothing is kept open."""
    last = 0
    statement = select(ImportLine).where(ImportLine.run_id == run_id).order_by(ImportLine.id)
    while some := db.session.scalars(statement.where(ImportLine.id > last).limit(AT_ONCE)).all():
        last = some[-1].id
        db.session.expunge_all()
        db.session.rollback()
        yield from some
