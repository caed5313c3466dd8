"""The table of rehearsals: what was asked for, how far it is, and what it told."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ColumnElement, ForeignKey, Index

from app.platform.actor import Actor
from app.platform.db import Id, JsonObject, Mapped, Model, mapped_column, one_of
from app.platform.rbac import merchants_rows
from app.rehearsal.rules import Outcome


class RunState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


UNDER_WAY = (RunState.WAITING, RunState.RUNNING)


class CampaignRehearsal(Model):
    """One run of one campaign on a copy.

    `word` says what is being played, `percent` how far it is. `problem` are sentences by language
    that say what it stopped at. `report` is what was written down until then; only invented people
    stand in it.
    """

    __tablename__ = "campaign_rehearsal"
    __table_args__ = (
        one_of("outcome", Outcome),
        one_of("state", RunState),
        CheckConstraint("percent >= 0 AND percent <= 100", name="percent_is_one"),
        Index("ix_campaign_rehearsal_queue", "state", "id"),
    )

    id: Mapped[Id]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    merchant_id: Mapped[int] = mapped_column(ForeignKey("merchant.id"))
    outcome: Mapped[str]
    state: Mapped[str] = mapped_column(default=RunState.WAITING)
    percent: Mapped[int] = mapped_column(default=0)
    word: Mapped[str] = mapped_column(default="")
    problem: Mapped[JsonObject]
    report: Mapped[JsonObject] = mapped_column(JSON, deferred=True)
    asked_by: Mapped[str]
    asked_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]

    @classmethod
    def seen_by(cls, actor: Actor) -> ColumnElement[bool]:
        return merchants_rows(actor, cls.merchant_id)
