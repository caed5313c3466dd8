"""Messages and the log of every try to deliver them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint, text

from app.platform.db import Id, Mapped, Model, mapped_column, one_of


class MessageState(StrEnum):
    QUEUED = "queued"
    SENT = "sent"
    DEAD = "dead"


class Message(Model):
    """`event` is the fact's own key (such as `orders.paid:42`): a repeated fact queues nothing."""

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("event", "recipient", "channel"),
        one_of("state", MessageState),
        Index("ix_message_state", "state", "id"),
        Index("ix_message_waiting", "due_at", sqlite_where=text("state = 'queued'"),
              postgresql_where=text("state = 'queued'")),
    )  # fmt: skip

    id: Mapped[Id]
    event: Mapped[str]
    kind: Mapped[str]
    channel: Mapped[str] = mapped_column(default="mail")
    recipient: Mapped[str]
    locale: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str]
    html: Mapped[str]
    message_id: Mapped[str] = mapped_column(unique=True)
    reference: Mapped[str] = mapped_column(default="", index=True)
    state: Mapped[str] = mapped_column(default=MessageState.QUEUED)
    attempts: Mapped[int] = mapped_column(default=0)
    queued_at: Mapped[datetime]
    due_at: Mapped[datetime]
    lease_token: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]


class MessageFile(Model):
    """A file that travels with a message, kept until it was sent."""

    __tablename__ = "message_file"

    id: Mapped[Id]
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"), index=True)
    name: Mapped[str]
    mimetype: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary)


class MessageAttempt(Model):
    """One try: what the channel answered."""

    __tablename__ = "message_attempt"

    id: Mapped[Id]
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"), index=True)
    tried_at: Mapped[datetime]
    succeeded: Mapped[bool]
    answer: Mapped[str]
