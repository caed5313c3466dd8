"""What buyers do with reviews, and what staff do: written, shown, read."""

from __future__ import annotations

from sqlalchemy import select

from app.catalog.models import Product
from app.fulfilment.commands.parcels import NewParcel, ship
from app.notifications.models import Message
from app.orders.commands import fulfil
from app.orders.queries import token_by_id
from app.platform.db import db
from app.platform.outbox.commands import drain
from app.reviews.models import Review
from tests.admin.counter import lines_of, paid_order

GOOD = {"stars": "5", "fit": "true", "text": "Just right.\nWarm.", "name": "Ada"}


def arrived(owner, now, key="1"):
    """An order of one piece that its buyer has received; its line."""
    order_id = paid_order(owner, now)
    line = lines_of(order_id)[0]
    ship(
        order_id, NewParcel({line.id: 1}, "shunfeng", f"SF-{key}", key * 20),
        actor=owner.staff(), now=now,
    )  # fmt: skip
    fulfil.mark_delivered(order_id, {line.id: 1}, now=now)
    return lines_of(order_id)[0]


def own_page(line):
    return f"/o/{token_by_id(line.order_id)}/reviews"


def write(client, line, *, lang="", **changes):
    address = f"{own_page(line)}/{line.id}" + (f"?lang={lang}" if lang else "")
    return client.post(address, data={**GOOD, **changes})


def page_of(client, line, lang="en"):
    product = db.session.get_one(Product, line.product_id)
    return client.get(f"/i/{product.number:04d}-{product.slug}?lang={lang}").text


def kept(line):
    db.session.rollback()
    return db.session.scalars(select(Review).where(Review.line_id == line.id)).one()


def publish(cleo, line):
    """Show the review as it is now."""
    review = kept(line)
    return cleo.post(f"/admin/reviews/{review.id}/publication", {"seen": review.version})


def mails(kind):
    while drain():
        pass
    db.session.rollback()
    return db.session.scalars(select(Message).where(Message.kind == f"reviews.{kind}")).all()
