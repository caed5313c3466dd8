"""What an import remembers of each product, so that doing it again repeats nothing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey

from app.platform.db import JsonObject, Mapped, Model, mapped_column


class ProductImport(Model):
    """`said` is what the file said last: pictures by source, stock by SKU and location, the state.

    `version` is the product's after that import; a higher one means it was changed here since.
    """

    __tablename__ = "product_import"

    product_id: Mapped[int] = mapped_column(
        ForeignKey("product.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    said: Mapped[JsonObject]
    version: Mapped[int]
    imported_at: Mapped[datetime]
