"""Parcels, what lies in them, and what carriers said of them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, UniqueConstraint

from app.platform.actor import Actor
from app.platform.db import Id, Mapped, Model, mapped_column
from app.platform.rbac import merchants_rows


class Parcel(Model):
    """`state` is `tracking.fold` of its tracking events, kept for lists; `label_created` until a
    carrier speaks.
    """

    __tablename__ = "parcel"
    __table_args__ = (
        UniqueConstraint("carrier", "tracking_number"),
        UniqueConstraint("order_id", "idempotency_key"),
        Index("ix_parcel_merchant_state", "merchant_id", "state"),
    )

    id: Mapped[Id]
    order_id: Mapped[int] = mapped_column(ForeignKey("order.id"), index=True)
    merchant_id: Mapped[int] = mapped_column(ForeignKey("merchant.id"))
    idempotency_key: Mapped[str]
    carrier: Mapped[str]
    tracking_number: Mapped[str] = mapped_column(index=True)
    state: Mapped[str]
    shipped_at: Mapped[datetime]
    out_for_delivery_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    last_event_at: Mapped[datetime | None]
    last_text: Mapped[str] = mapped_column(default="")

    @classmethod
    def seen_by(cls, actor: Actor) -> ColumnElement[bool]:
        return merchants_rows(actor, cls.merchant_id)


class ParcelLine(Model):
    __tablename__ = "parcel_line"
    __table_args__ = (CheckConstraint("quantity > 0", name="quantity_positive"),)

    parcel_id: Mapped[int] = mapped_column(ForeignKey("parcel.id"), primary_key=True)
    order_line_id: Mapped[int] = mapped_column(
        ForeignKey("order_line.id"), primary_key=True, index=True
    )
    quantity: Mapped[int]


class ParcelEvent(Model):
    """One thing a carrier said, kept once (`digest`), also when no parcel of ours has that number
    yet.
    """

    __tablename__ = "parcel_event"
    __table_args__ = (Index("ix_parcel_event_number", "carrier", "tracking_number"),)

    id: Mapped[Id]
    digest: Mapped[str] = mapped_column(unique=True)
    inbound_event_id: Mapped[int | None] = mapped_column(ForeignKey("inbound_event.id"))
    carrier: Mapped[str]
    tracking_number: Mapped[str]
    occurred_at: Mapped[datetime]
    status: Mapped[str]
    code: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")
    location: Mapped[str] = mapped_column(default="")
    received_at: Mapped[datetime]
