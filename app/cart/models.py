"""Tables of the bag."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey

from app.platform.db import BigId, Id, Mapped, Model, mapped_column


class Bag(Model):
    """Found by the random `key` in its owner's cookie. `code` is the promotion's code entered.

    `customer_id` was never written, and no statement of this release names it, so that a later one
    can take it away while this one still runs.
    """

    __tablename__ = "bag"
    __table_args__ = (Column("customer_id", BigId, ForeignKey("customer.id"), index=True),)
    __mapper_args__ = {"exclude_properties": ("customer_id",)}

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime] = mapped_column(index=True)
    code: Mapped[str] = mapped_column(default="")


class BagLine(Model):
    """`sku_id` names the campaign's SKU a presale line joins, `link_id` the group link it came by,
    `listed_id` the entry of that group's chat list, `waiting_id` the offer of the waiting list it
    takes up.

    `tolerance` more units may be added if a pack needs them; they are paid for and given back if
    not.
    """

    __tablename__ = "bag_line"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("tolerance >= 0", name="tolerance_not_negative"),
    )

    bag_id: Mapped[int] = mapped_column(ForeignKey("bag.id", ondelete="CASCADE"), primary_key=True)
    variant_id: Mapped[int] = mapped_column(ForeignKey("variant.id"), primary_key=True)
    quantity: Mapped[int]
    tolerance: Mapped[int] = mapped_column(default=0)
    sku_id: Mapped[int | None] = mapped_column(ForeignKey("campaign_sku.id"))
    link_id: Mapped[int | None]
    listed_id: Mapped[int | None]
    waiting_id: Mapped[int | None]
    price_seen: Mapped[int]
    added_at: Mapped[datetime]
