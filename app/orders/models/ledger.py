"""What is due, what moved, and what was decided to be paid back."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint

from app.platform.db import Id, Mapped, Model, mapped_column, one_of


class LedgerKind(StrEnum):
    CAPTURE = "capture"
    REFUND = "refund"
    CREDIT = "credit"
    FORFEIT = "forfeit"


class DuePurpose(StrEnum):
    """`full` and `deposit` are asked for when an order is placed, `balance` later."""

    FULL = "full"
    DEPOSIT = "deposit"
    BALANCE = "balance"


class OrderDue(Model):
    """An amount asked for, payable in [opens_at, closes_at).

    A balance belongs to the lines that have its `subject`; `ended_at` is when it was given up.
    """

    __tablename__ = "order_due"
    __table_args__ = (
        one_of("purpose", DuePurpose),
        UniqueConstraint("order_id", "purpose", "subject"),
        CheckConstraint("amount >= 0", name="amount_not_negative"),
        Index("ix_order_due_subject", "subject", "closes_at"),
    )

    id: Mapped[Id]
    order_id: Mapped[int] = mapped_column(ForeignKey("order.id"))
    purpose: Mapped[str]
    subject: Mapped[str] = mapped_column(default="")
    amount: Mapped[int]
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    @property
    def is_open(self) -> bool:
        """Whether it still waits to be paid, whatever the hour."""
        return self.settled_at is None and self.ended_at is None

    @property
    def is_settled(self) -> bool:
        """Whether it is paid: what comes for it from then on goes back."""
        return self.settled_at is not None


class LedgerEntry(Model):
    """Append-only.

    Captures are positive, refunds and forfeits negative; the sum is what the shop holds.

    A provider's transaction appears once, whoever reports it and how often.
    """

    __tablename__ = "ledger_entry"
    __table_args__ = (
        one_of("kind", LedgerKind),
        UniqueConstraint("gateway", "transaction_id", "kind"),
    )

    id: Mapped[Id]
    order_id: Mapped[int] = mapped_column(ForeignKey("order.id"), index=True)
    due_id: Mapped[int | None] = mapped_column(ForeignKey("order_due.id"))
    kind: Mapped[str]
    amount: Mapped[int]
    currency: Mapped[str]
    gateway: Mapped[str]
    transaction_id: Mapped[str]
    payment_id: Mapped[int | None] = mapped_column(ForeignKey("payment.id"))
    refund_id: Mapped[int | None] = mapped_column(ForeignKey("refund.id"))
    booked_at: Mapped[datetime] = mapped_column(index=True)


class OrderRefund(Model):
    """A decision to pay back: by lines, by amount or by shipping, split over captures by
    `payments.Refund` rows. `shipping_tax`, and `tax` of its lines, say how much of it was tax.
    """

    __tablename__ = "order_refund"
    __table_args__ = (CheckConstraint("amount > 0", name="amount_positive"),)

    id: Mapped[Id]
    order_id: Mapped[int] = mapped_column(ForeignKey("order.id"), index=True)
    merchant_id: Mapped[int | None] = mapped_column(ForeignKey("merchant.id"))
    idempotency_key: Mapped[str] = mapped_column(unique=True)
    amount: Mapped[int]
    shipping_amount: Mapped[int] = mapped_column(default=0)
    shipping_tax: Mapped[int] = mapped_column(default=0)
    cause: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime]
    completed_at: Mapped[datetime | None]


class OrderRefundLine(Model):
    __tablename__ = "order_refund_line"

    order_refund_id: Mapped[int] = mapped_column(ForeignKey("order_refund.id"), primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("order_line.id"), primary_key=True)
    quantity: Mapped[int] = mapped_column(default=0)
    amount: Mapped[int]
    tax: Mapped[int] = mapped_column(default=0)
