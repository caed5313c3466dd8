"""Who wants to know when something can be had."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint

from app.platform.db import Id, Mapped, Model, mapped_column


class StockAlert(Model):
    """One address that waits for a variant, asked for once and written to once.

    A piece may come back, or one like it arrive: `garment`, `era` and `measured` (millimetres) are
    what is compared, `garment` is empty where nothing is. `found_id` is the product the address is
    about to be told of, `told_at` ends it. Nothing is sent before `confirmed_at` but the mail that
    asks whether it was meant; whoever has `token` confirms it or takes it back.
    """

    __tablename__ = "stock_alert"
    __table_args__ = (
        UniqueConstraint("variant_id", "email"),
        Index("ix_stock_alert_waiting", "told_at", "confirmed_at", "id"),
        Index("ix_stock_alert_like", "garment", "told_at"),
        Index("ix_stock_alert_email", "email", "asked_at"),
    )

    id: Mapped[Id]
    variant_id: Mapped[int] = mapped_column(ForeignKey("variant.id", ondelete="CASCADE"))
    product_id: Mapped[int] = mapped_column(
        ForeignKey("product.id", ondelete="CASCADE"), index=True
    )
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id"), index=True)
    email: Mapped[str]
    locale: Mapped[str]
    token: Mapped[str] = mapped_column(unique=True)
    garment: Mapped[str] = mapped_column(default="")
    era: Mapped[str] = mapped_column(default="")
    measured: Mapped[int | None]
    asked_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    found_id: Mapped[int | None] = mapped_column(ForeignKey("product.id", ondelete="SET NULL"))
    told_at: Mapped[datetime | None]
