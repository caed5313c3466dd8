"""Facts that orders tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from app.platform.facts import Fact


@dataclass(frozen=True)
class OrderPlaced(Fact):
    name: ClassVar[str] = "orders.placed.v1"

    order_id: int
    at: datetime


@dataclass(frozen=True)
class OrderPaid(Fact):
    """Everything due now has been captured and the goods are the buyer's."""

    name: ClassVar[str] = "orders.paid.v1"

    order_id: int
    at: datetime


@dataclass(frozen=True)
class BalanceAsked(Fact):
    """The rest of the price of the lines with this subject can be paid from now on."""

    name: ClassVar[str] = "orders.balance_asked.v1"

    order_id: int
    subject: str
    at: datetime


@dataclass(frozen=True)
class BalancePaid(Fact):
    name: ClassVar[str] = "orders.balance_paid.v1"

    order_id: int
    subject: str
    at: datetime


@dataclass(frozen=True)
class OrderCancelled(Fact):
    """`cause` is unpaid, buyer, staff, or the word of the module that cancelled."""

    name: ClassVar[str] = "orders.cancelled.v1"

    order_id: int
    cause: str
    at: datetime


@dataclass(frozen=True)
class GoodsGone(Fact):
    """An order ended because its goods were gone when its payment came, which goes back."""

    name: ClassVar[str] = "orders.goods_gone.v1"

    order_id: int
    at: datetime


@dataclass(frozen=True)
class LinesCancelled(Fact):
    """Part of an order was cancelled; the rest goes on. `cause` is as for a whole order."""

    name: ClassVar[str] = "orders.lines_cancelled.v1"

    order_id: int
    at: datetime
    cause: str = "staff"


@dataclass(frozen=True)
class PaymentReturned(Fact):
    """Money came that the order could not take (`late` or `duplicate`) and goes back whole."""

    name: ClassVar[str] = "orders.payment_returned.v1"

    order_id: int
    payment_id: int
    cause: str
    amount: int
    at: datetime


@dataclass(frozen=True)
class PaymentQuestioned(Fact):
    """Money came that differs from what was asked; a person decides."""

    name: ClassVar[str] = "orders.payment_questioned.v1"

    order_id: int
    payment_id: int
    at: datetime


@dataclass(frozen=True)
class RefundDecided(Fact):
    """It was decided to pay something back; the money is on its way, or waits for a person."""

    name: ClassVar[str] = "orders.refund_decided.v1"

    order_id: int
    order_refund_id: int
    at: datetime


@dataclass(frozen=True)
class OrderRefunded(Fact):
    """A decided refund has reached the buyer's account in full."""

    name: ClassVar[str] = "orders.refunded.v1"

    order_id: int
    order_refund_id: int
    amount: int
    at: datetime


@dataclass(frozen=True)
class ReadyForPickup(Fact):
    name: ClassVar[str] = "orders.ready_for_pickup.v1"

    order_id: int
    delivery_id: int
    at: datetime


@dataclass(frozen=True)
class LinkAsked(Fact):
    """Staff want the buyer to have the link of the order again."""

    name: ClassVar[str] = "orders.link_asked.v1"

    order_id: int
    at: datetime


@dataclass(frozen=True)
class OrderChanged(Fact):
    """Something an order page shows has changed; no message follows from it."""

    name: ClassVar[str] = "orders.changed.v1"

    order_id: int
    at: datetime


@dataclass(frozen=True)
class AddressChanged(Fact):
    """The order goes somewhere else than it was placed for."""

    name: ClassVar[str] = "orders.address_changed.v1"

    order_id: int
    at: datetime
