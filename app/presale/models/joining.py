"""Who joined a campaign, with what, and what is kept for whom meanwhile."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, UniqueConstraint, text

from app.platform.actor import Actor
from app.platform.db import Id, JsonObject, Mapped, Model, mapped_column, one_of
from app.platform.rbac import merchants_rows


class CommitmentState(StrEnum):
    """The states of presale lines (docs/states.md). `hold` waits for its first payment."""

    HOLD = "hold"
    COMMITTED = "committed"
    CONFIRMED = "confirmed"
    BALANCE_DUE = "balance_due"
    BALANCE_PAID = "balance_paid"
    ALLOCATED = "allocated"
    PACKED = "packed"
    SHIPPED = "shipped"
    READY_FOR_PICKUP = "ready_for_pickup"
    DELIVERED = "delivered"
    PICKED_UP = "picked_up"
    CLOSED = "closed"
    HOLD_EXPIRED = "hold_expired"
    CANCEL_REQUESTED = "cancel_requested"
    CANCELLED = "cancelled"
    FORFEITED = "forfeited"
    WAIVED = "waived"
    REFUNDED = "refunded"
    SHORT_SUPPLIED = "short_supplied"
    SUBSTITUTED = "substituted"


class HoldState(StrEnum):
    LIVE = "live"
    TAKEN = "taken"
    RELEASED = "released"


class Participation(Model):
    """One order (or one registered interest) in one campaign.

    `number` is its place in the sequence, given with its first confirmed payment and never again to
    anybody else. `link_id` is the group link it came through, `listed_id` the entry of a chat list
    whose own link was used; both are opaque here. Three notes have three readers: the order's own
    is the buyer's, `visible_note` is read by buyer and shop, `private_note` by the shop alone.
    """

    __tablename__ = "participation"
    __table_args__ = (
        UniqueConstraint("campaign_id", "order_id"),
        UniqueConstraint("campaign_id", "number"),
        CheckConstraint(
            "number IS NULL OR (number > 0 AND confirmed_at IS NOT NULL)",
            name="number_is_confirmed",
        ),
        Index("ix_participation_link", "link_id"),
        Index("ix_participation_person", "campaign_id", "person"),
    )

    id: Mapped[Id]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    merchant_id: Mapped[int] = mapped_column(ForeignKey("merchant.id"))
    order_id: Mapped[int | None] = mapped_column(ForeignKey("order.id"), index=True)
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id"), index=True)
    link_id: Mapped[int | None]
    listed_id: Mapped[int | None]
    number: Mapped[int | None]
    name: Mapped[str]
    email: Mapped[str]
    locale: Mapped[str]
    person: Mapped[str]
    is_anonymous: Mapped[bool] = mapped_column(default=False)
    answers: Mapped[JsonObject]
    visible_note: Mapped[str] = mapped_column(default="")
    private_note: Mapped[str] = mapped_column(default="")
    joined_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]

    @classmethod
    def seen_by(cls, actor: Actor) -> ColumnElement[bool]:
        return merchants_rows(actor, cls.merchant_id)


class Commitment(Model):
    """One person's units of one SKU.

    `quantity` counts, `tolerance` more are taken if a pack needs them; `cut` units were not
    supplied. `unit_price`, `deposit` and `counts_for` are those accepted when it was made.
    """

    __tablename__ = "commitment"
    __table_args__ = (
        one_of("state", CommitmentState),
        UniqueConstraint("participation_id", "sku_id"),
        CheckConstraint("quantity > 0 AND tolerance >= 0", name="quantity_positive"),
        CheckConstraint("cut >= 0 AND cut <= quantity + tolerance", name="cut_within_quantity"),
        Index("ix_commitment_sku_state", "sku_id", "state"),
        Index("ix_commitment_line", "line_id"),
    )

    id: Mapped[Id]
    participation_id: Mapped[int] = mapped_column(ForeignKey("participation.id"))
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    sku_id: Mapped[int] = mapped_column(ForeignKey("campaign_sku.id"))
    line_id: Mapped[int | None] = mapped_column(ForeignKey("order_line.id"))
    state: Mapped[str] = mapped_column(default=CommitmentState.HOLD)
    quantity: Mapped[int]
    tolerance: Mapped[int] = mapped_column(default=0)
    cut: Mapped[int] = mapped_column(default=0)
    unit_price: Mapped[int]
    deposit: Mapped[int | None]
    counts_for: Mapped[int | None]
    made_at: Mapped[datetime]


class CampaignHold(Model):
    """Units of a SKU promised to one owner until `expires_at`; out of a slice where it has one."""

    __tablename__ = "campaign_hold"
    __table_args__ = (
        one_of("state", HoldState),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        Index("ix_campaign_hold_live", "sku_id", "expires_at", sqlite_where=text("state = 'live'"),
              postgresql_where=text("state = 'live'")),
        Index("ix_campaign_hold_owner", "owner"),
    )  # fmt: skip

    id: Mapped[Id]
    sku_id: Mapped[int] = mapped_column(ForeignKey("campaign_sku.id"))
    slice_id: Mapped[int | None] = mapped_column(ForeignKey("quota_slice.id"))
    owner: Mapped[str]
    quantity: Mapped[int]
    from_slice: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(default=HoldState.LIVE)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class QuotaSlice(Model):
    """Units of a SKU kept for one link until `returns_at`; what is not used goes back to all.

    The whole slice counts as `held` on its SKU; `used` of it are with somebody.
    """

    __tablename__ = "quota_slice"
    __table_args__ = (
        UniqueConstraint("sku_id", "link_id"),
        CheckConstraint("quota > 0", name="quota_positive"),
        CheckConstraint("used >= 0 AND used <= quota", name="used_within_quota"),
    )

    id: Mapped[Id]
    sku_id: Mapped[int] = mapped_column(ForeignKey("campaign_sku.id"))
    link_id: Mapped[int] = mapped_column(index=True)
    quota: Mapped[int]
    used: Mapped[int] = mapped_column(default=0)
    returns_at: Mapped[datetime]
    returned_at: Mapped[datetime | None]


class PersonQuota(Model):
    """How many units one person has in a campaign; the row that guards a limit per person.

    `person` is a keyed hash of an e-mail address or a phone number.
    """

    __tablename__ = "campaign_person"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    person: Mapped[str] = mapped_column(primary_key=True)
    units: Mapped[int] = mapped_column(default=0)
