"""What an import remembers of each product, and the imports a worker does for the counter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, ForeignKey, Index

from app.platform.actor import Actor
from app.platform.db import Id, JsonObject, Mapped, Model, mapped_column, one_of
from app.platform.rbac import merchants_rows


class ProductImport(Model):
    """`said` is what the file said last: pictures by source, stock by SKU and location, the state.

    `version` is the product's after that import; a higher one means it was changed here since.
    """

    __tablename__ = "product_import"

    product_id: Mapped[int] = mapped_column(
        ForeignKey("product.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    said: Mapped[JsonObject]
    version: Mapped[int]
    imported_at: Mapped[datetime]


class RunState(StrEnum):
    """docs/states.md says what each means."""

    WAITING = "waiting"
    LOOKING = "looking"
    READY = "ready"
    CONFIRMED = "confirmed"
    LOADING = "loading"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


RUN_MOVES: Mapping[RunState, frozenset[RunState]] = {
    RunState.WAITING: frozenset({RunState.LOOKING, RunState.CANCELLED}),
    RunState.LOOKING: frozenset({RunState.READY, RunState.FAILED, RunState.CANCELLED}),
    RunState.READY: frozenset({RunState.CONFIRMED, RunState.CANCELLED}),
    RunState.CONFIRMED: frozenset({RunState.LOADING, RunState.CANCELLED}),
    RunState.LOADING: frozenset({RunState.DONE, RunState.FAILED, RunState.CANCELLED}),
    RunState.DONE: frozenset(),
    RunState.FAILED: frozenset({RunState.LOOKING, RunState.LOADING}),
    RunState.CANCELLED: frozenset(),
}


class ImportRun(Model):
    """One file on its way in. `digest` names the kept file, `name` is how its owner calls it.

    `passed` results are behind us, of `expected` in all once it was looked through; both are also
    where a worker goes on. `lease_token` is held by the worker that is at it. `broke_off` is the
    state to go on in, of a run that failed by no fault of its file.
    """

    __tablename__ = "import_run"
    __table_args__ = (
        one_of("state", RunState),
        Index("ix_import_run_merchant", "merchant_id", "id"),
        Index("ix_import_run_queue", "state", "id"),
    )

    id: Mapped[Id]
    merchant_id: Mapped[int] = mapped_column(ForeignKey("merchant.id"))
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    staff_name: Mapped[str]
    locale: Mapped[str]
    name: Mapped[str]
    digest: Mapped[str]
    state: Mapped[str] = mapped_column(default=RunState.WAITING)
    system: Mapped[str] = mapped_column(default="")
    columns: Mapped[JsonObject]
    problem: Mapped[str] = mapped_column(default="")
    broke_off: Mapped[str] = mapped_column(default="")
    passed: Mapped[int] = mapped_column(default=0)
    expected: Mapped[int] = mapped_column(default=0)
    created: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    waiting: Mapped[int] = mapped_column(default=0)
    missing: Mapped[int] = mapped_column(default=0)
    lease_token: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    asked_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]

    @classmethod
    def seen_by(cls, actor: Actor) -> ColumnElement[bool]:
        return merchants_rows(actor, cls.merchant_id)


class LineKind(StrEnum):
    """`refused` rows were left out, `mended` ones taken in all the same."""

    REFUSED = "refused"
    MENDED = "mended"
    CHANGED = "changed"
    MISSING = "missing"


class ImportLine(Model):
    """What a run has to tell of one cell, product or picture, in its owner's language."""

    __tablename__ = "import_line"
    __table_args__ = (
        one_of("kind", LineKind),
        Index("ix_import_line_run", "run_id", "kind", "id"),
    )

    id: Mapped[Id]
    run_id: Mapped[int] = mapped_column(ForeignKey("import_run.id", ondelete="CASCADE"))
    kind: Mapped[str]
    row: Mapped[int]
    subject: Mapped[str]
    message: Mapped[str]
    product_id: Mapped[int | None]
