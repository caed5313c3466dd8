"""Stock per variant and location, holds with an expiry, and the movement ledger."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text

from app.platform.db import Id, Mapped, Model, mapped_column, one_of

STOCK_PART = "stock"
"""Units and holds among the parts of the content that pages show; it goes by product."""


class HoldState(StrEnum):
    """`live` counts against stock; `taken` became a sale; `released` went back."""

    LIVE = "live"
    TAKEN = "taken"
    RELEASED = "released"


class MovementReason(StrEnum):
    RECEIVED = "received"
    SOLD = "sold"
    RETURNED = "returned"
    CORRECTED = "corrected"
    LOST = "lost"


class Stock(Model):
    """0 <= held <= on_hand always; what can be sold is on_hand - held."""

    __tablename__ = "stock"
    __table_args__ = (
        UniqueConstraint("variant_id", "location_id"),
        CheckConstraint("on_hand >= 0", name="on_hand_not_negative"),
        CheckConstraint("held >= 0 AND held <= on_hand", name="held_within_on_hand"),
    )

    id: Mapped[Id]
    variant_id: Mapped[int] = mapped_column(ForeignKey("variant.id"))
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"), index=True)
    on_hand: Mapped[int] = mapped_column(default=0)
    held: Mapped[int] = mapped_column(default=0)


class Hold(Model):
    """Units promised to one owner (`checkout:<id>`, then `order:<id>`) until `expires_at`."""

    __tablename__ = "hold"
    __table_args__ = (
        one_of("state", HoldState),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        Index("ix_hold_live", "stock_id", "expires_at", sqlite_where=text("state = 'live'"),
              postgresql_where=text("state = 'live'")),
        Index("ix_hold_owner", "owner"),
    )  # fmt: skip

    id: Mapped[Id]
    stock_id: Mapped[int] = mapped_column(ForeignKey("stock.id"))
    owner: Mapped[str]
    quantity: Mapped[int]
    state: Mapped[str] = mapped_column(default=HoldState.LIVE)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class StockMovement(Model):
    """Append-only: the sum of `change` over a stock row is its `on_hand`."""

    __tablename__ = "stock_movement"
    __table_args__ = (one_of("reason", MovementReason),)

    id: Mapped[Id]
    stock_id: Mapped[int] = mapped_column(ForeignKey("stock.id"), index=True)
    change: Mapped[int]
    reason: Mapped[str]
    reference: Mapped[str] = mapped_column(default="")
    actor_kind: Mapped[str]
    actor_id: Mapped[int | None]
    moved_at: Mapped[datetime]
