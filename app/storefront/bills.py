"""What of an order can be paid now, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.orders.models import DuePurpose, OrderDue
from app.orders.queries import OrderView
from app.payments.models import OPEN_PAYMENTS, Payment
from app.platform.money import Money
from app.storefront.presale_figures import left

TRANSFER = "bank_transfer"


@dataclass(frozen=True, slots=True)
class Bill:
    """`transfer` is the bank transfer waited for, `begun` the ways to pay that were taken and are
    still open: choosing one again goes on with it. `left` is empty when the time is over.
    """

    due: OrderDue
    amount: Money
    until: datetime
    left: str
    transfer: Payment | None
    begun: frozenset[str]
    is_balance: bool


def bills_of(view: OrderView, *, now: datetime) -> list[Bill]:
    """What is asked for, the soonest to end first: the first payment, later the balances."""
    if view.order.closed_at is not None:
        return []
    waiting = [due for due in view.dues if due.is_open and due.opens_at <= now]
    return [
        Bill(
            due=due,
            amount=view.money(due.amount),
            until=due.closes_at,
            left=left(due.closes_at - now) if due.closes_at > now else "",
            transfer=transfer_for(view, due),
            begun=frozenset(payment.gateway for payment in _open_payments(view, due)),
            is_balance=due.purpose == DuePurpose.BALANCE,
        )
        for due in sorted(waiting, key=lambda due: (due.closes_at, due.id))
    ]


def transfer_for(view: OrderView, due: OrderDue) -> Payment | None:
    """The transfer for a due, while nothing else was begun after it."""
    waiting = _open_payments(view, due)
    return waiting[-1] if waiting and waiting[-1].gateway == TRANSFER else None


def _open_payments(view: OrderView, due: OrderDue) -> list[Payment]:
    return [
        payment
        for payment in view.payments
        if payment.state in OPEN_PAYMENTS and payment.due == due.id
    ]
