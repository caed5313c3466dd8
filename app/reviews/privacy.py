"""What is kept about a shopper here: what they said, and whether they were asked.

What somebody said stays without their name, because reviews may not be taken away from those who
read them (E-Commerce Law of China, article 39). Photographs go: they may show a person or a home.
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
from app.reviews.commands import photographs
from app.reviews.models import Review, ReviewInvitation
from app.reviews.queries import of_orders, photos_of_orders

TABLES = frozenset({"review", "review_invitation", "review_photo"})
MOST = 10_000
"""However many orders one account may have."""


def init_app(_app: Flask) -> None:
    register(PersonalData("reviews", TABLES, export, erase))


def export(customer_id: int) -> list[dict[str, object]]:
    orders_of_theirs = _orders(customer_id)
    said: list[dict[str, object]] = [
        {
            "review_of": one.product_id,
            "name": one.name,
            "stars": one.stars,
            "fit": one.fit,
            "text": one.text,
            "state": one.state,
            "written_at": one.written_at.isoformat(),
        }
        for one in of_orders(orders_of_theirs)
    ]
    return said + [
        {
            "photograph": f"/o/{orders.token_by_id(order_id)}/reviews/photos/{photo.name}.jpg",
            "shows": photo.alt,
            "kept_at": photo.kept_at.isoformat(),
        }
        for order_id, photo in photos_of_orders(orders_of_theirs)
    ]


@command
def erase(customer_id: int, now: datetime) -> None:
    own = _orders(customer_id)
    photographs.drop(own, now=now)
    db.session.execute(update(Review).where(Review.order_id.in_(own)).values(name=""))
    db.session.execute(delete(ReviewInvitation).where(ReviewInvitation.order_id.in_(own)))


def _orders(customer_id: int) -> list[int]:
    return [order.id for order in orders.of_customer(Actor("customer", customer_id), MOST)]
