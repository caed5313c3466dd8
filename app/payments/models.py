"""Attempts to be paid, refunds on their way, and proofs of bank transfers."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, text

from app.platform.db import Id, Mapped, Model, mapped_column, one_of


class PaymentState(StrEnum):
    """`unknown`: the provider did not answer; only asking it decides.

    `questioned`: money came, but not as asked.
    """

    CREATED = "created"
    PENDING = "pending"
    UNKNOWN = "unknown"
    CAPTURED = "captured"
    QUESTIONED = "questioned"
    FAILED = "failed"
    CLOSED = "closed"


class RefundState(StrEnum):
    INTENDED = "intended"
    SENT = "sent"
    UNKNOWN = "unknown"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


OPEN_PAYMENTS = (PaymentState.CREATED, PaymentState.PENDING, PaymentState.UNKNOWN)
OPEN_REFUNDS = (RefundState.INTENDED, RefundState.SENT, RefundState.UNKNOWN)
AGAIN = "again:"
"""How the reason of a failed refund begins once another one has taken its place."""


class Payment(Model):
    """One attempt.

    `reference` is what the provider knows us by; `subject` is the order, opaque here.
    """

    __tablename__ = "payment"
    __table_args__ = (
        one_of("state", PaymentState),
        CheckConstraint("amount > 0", name="amount_positive"),
        Index("ix_payment_subject", "subject"),
        Index("ix_payment_state", "state", "created_at"),
        Index("ix_payment_asking", "ask_at",
              sqlite_where=text("state IN ('created', 'pending', 'unknown')"),
              postgresql_where=text("state IN ('created', 'pending', 'unknown')")),
    )  # fmt: skip

    id: Mapped[Id]
    reference: Mapped[str] = mapped_column(unique=True)
    subject: Mapped[int]
    due: Mapped[int]
    gateway: Mapped[str]
    amount: Mapped[int]
    currency: Mapped[str]
    state: Mapped[str] = mapped_column(default=PaymentState.CREATED)
    reason: Mapped[str | None]
    provider_reference: Mapped[str | None] = mapped_column(index=True)
    transaction_id: Mapped[str | None]
    captured_amount: Mapped[int | None]
    pay_url: Mapped[str | None]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ask_at: Mapped[datetime]
    asked_at: Mapped[datetime | None]


class Refund(Model):
    """Money on its way back out of one payment, never above its capture."""

    __tablename__ = "refund"
    __table_args__ = (
        one_of("state", RefundState),
        CheckConstraint("amount > 0", name="amount_positive"),
        Index("ix_refund_asking", "ask_at",
              sqlite_where=text("state IN ('intended', 'sent', 'unknown')"),
              postgresql_where=text("state IN ('intended', 'sent', 'unknown')")),
    )  # fmt: skip

    id: Mapped[Id]
    reference: Mapped[str] = mapped_column(unique=True)
    payment_id: Mapped[int] = mapped_column(ForeignKey("payment.id"), index=True)
    subject: Mapped[int] = mapped_column(index=True)
    purpose: Mapped[str]
    amount: Mapped[int]
    currency: Mapped[str]
    state: Mapped[str] = mapped_column(default=RefundState.INTENDED)
    reason: Mapped[str | None]
    provider_reference: Mapped[str | None]
    created_at: Mapped[datetime]
    ask_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class PaymentProof(Model):
    """A picture of a bank transfer, decoded and written anew before it is kept."""

    __tablename__ = "payment_proof"

    id: Mapped[Id]
    payment_id: Mapped[int] = mapped_column(ForeignKey("payment.id"), index=True)
    path: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    uploaded_at: Mapped[datetime]
