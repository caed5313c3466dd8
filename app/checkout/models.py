"""The table of checkouts under way."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey

from app.platform.db import Id, JsonObject, Mapped, Model, mapped_column


class Checkout(Model):
    """One try to buy one bag.

    `key` is the idempotency key of the order; `typed` keeps the form as it was left.
    """

    __tablename__ = "checkout"

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(unique=True)
    bag_id: Mapped[int] = mapped_column(ForeignKey("bag.id", ondelete="CASCADE"), index=True)
    typed: Mapped[JsonObject]
    order_id: Mapped[int | None] = mapped_column(ForeignKey("order.id"))
    started_at: Mapped[datetime]
    held_until: Mapped[datetime]
