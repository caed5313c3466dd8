"""Tables of the outbox."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text

from app.platform.db import Id, JsonObject, Mapped, Model, mapped_column, one_of


class DeliveryState(StrEnum):
    PENDING = "pending"
    DONE = "done"
    DEAD = "dead"


class OutboxFact(Model):
    __tablename__ = "outbox_fact"

    id: Mapped[Id]
    name: Mapped[str]
    payload: Mapped[JsonObject]
    published_at: Mapped[datetime]


class OutboxDelivery(Model):
    """One fact for one listener. Pending and leased rows are told apart by `lease_until`."""

    __tablename__ = "outbox_delivery"
    __table_args__ = (
        UniqueConstraint("fact_id", "handler"),
        one_of("state", DeliveryState),
        Index("ix_outbox_delivery_waiting", "due_at", postgresql_where=text("state = 'pending'"),
              sqlite_where=text("state = 'pending'")),
    )  # fmt: skip

    id: Mapped[Id]
    fact_id: Mapped[int] = mapped_column(ForeignKey("outbox_fact.id", ondelete="CASCADE"))
    handler: Mapped[str]
    state: Mapped[str] = mapped_column(default=DeliveryState.PENDING)
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime]
    lease_token: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    last_error: Mapped[str | None]
    done_at: Mapped[datetime | None]
