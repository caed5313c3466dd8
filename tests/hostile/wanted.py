"""What people of the hostile world wish for, wait for, and say of what they have received."""

from __future__ import annotations

from datetime import datetime

from PIL import Image
from sqlalchemy import select

from app.catalog.models import Product
from app.fulfilment.commands import parcels
from app.orders import queries
from app.orders.commands import fulfil
from app.platform.actor import GUEST, SYSTEM
from app.platform.db import db
from app.platform.images import from_image
from app.reviews.commands import moderating, photographs, writing
from app.reviews.commands.photographs import Shots
from app.reviews.commands.writing import Opinion
from app.reviews.models import Fit, Review, ReviewPhoto
from app.wishes.commands import alerts, lists
from app.wishes.models import StockAlert
from tests.cast import House, product_of
from tests.hostile.values import MARKUP


def build(
    owner: House, orders: tuple[int, ...], *, shown: int, ada: int, now: datetime
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Genuine values for parts of addresses, and pages with something of it on them.

    Of two paid orders one review waits for a look, the other is shown; `shown` is a variant that
    can be bought.
    """
    sold = queries.for_mail(orders[0]).lines[0].variant_id
    waiting, published = (_reviewed(owner, order_id, now) for order_id in orders)
    moderating.reply(published, MARKUP, actor=SYSTEM, now=now)
    seen = db.session.get_one(Review, published).version
    moderating.publish(published, seen=seen, actor=SYSTEM, now=now)
    alerts.ask(sold, "waiting@example.org", "en", actor=GUEST, now=now)
    alert = db.session.scalars(select(StockAlert)).one()
    number = db.session.get_one(Product, product_of(shown)).number
    lists.keep(ada, number, now=now)
    token = queries.token_by_id(orders[0])
    line_id = str(db.session.get_one(Review, waiting).line_id)
    parts = {
        "wishes.number": str(number),
        "alerts.variant_id": str(sold),
        "alerts.token": alert.token,
        "reviews.token": token,
        "reviews.line_id": line_id,
        "reviews._line": line_id,
        "reviews.review_id": str(published),
        "reviews.number": str(number),
        "review_photos.token": token,
        "review_photos.file": f"{_photo_of(published)}.jpg",
        "admin_reviews.review_id": str(waiting),
        "admin_reviews.file": f"{_photo_of(waiting)}.jpg",
    }
    return parts, (f"/o/{token}/reviews", f"/reviews/{published}/report")


def _reviewed(owner: House, order_id: int, now: datetime) -> int:
    """The order arrives and its buyer says something; the review's id."""
    units = {line.id: line.quantity for line in queries.for_mail(order_id).lines}
    new = parcels.NewParcel(units, "shunfeng", f"SF-review-{order_id}", f"review-{order_id}")
    parcels.ship(order_id, new, actor=owner.staff(), now=now)
    fulfil.mark_delivered(order_id, units, now=now)
    line = queries.for_mail(order_id).lines[0]
    picture = from_image(Image.new("RGB", (40, 50), (200, 80, 60)))
    photographs.change(line, Shots({}, (), [picture], MARKUP), now=now)
    said = Opinion(3, MARKUP, Fit.LARGE, MARKUP[:40])
    writing.write(line, said, locale="en", now=now)
    return db.session.scalars(select(Review.id).where(Review.line_id == line.id)).one()


def _photo_of(review_id: int) -> str:
    line_id = db.session.get_one(Review, review_id).line_id
    return db.session.scalars(select(ReviewPhoto.name).where(ReviewPhoto.line_id == line_id)).one()
