"""Tables of wishes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey

from app.platform.db import Mapped, Model, mapped_column


class Wish(Model):
    """A product on the list of an account. `price_seen` is the lowest price when it was put there.

    Lists of people without an account are kept by their browsers (`app/wishes/cookie.py`).
    """

    __tablename__ = "wish"

    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), primary_key=True)
    product_id: Mapped[int] = mapped_column(
        ForeignKey("product.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    price_seen: Mapped[int]
    added_at: Mapped[datetime]
