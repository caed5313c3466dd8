"""What is kept about a shopper in their orders.

Orders themselves are kept for as long as trade law asks (E-Commerce Law of China, article 31: three
years after completion); an erased person's name, contact and address are taken out of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask import Flask
from sqlalchemy import select, update

from app.orders.errors import StillUnderWay
from app.orders.models import Headline, Order, OrderEvent, OrderRefund
from app.payments.commands.proofs import forget_proofs
from app.platform.db import db
from app.platform.locks import lock_rows
from app.platform.privacy import PersonalData, register
from app.platform.transaction import command

TABLES = frozenset({"order", "order_event", "order_refund", "payment_proof"})
WRITTEN = frozenset({"text", "note"})
"""Facts of the timeline that are people's own words."""
_UNDER_WAY = (
    Headline.PROMISED,
    Headline.BALANCE_DUE,
    Headline.TO_SHIP,
    Headline.PARTLY_SHIPPED,
    Headline.SHIPPED,
    Headline.READY_FOR_PICKUP,
)


def init_app(_app: Flask) -> None:
    register(PersonalData("orders", TABLES, export, erase))


def export(customer_id: int) -> list[dict[str, object]]:
    """Every order of the account, as it was placed."""
    statement = select(Order).where(Order.customer_id == customer_id).order_by(Order.id)
    return [
        {
            "order": order.code,
            "placed_at": order.placed_at.isoformat(),
            "state": order.headline,
            "name": order.name,
            "phone": order.phone,
            "email": order.email,
            "address": order.address,
            "note": order.buyer_note,
            "total_minor": order.total,
            "currency": order.currency,
        }
        for order in db.session.scalars(statement)
    ]


@command
def erase(customer_id: int, _now: datetime) -> None:
    """Take the person out of their orders and close the links to them.

    Raises StillUnderWay while goods are promised or on their way: without an address they would not
    arrive. Each order is locked before it is looked at: a payment may be arriving at this moment.
    """
    theirs = db.session.scalars(select(Order.id).where(Order.customer_id == customer_id)).all()
    if any(order.headline in _UNDER_WAY for order in lock_rows(Order, theirs)):
        raise StillUnderWay
    _forget_words(theirs)
    forget_proofs(theirs)
    db.session.execute(
        update(Order)
        .where(Order.id.in_(theirs))
        .values(
            name="",
            phone="",
            phone_tail="",
            email=f"erased-{customer_id}",
            address=None,
            buyer_note="",
            token_version=Order.token_version + 1,
        )
    )


def _forget_words(order_ids: Sequence[int]) -> None:
    """What somebody wrote about them, to them, or as the reason of a refund."""
    written = select(OrderEvent).where(OrderEvent.order_id.in_(order_ids))
    for event in db.session.scalars(written):
        if WRITTEN & set(event.facts):
            event.facts = {k: v for k, v in event.facts.items() if k not in WRITTEN}
    db.session.execute(
        update(OrderRefund).where(OrderRefund.order_id.in_(order_ids)).values(note="")
    )
