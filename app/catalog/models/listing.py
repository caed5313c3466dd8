"""What lists filter, count and order by: one row for each live product, made of its other rows.

Nothing is known here that is not said elsewhere; `commands.relisting` writes it in the transaction
of every change, and again if it is ever missing.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import ForeignKey, Index

from app.platform.db import Mapped, Model, mapped_column

IN_STOCK = datetime(9999, 12, 31, tzinfo=UTC)
"""`gone_at` of what has not gone: it stands before everything that has."""


class ListedProduct(Model):
    """`price` is the lowest, in minor units; `gone_at` is when the last unit went.

    `size` is a band of `catalog.sizing`; the three measurements are millimetres, 0 when not taken.
    """

    __tablename__ = "listed_product"
    __table_args__ = (
        Index("ix_listed_product_newest", "gone_at", "first_live_at", "product_id"),
        Index("ix_listed_product_price", "gone_at", "price", "product_id"),
        Index("ix_listed_product_garment", "garment", "gone_at", "first_live_at"),
        Index("ix_listed_product_era", "era", "gone_at"),
        Index("ix_listed_product_grade", "grade", "gone_at"),
        Index("ix_listed_product_size", "size", "gone_at"),
        Index("ix_listed_product_brand", "brand", "gone_at"),
        Index("ix_listed_product_colour", "colour", "gone_at"),
    )

    product_id: Mapped[int] = mapped_column(
        ForeignKey("product.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    first_live_at: Mapped[datetime]
    gone_at: Mapped[datetime]
    price: Mapped[int]
    garment: Mapped[str]
    era: Mapped[str]
    grade: Mapped[str]
    size: Mapped[str]
    brand: Mapped[str]
    colour: Mapped[str]
    chest: Mapped[int]
    waist: Mapped[int]
    hip: Mapped[int]
    insole: Mapped[int]


class ListedMaterial(Model):
    """One of the materials of a listed product (`catalog.materials`)."""

    __tablename__ = "listed_material"
    __table_args__ = (Index("ix_listed_material_product_id", "product_id"),)

    material: Mapped[str] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(
        ForeignKey("listed_product.product_id", ondelete="CASCADE"), primary_key=True,
        autoincrement=False,
    )  # fmt: skip


class ListingStamp(Model):
    """A word that changes with what is listed: what was counted under the same words still counts.

    Several rows, so that two sales seldom wait for each other.
    """

    __tablename__ = "listing_stamp"

    shelf: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    stamp: Mapped[str]
