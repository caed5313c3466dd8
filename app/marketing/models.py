"""Tables of promotions, their codes, and what was taken up."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, UniqueConstraint

from app.platform.actor import Actor
from app.platform.db import Id, JsonObject, Mapped, Model, Texts, mapped_column, one_of
from app.platform.rbac import merchants_rows


class PromotionKind(StrEnum):
    """What an offer takes off. `docs/pricing.md` has each of them in words and in tables."""

    PERCENT = "percent"
    FIXED = "fixed"
    FREE_SHIPPING = "free_shipping"
    SPEND_AND_SAVE = "spend_and_save"
    BUY_AND_GET = "buy_and_get"


class Promotion(Model):
    """One merchant's offer on its own goods.

    `terms` are read by `rules.Terms`. `used` and `spent` (minor units) count what stands in
    `promotion_use` and was not given back; the database itself refuses to let them pass their
    limits. Without `needs_code` it applies by itself.
    """

    __tablename__ = "promotion"
    __table_args__ = (
        one_of("kind", PromotionKind),
        CheckConstraint("used >= 0 AND (max_uses IS NULL OR used <= max_uses)", name="used_enough"),
        CheckConstraint("spent >= 0 AND (budget IS NULL OR spent <= budget)", name="spent_enough"),
        CheckConstraint("max_per_person IS NULL OR max_per_person > 0", name="person_positive"),
        CheckConstraint("min_spend >= 0", name="min_spend_not_negative"),
        CheckConstraint("ends_at IS NULL OR ends_at > starts_at", name="window_forward"),
        Index("ix_promotion_merchant_stopped", "merchant_id", "stopped_at"),
    )

    id: Mapped[Id]
    merchant_id: Mapped[int] = mapped_column(ForeignKey("merchant.id"))
    name: Mapped[Texts]
    kind: Mapped[str]
    terms: Mapped[JsonObject]
    needs_code: Mapped[bool] = mapped_column(default=False)
    combines: Mapped[bool] = mapped_column(default=False)
    with_presales: Mapped[bool] = mapped_column(default=False)
    min_spend: Mapped[int] = mapped_column(default=0)
    collections: Mapped[JsonObject]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]
    max_uses: Mapped[int | None]
    max_per_person: Mapped[int | None]
    budget: Mapped[int | None]
    used: Mapped[int] = mapped_column(default=0)
    spent: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]

    @classmethod
    def seen_by(cls, actor: Actor) -> ColumnElement[bool]:
        return merchants_rows(actor, cls.merchant_id)


class PromotionCode(Model):
    """A word that opens a promotion; `label` says whom it was made for (a group, a leaflet).

    While `is_closed` it opens nothing, and nobody is told it.
    """

    __tablename__ = "promotion_code"
    __table_args__ = (
        CheckConstraint("used >= 0 AND (max_uses IS NULL OR used <= max_uses)", name="used_enough"),
    )

    id: Mapped[Id]
    promotion_id: Mapped[int] = mapped_column(ForeignKey("promotion.id"), index=True)
    code: Mapped[str] = mapped_column(unique=True)
    label: Mapped[str] = mapped_column(default="")
    max_uses: Mapped[int | None]
    used: Mapped[int] = mapped_column(default=0)
    is_closed: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]


class PromotionUse(Model):
    """What an order got by a promotion; `released_at` is set when the order came to nothing.

    Who it was is kept as keyed digests of e-mail and phone, for the limit per person alone.
    `beyond_limit` marks one that stands although the limit was reached, because a late payment
    brought its order back; the counters leave it out.
    """

    __tablename__ = "promotion_use"
    __table_args__ = (
        UniqueConstraint("order_id", "promotion_id"),
        CheckConstraint("amount >= 0", name="amount_not_negative"),
        Index("ix_promotion_use_email", "promotion_id", "email_digest"),
        Index("ix_promotion_use_phone", "promotion_id", "phone_digest"),
    )

    id: Mapped[Id]
    promotion_id: Mapped[int] = mapped_column(ForeignKey("promotion.id"))
    code_id: Mapped[int | None] = mapped_column(ForeignKey("promotion_code.id"), index=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("order.id"))
    amount: Mapped[int]
    email_digest: Mapped[str]
    phone_digest: Mapped[str]
    beyond_limit: Mapped[bool] = mapped_column(default=False)
    taken_at: Mapped[datetime]
    released_at: Mapped[datetime | None]
