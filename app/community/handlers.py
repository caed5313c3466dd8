"""What groups and links do when something has happened to a presale's orders."""

from __future__ import annotations

from app.community.commands import attribution
from app.community.commands.commission import follow_order
from app.orders.events import BalancePaid, LinesCancelled, OrderCancelled, RefundDecided
from app.platform.facts import on
from app.presale.events import JoinConfirmed


def count_join(fact: JoinConfirmed) -> None:
    """In the same transaction, so that the payment, its number and what it earns are one."""
    attribution.settle_join(fact.participation_id, now=fact.at)


def earn_on_balance(fact: BalancePaid) -> None:
    follow_order(fact.order_id, f"balance:{fact.subject}", now=fact.at)


def take_back_on_refund(fact: RefundDecided) -> None:
    follow_order(fact.order_id, f"refund:{fact.order_refund_id}", now=fact.at)


def take_back_on_loss(fact: OrderCancelled | LinesCancelled) -> None:
    """A deposit that was lost earns nothing; a refund has been seen to already."""
    follow_order(fact.order_id, "cancelled", now=fact.at)


SUBSCRIPTIONS = (
    on(JoinConfirmed, count_join, "same_transaction"),
    on(BalancePaid, earn_on_balance, "same_transaction"),
    on(RefundDecided, take_back_on_refund, "same_transaction"),
    on(OrderCancelled, take_back_on_loss, "same_transaction"),
    on(LinesCancelled, take_back_on_loss, "same_transaction"),
)
