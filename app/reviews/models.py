"""Tables of reviews."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, UniqueConstraint

from app.platform.actor import Actor
from app.platform.db import Id, JsonObject, Mapped, Model, mapped_column, one_of
from app.platform.rbac import merchants_rows


class ReviewState(StrEnum):
    """`pending` waits for somebody of the shop; only `published` ones are shown and counted."""

    PENDING = "pending"
    PUBLISHED = "published"
    REJECTED = "rejected"


class Fit(StrEnum):
    SMALL = "small"
    TRUE = "true"
    LARGE = "large"


class Reason(StrEnum):
    """Why a review is not shown. That it is unfavourable is none of them."""

    PERSONAL = "personal"
    INSULTING = "insulting"
    ELSEWHERE = "elsewhere"
    ADVERTISING = "advertising"
    UNLAWFUL = "unlawful"


class Review(Model):
    """What the buyer of one order line says of it; no line, no review.

    A rejected one stays with its `reason`, which its author is told.
    """

    __tablename__ = "review"
    __table_args__ = (
        one_of("state", ReviewState),
        CheckConstraint("stars BETWEEN 1 AND 5", name="one_to_five_stars"),
        CheckConstraint("fit IN ('small', 'true', 'large')", name="fit_known"),
        Index("ix_review_product_state", "product_id", "state", "written_at"),
        Index("ix_review_merchant_state", "merchant_id", "state", "id"),
    )

    id: Mapped[Id]
    line_id: Mapped[int] = mapped_column(ForeignKey("order_line.id"), unique=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("order.id"), index=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"))
    merchant_id: Mapped[int] = mapped_column(ForeignKey("merchant.id"))
    name: Mapped[str]
    stars: Mapped[int]
    fit: Mapped[str | None]
    text: Mapped[str]
    locale: Mapped[str]
    state: Mapped[str] = mapped_column(default=ReviewState.PENDING)
    reason: Mapped[str | None]
    reply: Mapped[str] = mapped_column(default="")
    replied_at: Mapped[datetime | None]
    written_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]

    @property
    def version(self) -> str:
        """Names what it says, words and photographs, until it is changed."""
        return self.changed_at.isoformat()

    @classmethod
    def seen_by(cls, actor: Actor) -> ColumnElement[bool]:
        return merchants_rows(actor, cls.merchant_id)


class ReviewPhoto(Model):
    """A photograph that the buyer of a line took: shown with their review of it, and only then.

    `name` is drawn by lot and names its files, which nobody is given without asking this table;
    `sources` lists them as `Media` does.
    """

    __tablename__ = "review_photo"
    __table_args__ = (UniqueConstraint("line_id", "sha256"),)

    id: Mapped[Id]
    line_id: Mapped[int] = mapped_column(ForeignKey("order_line.id"))
    name: Mapped[str] = mapped_column(unique=True)
    sha256: Mapped[str]
    alt: Mapped[str] = mapped_column(default="")
    width: Mapped[int]
    height: Mapped[int]
    dominant: Mapped[str]
    sources: Mapped[JsonObject]
    kept_at: Mapped[datetime]


class ReviewReport(Model):
    """Somebody who reads found fault with a review that is shown; staff look at it again."""

    __tablename__ = "review_report"

    id: Mapped[Id]
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"), index=True)
    reason: Mapped[str]
    at: Mapped[datetime]
    seen_at: Mapped[datetime | None]


class ReviewInvitation(Model):
    """One mail to the buyer of an order, some days after something of it has arrived.

    Whoever wants no more of them has `declined_at` under their address.
    """

    __tablename__ = "review_invitation"
    __table_args__ = (Index("ix_review_invitation_due", "sent_at", "due_at"),)

    order_id: Mapped[int] = mapped_column(
        ForeignKey("order.id"), primary_key=True, autoincrement=False
    )
    email: Mapped[str] = mapped_column(index=True)
    due_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]
