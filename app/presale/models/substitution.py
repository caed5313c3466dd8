"""Another variant offered for one that came too few, and what buyers said to it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index

from app.platform.db import Id, Mapped, Model, mapped_column


class Substitution(Model):
    """Who has `sku_id` may take `instead_id` until `answer_until`; silence changes nothing."""

    __tablename__ = "substitution"
    __table_args__ = (
        CheckConstraint("sku_id <> instead_id", name="another_one"),
        Index("ix_substitution_campaign", "campaign_id", "answer_until"),
    )

    id: Mapped[Id]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    sku_id: Mapped[int] = mapped_column(ForeignKey("campaign_sku.id"))
    instead_id: Mapped[int] = mapped_column(ForeignKey("campaign_sku.id"))
    offered_at: Mapped[datetime]
    answer_until: Mapped[datetime]


class SubstitutionAnswer(Model):
    """What one buyer said; a yes has moved `units` and is final, a no may still become one."""

    __tablename__ = "substitution_answer"
    __table_args__ = (CheckConstraint("units >= 0", name="units_not_negative"),)

    substitution_id: Mapped[int] = mapped_column(ForeignKey("substitution.id"), primary_key=True)
    participation_id: Mapped[int] = mapped_column(ForeignKey("participation.id"), primary_key=True)
    is_accepted: Mapped[bool]
    units: Mapped[int]
    answered_at: Mapped[datetime]
