"""Orders, their lines and deliveries, and the timeline everybody reads."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    UniqueConstraint,
    false,
    select,
)

from app.platform.actor import Actor
from app.platform.db import Id, JsonObject, Mapped, Model, Texts, mapped_column, one_of
from app.platform.rbac import merchants_rows


class Headline(StrEnum):
    """The order in one word: a pure function of its lines, dues and ledger (`rules.headline`), kept
    for lists.
    """

    AWAITING_PAYMENT = "awaiting_payment"
    BALANCE_DUE = "balance_due"
    PROMISED = "promised"
    TO_SHIP = "to_ship"
    READY_FOR_PICKUP = "ready_for_pickup"
    PARTLY_SHIPPED = "partly_shipped"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    PICKED_UP = "picked_up"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"


class LineState(StrEnum):
    AWAITING_PAYMENT = "awaiting_payment"
    PROMISED = "promised"
    TO_FULFIL = "to_fulfil"
    PARTLY_SHIPPED = "partly_shipped"
    READY_FOR_PICKUP = "ready_for_pickup"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    PICKED_UP = "picked_up"
    CANCELLED = "cancelled"


class DeliveryMethod(StrEnum):
    SHIP = "ship"
    PICKUP = "pickup"


class Attention(StrEnum):
    """Why a person must look at an order before it goes on."""

    WRONG_AMOUNT = "wrong_amount"
    WRONG_CURRENCY = "wrong_currency"
    REFUND_FAILED = "refund_failed"
    PARCEL_PROBLEM = "parcel_problem"


class Order(Model):
    """Contact, address and terms are snapshots of what was accepted; amounts are minor units of
    `currency`. `tax_added` is what taxes added to the goods; the fee has its own within.
    """

    __tablename__ = "order"
    __table_args__ = (
        one_of("headline", Headline),
        Index("ix_order_headline_placed", "headline", "placed_at"),
        Index("ix_order_placed_at", "placed_at"),
        Index("ix_order_paid_at", "paid_at"),
        Index("ix_order_name", "name", "id"),
    )

    id: Mapped[Id]
    code: Mapped[str] = mapped_column(unique=True)
    token_version: Mapped[int] = mapped_column(default=1)
    idempotency_key: Mapped[str] = mapped_column(unique=True)
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id"), index=True)
    headline: Mapped[str] = mapped_column(default=Headline.AWAITING_PAYMENT)
    attention: Mapped[str | None] = mapped_column(index=True)
    email: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    phone: Mapped[str]
    phone_tail: Mapped[str] = mapped_column(default="", index=True)
    address: Mapped[JsonObject | None]
    buyer_note: Mapped[str] = mapped_column(default="")
    locale: Mapped[str]
    currency: Mapped[str]
    goods_total: Mapped[int]
    discount_total: Mapped[int] = mapped_column(default=0)
    shipping_total: Mapped[int]
    tax_added: Mapped[int] = mapped_column(default=0)
    total: Mapped[int]
    fingerprint: Mapped[str]
    terms: Mapped[JsonObject]
    ship_together: Mapped[bool] = mapped_column(default=False)
    placed_at: Mapped[datetime]
    pay_until: Mapped[datetime]
    paid_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

    @property
    def is_nobodys(self) -> bool:
        """Whether its buyer was taken out of it: nobody is left whom goods could reach."""
        return not self.name

    @classmethod
    def seen_by(cls, actor: Actor) -> ColumnElement[bool]:
        if actor.kind == "customer":
            return cls.customer_id == actor.id
        if not actor.is_staff:
            return false()
        return (
            select(OrderLine.id)
            .where(OrderLine.order_id == cls.id, OrderLine.merchant_id == actor.merchant_id)
            .exists()
        )


class OrderLine(Model):
    """`quantity` as bought; the counters say what became of it.

    `product` is a snapshot of the page bought from. `supply` and `source_id` say where the goods
    come from (`app.orders.supply`), `subject` which dues and windows are this line's. `balance` is
    the part of `total` not asked for at once, `balance_paid` what came of it, `forfeited` what the
    buyer lost by not paying the rest. `available_at` is when the goods were there to send. `tax` is
    the part of `total` that is tax, at `tax_percent` thousandths of a percent.
    """

    __tablename__ = "order_line"
    __table_args__ = (
        one_of("state", LineState),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint(
            "cancelled >= 0 AND shipped >= 0 AND delivered >= 0 AND delivered <= shipped "
            "AND shipped + cancelled <= quantity",
            name="counters_add_up",
        ),
        CheckConstraint(
            "balance >= 0 AND balance <= total AND balance_paid >= 0 AND balance_paid <= balance",
            name="balance_within_total",
        ),
        Index("ix_order_line_order_merchant", "order_id", "merchant_id"),
        Index("ix_order_line_merchant_state", "merchant_id", "state"),
        Index("ix_order_line_source", "supply", "source_id"),
    )

    id: Mapped[Id]
    order_id: Mapped[int] = mapped_column(ForeignKey("order.id"))
    merchant_id: Mapped[int] = mapped_column(ForeignKey("merchant.id"))
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), index=True)
    variant_id: Mapped[int] = mapped_column(ForeignKey("variant.id"))
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    number: Mapped[int] = mapped_column(index=True)
    title: Mapped[Texts]
    options: Mapped[JsonObject]
    sku: Mapped[str]
    product: Mapped[JsonObject]
    fault_consent: Mapped[JsonObject | None]
    unit_price: Mapped[int]
    quantity: Mapped[int]
    discount: Mapped[int] = mapped_column(default=0)
    total: Mapped[int]
    tax: Mapped[int] = mapped_column(default=0)
    tax_percent: Mapped[int] = mapped_column(default=0)
    is_tax_added: Mapped[bool] = mapped_column(default=False)
    weight_g: Mapped[int]
    supply: Mapped[str] = mapped_column(default="stock")
    source_id: Mapped[int | None]
    subject: Mapped[str] = mapped_column(default="")
    balance: Mapped[int] = mapped_column(default=0)
    balance_paid: Mapped[int] = mapped_column(default=0)
    forfeited: Mapped[int] = mapped_column(default=0)
    available_at: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(default=LineState.AWAITING_PAYMENT)
    cancelled: Mapped[int] = mapped_column(default=0)
    shipped: Mapped[int] = mapped_column(default=0)
    delivered: Mapped[int] = mapped_column(default=0)

    @property
    def open_units(self) -> int:
        """Units that are neither taken off nor on their way."""
        return self.quantity - self.cancelled - self.shipped

    @property
    def asked(self) -> int:
        """What of its total was paid and is not lost: all but the open part of its balance."""
        return self.total - self.balance + self.balance_paid - self.forfeited

    @property
    def tax_added(self) -> int:
        """What of its total a tax added to the price."""
        return self.tax if self.is_tax_added else 0

    @classmethod
    def seen_by(cls, actor: Actor) -> ColumnElement[bool]:
        return merchants_rows(actor, cls.merchant_id)


class OrderDelivery(Model):
    """How one merchant's lines of an order reach the buyer, and what that costs; `tax` is in it."""

    __tablename__ = "order_delivery"
    __table_args__ = (UniqueConstraint("order_id", "merchant_id"), one_of("method", DeliveryMethod))

    id: Mapped[Id]
    order_id: Mapped[int] = mapped_column(ForeignKey("order.id"))
    merchant_id: Mapped[int] = mapped_column(ForeignKey("merchant.id"), index=True)
    method: Mapped[str]
    location_id: Mapped[int | None] = mapped_column(ForeignKey("location.id"))
    fee: Mapped[int]
    tax: Mapped[int] = mapped_column(default=0)
    tax_percent: Mapped[int] = mapped_column(default=0)
    is_tax_added: Mapped[bool] = mapped_column(default=False)
    pickup_code: Mapped[str | None] = mapped_column(index=True)
    ready_at: Mapped[datetime | None]
    picked_up_at: Mapped[datetime | None]

    @classmethod
    def seen_by(cls, actor: Actor) -> ColumnElement[bool]:
        return merchants_rows(actor, cls.merchant_id)


class OrderEvent(Model):
    """One line of the timeline.

    Those with `public` are shown to the buyer; `merchant_id` NULL concerns all.
    """

    __tablename__ = "order_event"

    id: Mapped[Id]
    order_id: Mapped[int] = mapped_column(ForeignKey("order.id"), index=True)
    merchant_id: Mapped[int | None] = mapped_column(ForeignKey("merchant.id"))
    kind: Mapped[str]
    facts: Mapped[JsonObject]
    public: Mapped[bool] = mapped_column(default=True)
    actor_kind: Mapped[str]
    actor_id: Mapped[int | None]
    actor_name: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
