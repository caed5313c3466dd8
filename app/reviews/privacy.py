"""What is kept about a shopper here: what they said, and whether they were asked.

What somebody said stays without their name, because reviews may not be taken away from those who
read them (E-Commerce Law of China, article 39).
"""

from __future__ import annotations

from datetime import datetime

from flask import Flask
from sqlalchemy import delete, update

from app.orders import queries as orders
from app.platform.actor import Actor
from app.platform.db import db
from app.platform.privacy import PersonalData, register
from app.platform.transaction import command
from app.reviews.models import Review, ReviewInvitation
from app.reviews.queries import of_orders

TABLES = frozenset({"review", "review_invitation"})
MOST = 10_000
"""However many orders one account may have."""


def init_app(_app: Flask) -> None:
    register(PersonalData("reviews", TABLES, export, erase))


def export(customer_id: int) -> list[dict[str, object]]:
    return [
        {
            "review_of": one.product_id,
            "name": one.name,
            "stars": one.stars,
            "fit": one.fit,
            "text": one.text,
            "state": one.state,
            "written_at": one.written_at.isoformat(),
        }
        for one in of_orders(_orders(customer_id))
    ]


@command
def erase(customer_id: int, _now: datetime) -> None:
    own = _orders(customer_id)
    db.session.execute(update(Review).where(Review.order_id.in_(own)).values(name=""))
    db.session.execute(delete(ReviewInvitation).where(ReviewInvitation.order_id.in_(own)))


def _orders(customer_id: int) -> list[int]:
    return [order.id for order in orders.of_customer(Actor("customer", customer_id), MOST)]
