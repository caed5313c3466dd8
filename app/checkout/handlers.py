"""What checkout does about what becomes of bags and orders: what a bag's owner does not want any
more is free for others, and offers that were taken up follow the fate of their order.
"""

from __future__ import annotations

from sqlalchemy import select

from app.cart.events import TakenOut
from app.catalog.commands import stock
from app.checkout.models import Checkout
from app.checkout.queries import holder_of
from app.marketing.commands import redeeming
from app.orders.events import GoodsGone, OrderCancelled, OrderPaid
from app.platform.db import db
from app.platform.facts import on
from app.presale.commands import holding
from app.presale.commands.waiting import serve


def let_go(fact: TakenOut) -> None:
    """Free what the bag's open checkout holds of it; a presale's waiting list comes first."""
    checkout_id = db.session.scalar(
        select(Checkout.id)
        .where(Checkout.bag_id == fact.bag_id, Checkout.order_id.is_(None))
        .order_by(Checkout.id.desc())
        .limit(1)
    )
    if checkout_id is None:
        return
    holder = holder_of(checkout_id)
    if fact.sku_id is None:
        stock.release(holder, [fact.variant_id])
    else:
        serve(holding.release(holder, [fact.sku_id]), now=fact.at)


def give_offers_back(fact: OrderCancelled | GoodsGone) -> None:
    """In the same transaction, so that an offer is counted just as long as its order stands."""
    redeeming.release(fact.order_id, now=fact.at)


def take_offers_again(fact: OrderPaid) -> None:
    """Most orders never gave theirs back; one whose payment came late did."""
    redeeming.take_again(fact.order_id)


SUBSCRIPTIONS = (
    on(TakenOut, let_go, "same_transaction"),
    on(OrderCancelled, give_offers_back, "same_transaction"),
    on(GoodsGone, give_offers_back, "same_transaction"),
    on(OrderPaid, take_offers_again, "same_transaction"),
)
