"""What checkout does about orders that came of it: the offers they took up follow their fate."""

from __future__ import annotations

from app.marketing.commands import redeeming
from app.orders.events import GoodsGone, OrderCancelled, OrderPaid
from app.platform.facts import on


def give_offers_back(fact: OrderCancelled | GoodsGone) -> None:
    """In the same transaction, so that an offer is counted just as long as its order stands."""
    redeeming.release(fact.order_id, now=fact.at)


def take_offers_again(fact: OrderPaid) -> None:
    """Most orders never gave theirs back; one whose payment came late did."""
    redeeming.take_again(fact.order_id)


SUBSCRIPTIONS = (
    on(OrderCancelled, give_offers_back, "same_transaction"),
    on(GoodsGone, give_offers_back, "same_transaction"),
    on(OrderPaid, take_offers_again, "same_transaction"),
)
