"""A campaign, what it sells, and what happened to it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    UniqueConstraint,
)

from app.platform.actor import Actor
from app.platform.db import Id, JsonObject, Mapped, Model, Texts, mapped_column, one_of
from app.platform.rbac import merchants_rows

SUPPLY = "presale"
"""How order lines name campaigns as where their goods come from."""


def subject_of(campaign_id: int) -> str:
    """How orders name the lines and dues of a campaign."""
    return f"campaign:{campaign_id}"


class CampaignState(StrEnum):
    DRAFT = "draft"
    PREVIEW = "preview"
    SCHEDULED = "scheduled"
    OPEN = "open"
    SOLD_OUT = "sold_out"
    CLOSING = "closing"
    EXTENDED = "extended"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    REFUNDING = "refunding"
    REFUNDED = "refunded"
    IN_PRODUCTION = "in_production"
    ARRIVING = "arriving"
    BALANCE_OPEN = "balance_open"
    BALANCE_CLOSED = "balance_closed"
    FULFILLING = "fulfilling"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class PaymentMode(StrEnum):
    FULL = "full"
    DEPOSIT = "deposit"
    INTEREST = "interest"


class SupplyMode(StrEnum):
    """`stock` is there already, `made_to_order` has a cap or none, `threshold` needs a number to
    be made at all, `single` is one piece.
    """

    STOCK = "stock"
    MADE_TO_ORDER = "made_to_order"
    THRESHOLD = "threshold"
    SINGLE = "single"


OFF_THE_SHELF = frozenset({SupplyMode.STOCK, SupplyMode.SINGLE})
"""Goods that exist already and lie at a location."""


class DepositKind(StrEnum):
    """`advance` is 订金, simply refundable; `earnest` is 定金, lost by who withdraws and returned
    double by a shop that fails (Civil Code 586 and 587), at most a fifth of the price.
    """

    ADVANCE = "advance"
    EARNEST = "earnest"


class BalanceUnpaid(StrEnum):
    """What becomes of a commitment whose balance is not paid in time (R7), fixed at publish."""

    FORFEIT = "forfeit"
    REFUND = "refund"
    EXTEND = "extend"


class ShortagePolicy(StrEnum):
    FIRST_COME = "first_come"
    PRO_RATA = "pro_rata"
    LOTTERY = "lottery"


class Decision(StrEnum):
    """What is done with a campaign that closed below its threshold."""

    EXTEND = "extend"
    RUN = "run"
    REFUND = "refund"
    ASK = "ask"


class Campaign(Model):
    """What is sold, when, and on what promise.

    Windows are half-open: [opens_at, closes_at). `promise_earliest` and `promise_latest` are those
    of the newest promise version. `terms` are frozen at publish. `last_number` is the highest
    sequence number given out; `seed` is drawn at publish and shown once it decides nothing any
    more (`queries.lots`), its hash before.
    """

    __tablename__ = "campaign"
    __table_args__ = (
        one_of("state", CampaignState),
        one_of("payment_mode", PaymentMode),
        one_of("supply_mode", SupplyMode),
        one_of("deposit_kind", DepositKind),
        one_of("balance_unpaid", BalanceUnpaid),
        one_of("shortage_policy", ShortagePolicy),
        one_of("default_decision", Decision),
        CheckConstraint("closes_at > opens_at", name="window_not_empty"),
        CheckConstraint("promise_latest >= promise_earliest", name="promise_is_a_range"),
        CheckConstraint("threshold IS NULL OR threshold > 0", name="threshold_positive"),
        CheckConstraint(
            "commission_bp >= 0 AND commission_bp <= 5000", name="commission_within_half"
        ),
        CheckConstraint(
            "commission_cap IS NULL OR commission_cap > 0", name="commission_cap_positive"
        ),
        Index("ix_campaign_clock", "state", "opens_at", "closes_at"),
    )

    id: Mapped[Id]
    merchant_id: Mapped[int] = mapped_column(ForeignKey("merchant.id"), index=True)
    origin_id: Mapped[int | None] = mapped_column(ForeignKey("campaign.id"), index=True)
    """The first of those it was copied from, whatever lies between."""
    slug: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(default=CampaignState.DRAFT)
    title: Mapped[Texts]
    story: Mapped[Texts]
    risks: Mapped[Texts]
    payment_mode: Mapped[str]
    supply_mode: Mapped[str]
    deposit_kind: Mapped[str] = mapped_column(default=DepositKind.ADVANCE)
    counts_change_at: Mapped[datetime | None]
    balance_hours: Mapped[int] = mapped_column(default=72)
    balance_grace_days: Mapped[int] = mapped_column(default=0)
    balance_unpaid: Mapped[str] = mapped_column(default=BalanceUnpaid.REFUND)
    threshold: Mapped[int | None]
    default_decision: Mapped[str] = mapped_column(default=Decision.REFUND)
    decide_within_hours: Mapped[int] = mapped_column(default=2)
    shortage_policy: Mapped[str] = mapped_column(default=ShortagePolicy.FIRST_COME)
    per_person_limit: Mapped[int | None]
    is_drop: Mapped[bool] = mapped_column(default=False)
    is_draw: Mapped[bool] = mapped_column(default=False)
    hold_minutes: Mapped[int] = mapped_column(default=15)
    questions: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    commission_bp: Mapped[int] = mapped_column(default=0)
    commission_cap: Mapped[int | None]
    after_sales_days: Mapped[int] = mapped_column(default=7)
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    promise_earliest: Mapped[date]
    promise_latest: Mapped[date]
    terms: Mapped[JsonObject]
    seed: Mapped[str] = mapped_column(default="")
    last_number: Mapped[int] = mapped_column(default=0)
    published_at: Mapped[datetime | None]
    decide_by: Mapped[datetime | None]
    extended_at: Mapped[datetime | None]
    balance_closes_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    completed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    @classmethod
    def seen_by(cls, actor: Actor) -> ColumnElement[bool]:
        return merchants_rows(actor, cls.merchant_id)

    @property
    def subject(self) -> str:
        """How orders name the lines and dues of this campaign."""
        return subject_of(self.id)

    @property
    def shelf_until(self) -> datetime:
        """How long goods are held where they lie: past any day that can be promised, since it ends
        when they are handed on or the campaign is given up.
        """
        last_promised = datetime.combine(self.promise_latest, time.max, tzinfo=UTC)
        return last_promised + timedelta(days=3650)


class CampaignSku(Model):
    """One variant a campaign sells, and every number that guards it.

    `committed` units are paid for (or registered, where no money is asked), `held` are promised to
    checkouts, unpaid orders and quota slices. Amounts are minor units per unit of goods;
    `counts_for` is what the deposit counts for towards the price, `counts_for_later` from the
    campaign's `counts_change_at` on.
    """

    __tablename__ = "campaign_sku"
    __table_args__ = (
        UniqueConstraint("campaign_id", "variant_id"),
        CheckConstraint("committed >= 0 AND held >= 0", name="counters_not_negative"),
        CheckConstraint("cap IS NULL OR committed + held <= cap", name="within_cap"),
        CheckConstraint("price > 0", name="price_positive"),
        CheckConstraint(
            "deposit IS NULL OR (deposit > 0 AND deposit <= counts_for AND counts_for <= price "
            "AND deposit <= counts_for_later AND counts_for_later <= price)",
            name="deposit_counts",
        ),
        CheckConstraint("pack_size > 0", name="pack_positive"),
        CheckConstraint(
            "ordered >= 0 AND received >= 0 AND passed >= 0 AND packed >= 0 AND passed <= received",
            name="production_adds_up",
        ),
    )

    id: Mapped[Id]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    variant_id: Mapped[int] = mapped_column(ForeignKey("variant.id"), index=True)
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    position: Mapped[int] = mapped_column(default=0)
    price: Mapped[int]
    deposit: Mapped[int | None]
    counts_for: Mapped[int | None]
    counts_for_later: Mapped[int | None]
    cap: Mapped[int | None]
    committed: Mapped[int] = mapped_column(default=0)
    held: Mapped[int] = mapped_column(default=0)
    pack_size: Mapped[int] = mapped_column(default=1)
    ordered: Mapped[int] = mapped_column(default=0)
    received: Mapped[int] = mapped_column(default=0)
    passed: Mapped[int] = mapped_column(default=0)
    packed: Mapped[int] = mapped_column(default=0)


class CampaignEvent(Model):
    """Append-only: what happened to a campaign; `public` rows are the updates its page shows."""

    __tablename__ = "campaign_event"

    id: Mapped[Id]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    kind: Mapped[str]
    facts: Mapped[JsonObject]
    public: Mapped[bool] = mapped_column(default=False)
    actor_kind: Mapped[str]
    actor_id: Mapped[int | None]
    actor_name: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]


class CampaignTask(Model):
    """Work on everybody who joined, done in batches; `cursor` is the last participation done.

    It is created with the change that calls for it and advanced with each batch, so that a crash,
    a second worker or a late start end the same way.
    """

    __tablename__ = "campaign_task"
    __table_args__ = (
        UniqueConstraint("campaign_id", "kind", "key"),
        Index("ix_campaign_task_open", "finished_at", "due_at"),
    )

    id: Mapped[Id]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    kind: Mapped[str]
    key: Mapped[str] = mapped_column(default="")
    facts: Mapped[JsonObject]
    cursor: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
