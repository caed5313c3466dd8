"""The promise ledger: every date ever promised, and what buyers answered to a change."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint

from app.platform.db import Id, Mapped, Model, Texts, mapped_column, one_of


class Answer(StrEnum):
    KEEP = "keep"
    REFUND = "refund"


class QuestionKind(StrEnum):
    DELAY = "delay"
    THRESHOLD = "threshold"


class PromiseVersion(Model):
    """Append-only and public. Version 1 is the promise made at publish."""

    __tablename__ = "promise_version"
    __table_args__ = (
        UniqueConstraint("campaign_id", "version"),
        CheckConstraint("latest >= earliest", name="promise_is_a_range"),
    )

    id: Mapped[Id]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    version: Mapped[int]
    earliest: Mapped[date]
    latest: Mapped[date]
    reason: Mapped[Texts]
    announced_at: Mapped[datetime]


class BuyerQuestion(Model):
    """Something every buyer is asked: keep waiting, or have the money back.

    `silence` is what no answer until `answer_until` counts as (R10).
    """

    __tablename__ = "buyer_question"
    __table_args__ = (
        one_of("kind", QuestionKind),
        one_of("silence", Answer),
        Index("ix_buyer_question_open", "closed_at", "answer_until"),
    )

    id: Mapped[Id]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    kind: Mapped[str]
    version_id: Mapped[int | None] = mapped_column(ForeignKey("promise_version.id"))
    silence: Mapped[str]
    asked_at: Mapped[datetime]
    answer_until: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class BuyerAnswer(Model):
    """What one participation answered; changed freely until the question closes."""

    __tablename__ = "buyer_answer"
    __table_args__ = (one_of("answer", Answer),)

    question_id: Mapped[int] = mapped_column(ForeignKey("buyer_question.id"), primary_key=True)
    participation_id: Mapped[int] = mapped_column(ForeignKey("participation.id"), primary_key=True)
    answer: Mapped[str]
    answered_at: Mapped[datetime]
