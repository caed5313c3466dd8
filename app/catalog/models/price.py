"""What each variant was sold at, from when on: rows that are only ever added."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey

from app.platform.db import Id, Mapped, Model, mapped_column


class PriceChange(Model):
    """From `at` on the variant is sold at `price` (minor units), until its next row; None means
    that it is not on sale.
    """

    __tablename__ = "price_change"
    __table_args__ = (CheckConstraint("price IS NULL OR price >= 0", name="price_not_negative"),)

    id: Mapped[Id]
    variant_id: Mapped[int] = mapped_column(ForeignKey("variant.id"), index=True)
    price: Mapped[int | None]
    at: Mapped[datetime]
