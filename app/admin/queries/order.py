"""One order as a member of staff sees it: own goods, own parcels, and the money they may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from app.admin.queries.orders import attention_of, own_headline
from app.catalog.queries.pictures import Picture, of_products
from app.fulfilment import queries as parcels
from app.fulfilment.queries import ParcelView
from app.orders import queries as orders
from app.orders.commands.cancel import limits
from app.orders.commands.refund_again import can_be_sent_again
from app.orders.models import (
    DeliveryMethod,
    Headline,
    LineState,
    Order,
    OrderDelivery,
    OrderEvent,
    OrderLine,
    OrderRefund,
)
from app.orders.queries import OrderView
from app.payments.models import (
    OPEN_PAYMENTS,
    OPEN_REFUNDS,
    Payment,
    PaymentState,
    Refund,
    RefundState,
)
from app.platform.actor import Actor
from app.platform.db import db
from app.platform.money import Money
from app.platform.rbac import visible
from app.shop.models import Location
from app.shop.permissions import runs_the_shop
from app.shop.queries import locations

TRANSFER = "bank_transfer"
MONEY_OF_ALL = frozenset(
    {"payment_started", "payment_failed", "payment_closed", "payment_questioned",
     "payment_returned", "proof_sent", "refunded", "refund_failed"}
)  # fmt: skip
"""Kinds of events about the money of the whole order, which a merchant does not read."""


@dataclass(frozen=True, slots=True)
class StaffOrder:
    """`view` holds only the reader's lines; `shows_money` says whether they may read its ledger."""

    view: OrderView
    headline: Headline
    attention: str | None
    delivery: OrderDelivery
    parcels: Sequence[ParcelView]
    pictures: Mapping[int, Picture]
    places: Mapping[int, Location]
    events: Sequence[OrderEvent]
    decisions: Sequence[OrderRefund]
    refundable_lines: Mapping[int, int]
    refundable_shipping: int
    earlier_orders: int
    shows_money: bool

    @property
    def order(self) -> Order:
        return self.view.order

    @property
    def is_pickup(self) -> bool:
        return self.delivery.method == DeliveryMethod.PICKUP

    @property
    def is_open(self) -> bool:
        """Nothing was paid yet and nothing was closed."""
        return self.order.paid_at is None and self.order.closed_at is None

    @property
    def to_ship(self) -> list[OrderLine]:
        if self.is_pickup or self.order.paid_at is None:
            return []
        return [line for line in self.view.lines if ready_to_ship(line)]

    @property
    def can_take_off(self) -> bool:
        """Some of it is still here, so that a refund can also take it off the order."""
        return any(left_to_ship(line) for line in self.view.lines)

    @property
    def can_be_made_ready(self) -> bool:
        kept = [line.state for line in self.view.lines if line.quantity > line.cancelled]
        waits = bool(kept) and LineState.PROMISED not in kept
        return self.is_pickup and self._goes_on and self.delivery.ready_at is None and waits

    @property
    def can_be_handed_over(self) -> bool:
        return (
            self._goes_on
            and self.delivery.ready_at is not None
            and self.delivery.picked_up_at is None
            and self.headline is Headline.READY_FOR_PICKUP
        )

    @property
    def open_transfers(self) -> list[Payment]:
        return [
            payment
            for payment in self.view.payments
            if payment.gateway == TRANSFER and payment.state in OPEN_PAYMENTS
        ]

    @property
    def questioned(self) -> Payment | None:
        found = (each for each in self.view.payments if each.state == PaymentState.QUESTIONED)
        return next(found, None)

    @property
    def refunds_to_send(self) -> list[Refund]:
        """Refunds that go back by hand: the shop pays them by bank transfer."""
        by_hand = {payment.id for payment in self.view.payments if payment.gateway == TRANSFER}
        return [
            refund
            for refund in self.view.refunds
            if refund.state in OPEN_REFUNDS and refund.payment_id in by_hand
        ]

    @property
    def failed_refunds(self) -> list[Refund]:
        return [refund for refund in self.view.refunds if can_be_sent_again(refund)]

    @property
    def refundable(self) -> Money:
        """The most that can still be paid back: lines and delivery, never above what is left."""
        wanted = sum(self.refundable_lines.values()) + self.refundable_shipping
        if self.order.paid_at is None:
            return self.view.money(0)
        promised = sum(
            refund.amount for refund in self.view.refunds if refund.state != RefundState.FAILED
        )
        return self.view.money(max(min(wanted, self.view.captured.minor - promised), 0))

    @property
    def _goes_on(self) -> bool:
        return self.order.paid_at is not None and self.order.closed_at is None


def left_to_ship(line: OrderLine) -> int:
    return line.quantity - line.cancelled - line.shipped


def ready_to_ship(line: OrderLine) -> int:
    """What of it can leave now: nothing while its goods or its balance are still to come."""
    return 0 if line.state == LineState.PROMISED else left_to_ship(line)


def staff_order(order_id: int, actor: Actor) -> StaffOrder:
    """Everything the page of an order shows; raises NotFound for another merchant's."""
    view = orders.for_staff(order_id, actor)
    house = runs_the_shop(actor)
    by_line, shipping = limits(order_id, actor)
    covers = of_products({line.product_id for line in view.lines}, first_only=True)
    decisions = [
        decision
        for decision in orders.refund_decisions(order_id)
        if house or decision.merchant_id == actor.merchant_id
    ]
    return StaffOrder(
        view=view,
        headline=own_headline(view.order, view.lines),
        attention=attention_of(view.order, actor),
        delivery=view.deliveries[0],
        parcels=parcels.of_order(order_id, actor),
        pictures={product_id: pictures[0] for product_id, pictures in covers.items()},
        places={place.id: place for place in locations(actor)},
        events=[each for each in view.events if house or each.kind not in MONEY_OF_ALL],
        decisions=decisions,
        refundable_lines=by_line,
        refundable_shipping=shipping,
        earlier_orders=_earlier(view.order, actor),
        shows_money=house,
    )


def _earlier(order: Order, actor: Actor) -> int:
    """How often the same address ordered here before, as far as the reader may know."""
    statement = (
        select(func.count())
        .select_from(Order)
        .where(Order.email == order.email, Order.id < order.id, visible(actor, Order))
    )
    return db.session.scalar(statement) or 0
