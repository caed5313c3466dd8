"""What production brought, how a shortage was shared out, and what the shop owes on top."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint

from app.platform.db import Id, JsonObject, Mapped, Model, mapped_column, one_of


class Stage(StrEnum):
    ORDERED = "ordered"
    RECEIVED = "received"
    PASSED = "passed"
    PACKED = "packed"


class ProductionMovement(Model):
    """Append-only: the sum of `change` over a SKU and stage is that counter of the SKU."""

    __tablename__ = "production_movement"
    __table_args__ = (one_of("stage", Stage),)

    id: Mapped[Id]
    sku_id: Mapped[int] = mapped_column(ForeignKey("campaign_sku.id"), index=True)
    stage: Mapped[str]
    change: Mapped[int]
    note: Mapped[str] = mapped_column(default="")
    actor_kind: Mapped[str]
    actor_id: Mapped[int | None]
    moved_at: Mapped[datetime]


class ShortageSplit(Model):
    """How too few goods were shared: enough to compute it again and get the same.

    `shares` maps commitments to the units each receives.
    """

    __tablename__ = "shortage_split"
    __table_args__ = (UniqueConstraint("sku_id", "round"),)

    id: Mapped[Id]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    sku_id: Mapped[int] = mapped_column(ForeignKey("campaign_sku.id"))
    round: Mapped[int] = mapped_column(default=1)
    policy: Mapped[str]
    seed: Mapped[str]
    available: Mapped[int]
    wanted: Mapped[int]
    shares: Mapped[JsonObject]
    decided_at: Mapped[datetime]


class CompensationState(StrEnum):
    PROPOSED = "proposed"
    APPROVED = "approved"
    PAID = "paid"


class Compensation(Model):
    """What the shop owes beyond what it took: the second half of a doubled 定金 (Civil Code 587).

    It never passes through the order's ledger, so refunds stay below captures. Two people decide:
    `proposed_by` and another `approved_by`.
    """

    __tablename__ = "compensation"
    __table_args__ = (
        one_of("state", CompensationState),
        UniqueConstraint("commitment_id"),
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint(
            "approved_by IS NULL OR proposed_by IS NULL OR approved_by <> proposed_by",
            name="two_people_decide",
        ),
    )

    id: Mapped[Id]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitment.id"))
    order_id: Mapped[int] = mapped_column(ForeignKey("order.id"))
    amount: Mapped[int]
    currency: Mapped[str]
    state: Mapped[str] = mapped_column(default=CompensationState.PROPOSED)
    proposed_by: Mapped[int | None]
    approved_by: Mapped[int | None]
    reference: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    approved_at: Mapped[datetime | None]
    paid_at: Mapped[datetime | None]
