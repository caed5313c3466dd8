"""The exports that a worker writes for the counter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, ForeignKey, Index, and_

from app.platform.actor import Actor
from app.platform.db import Id, Mapped, Model, mapped_column, one_of
from app.platform.rbac import merchants_rows


class ExportKind(StrEnum):
    """For whom a file is written: this shop itself, as CSV or workbook, or another system."""

    CSV = "csv"
    XLSX = "xlsx"
    SHOPIFY = "shopify"
    WOOCOMMERCE = "woocommerce"


class ExportState(StrEnum):
    """docs/states.md says what each means."""

    WAITING = "waiting"
    WRITING = "writing"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


EXPORT_MOVES: Mapping[ExportState, frozenset[ExportState]] = {
    ExportState.WAITING: frozenset({ExportState.WRITING, ExportState.CANCELLED}),
    ExportState.WRITING: frozenset({ExportState.DONE, ExportState.FAILED, ExportState.CANCELLED}),
    ExportState.DONE: frozenset(),
    ExportState.FAILED: frozenset(),
    ExportState.CANCELLED: frozenset(),
}


class ExportRun(Model):
    """One file on its way out, for who asked for it and nobody else.

    `language` is that of a file which knows only one. `passed` of `expected` products are written;
    `lease_token` is held by the worker that is at it.
    """

    __tablename__ = "export_run"
    __table_args__ = (
        one_of("kind", ExportKind),
        one_of("state", ExportState),
        Index("ix_export_run_asker", "staff_id", "id"),
        Index("ix_export_run_queue", "state", "id"),
    )

    id: Mapped[Id]
    merchant_id: Mapped[int] = mapped_column(ForeignKey("merchant.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    kind: Mapped[str]
    language: Mapped[str]
    state: Mapped[str] = mapped_column(default=ExportState.WAITING)
    problem: Mapped[str] = mapped_column(default="")
    passed: Mapped[int] = mapped_column(default=0)
    expected: Mapped[int] = mapped_column(default=0)
    size: Mapped[int] = mapped_column(default=0)
    lease_token: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    asked_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]

    @classmethod
    def seen_by(cls, actor: Actor) -> ColumnElement[bool]:
        return and_(merchants_rows(actor, cls.merchant_id), cls.staff_id == actor.id)
