"""Write a review of something one has received, change it, report one that is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.orders.locks import lock_order
from app.orders.models import OrderLine
from app.platform.actor import SYSTEM
from app.platform.db import db, insert_if_new
from app.platform.rbac import found
from app.platform.transaction import command
from app.reviews.errors import TooLate
from app.reviews.models import Fit, Reason, Review, ReviewReport, ReviewState
from app.reviews.rules import may_change


@dataclass(frozen=True, slots=True)
class Opinion:
    """What somebody says: one to five stars, in words if they like, and how it fits."""

    stars: int
    text: str
    fit: Fit | None
    name: str


@command
def write(line: OrderLine, opinion: Opinion, *, locale: str, now: datetime) -> None:
    """Of a line that has arrived, once; again changes it while that may be done.

    What is changed waits for a look again, unless nothing is. Raises NotFound for a line of which
    nothing has arrived, TooLate.
    """
    found(line if line.delivered > 0 else None)
    lock_order(line.order_id, SYSTEM)
    is_new = insert_if_new(
        Review, line_id=line.id, order_id=line.order_id, product_id=line.product_id,
        merchant_id=line.merchant_id, name=opinion.name, stars=opinion.stars, fit=opinion.fit,
        text=opinion.text, locale=locale, state=ReviewState.PENDING, reply="", written_at=now,
        changed_at=now,
    )  # fmt: skip
    if not is_new:
        _change(line.id, opinion, locale=locale, now=now)


@command
def report(review_id: int, reason: Reason, *, now: datetime) -> None:
    """Have staff look again at a review that is shown; raises NotFound for any other."""
    found(
        db.session.scalar(
            select(Review.id).where(Review.id == review_id, Review.state == ReviewState.PUBLISHED)
        )
    )
    db.session.add(ReviewReport(review_id=review_id, reason=reason, at=now))


def _change(line_id: int, opinion: Opinion, *, locale: str, now: datetime) -> None:
    review = db.session.scalars(
        select(Review)
        .where(Review.line_id == line_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    if _says(review) == opinion:
        return
    if not may_change(review.written_at, now=now):
        raise TooLate
    review.stars, review.text, review.fit = opinion.stars, opinion.text, opinion.fit
    review.name, review.locale, review.changed_at = opinion.name, locale, now
    review.state, review.reason, review.decided_at = ReviewState.PENDING, None, None


def _says(review: Review) -> Opinion:
    fit = Fit(review.fit) if review.fit else None
    return Opinion(review.stars, review.text, fit, review.name)
