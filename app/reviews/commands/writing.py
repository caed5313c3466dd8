"""Write a review of something one has received, change it, report one that is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.orders.models import OrderLine
from app.platform.db import db
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
    review = db.session.scalar(
        select(Review)
        .where(Review.line_id == line.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if review is None:
        review = Review(
            line_id=line.id, order_id=line.order_id, product_id=line.product_id,
            merchant_id=line.merchant_id, written_at=now,
        )  # fmt: skip
        db.session.add(review)
    elif _says(review) == opinion:
        return
    elif not may_change(review.written_at, now=now):
        raise TooLate
    review.stars, review.text, review.fit = opinion.stars, opinion.text, opinion.fit
    review.name, review.locale, review.changed_at = opinion.name, locale, now
    review.state, review.reason, review.decided_at = ReviewState.PENDING, None, None
    db.session.flush()


@command
def report(review_id: int, reason: Reason, *, now: datetime) -> None:
    """Have staff look again at a review that is shown; raises NotFound for any other."""
    found(
        db.session.scalar(
            select(Review.id).where(Review.id == review_id, Review.state == ReviewState.PUBLISHED)
        )
    )
    db.session.add(ReviewReport(review_id=review_id, reason=reason, at=now))


def _says(review: Review) -> Opinion:
    fit = Fit(review.fit) if review.fit else None
    return Opinion(review.stars, review.text, fit, review.name)
