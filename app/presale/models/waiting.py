"""The waiting list, which is also the list of who takes part in a draw."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint

from app.platform.db import Id, Mapped, Model, mapped_column, one_of


class WaitingState(StrEnum):
    WAITING = "waiting"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    EXPIRED = "expired"
    DECLINED = "declined"
    LEFT = "left"


class WaitingEntry(Model):
    """One wish of one person for one SKU.

    `rank` orders the list: lower first (a paid order that came too late goes to the head, below 0).
    `code` is public and names the entry on the verifier page; whoever has `token` may answer.
    """

    __tablename__ = "waiting_entry"
    __table_args__ = (
        one_of("state", WaitingState),
        UniqueConstraint("sku_id", "person"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        Index("ix_waiting_entry_order", "sku_id", "state", "rank", "id"),
        Index("ix_waiting_entry_offer", "state", "offered_until"),
    )

    id: Mapped[Id]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    sku_id: Mapped[int] = mapped_column(ForeignKey("campaign_sku.id"))
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id"), index=True)
    link_id: Mapped[int | None]
    listed_id: Mapped[int | None]
    code: Mapped[str] = mapped_column(unique=True)
    token: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(default=WaitingState.WAITING)
    rank: Mapped[int] = mapped_column(default=0)
    quantity: Mapped[int]
    name: Mapped[str] = mapped_column(default="")
    email: Mapped[str]
    locale: Mapped[str]
    person: Mapped[str]
    draw_place: Mapped[int | None]
    created_at: Mapped[datetime]
    offered_at: Mapped[datetime | None]
    offered_until: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
