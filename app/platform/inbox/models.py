"""The table of inbound callbacks."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, LargeBinary, UniqueConstraint

from app.platform.db import Id, JsonObject, Mapped, Model, mapped_column, one_of


class InboundState(StrEnum):
    """`rejected`: refused at the door (signature, size, form).

    `unmatched`: understood, but about nothing we know.
    """

    STORED = "stored"
    APPLIED = "applied"
    UNMATCHED = "unmatched"
    FAILED = "failed"
    REJECTED = "rejected"


class InboundEvent(Model):
    """`source` is `payments/<gateway>` or `logistics/<carrier>`; `event_id` is the sender's, stable
    over repeats.
    """

    __tablename__ = "inbound_event"
    __table_args__ = (
        UniqueConstraint("source", "event_id"),
        one_of("state", InboundState),
        Index("ix_inbound_event_state_received", "state", "received_at"),
    )

    id: Mapped[Id]
    source: Mapped[str]
    event_id: Mapped[str]
    headers: Mapped[JsonObject]
    body: Mapped[bytes] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(default=InboundState.STORED)
    reason: Mapped[str | None]
    repeats: Mapped[int] = mapped_column(default=0)
    received_at: Mapped[datetime]
    applied_at: Mapped[datetime | None]

    @property
    def is_forgotten(self) -> bool:
        """Whether what it said is gone, as it is half a year after it was applied."""
        return self.applied_at is not None and not self.body
