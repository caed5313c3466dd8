"""Reviews as pages show them: of a product, of an order, and at the counter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import ColumnElement, bindparam, exists, func, select

from app.catalog.models import Product
from app.catalog.queries.cards import product_path
from app.orders.models import Order, OrderLine
from app.platform.actor import Actor
from app.platform.db import db
from app.platform.i18n import pick
from app.platform.rbac import found, visible
from app.reviews.models import Fit, Review, ReviewReport, ReviewState
from app.reviews.rules import Summary, may_change

PAGE = 20


_SUMMARY: Final = (
    select(Review.stars, Review.fit, func.count())
    .where(Review.product_id == bindparam("product"), Review.state == ReviewState.PUBLISHED)
    .group_by(Review.stars, Review.fit)
)


class View(StrEnum):
    PENDING = "pending"
    REPORTED = "reported"
    PUBLISHED = "published"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A review at the counter, with what it is of and what was reported of it."""

    review: Review
    title: str
    path: str
    reports: Sequence[str]


@dataclass(frozen=True, slots=True)
class Reviewable:
    """A line of an order that has arrived, and what its buyer has said of it."""

    line: OrderLine
    review: Review | None
    can_change: bool

    @property
    def title(self) -> str:
        return pick(self.line.title)


def summary(product_id: int) -> Summary:
    """What the published reviews of a product come to; one query."""
    rows = db.session.execute(_SUMMARY, {"product": product_id})
    stars, fits = Counter[int](), Counter[Fit]()
    for star, fit, number in rows:
        stars[star] += number
        if fit:
            fits[Fit(fit)] += number
    return Summary({star: stars[star] for star in (5, 4, 3, 2, 1)}, {fit: fits[fit] for fit in Fit})


def published(product_id: int, *, limit: int = PAGE, offset: int = 0) -> Sequence[Review]:
    """The newest first."""
    statement = (
        select(Review)
        .where(Review.product_id == product_id, Review.state == ReviewState.PUBLISHED)
        .order_by(Review.written_at.desc(), Review.id.desc())
    )
    return db.session.scalars(statement.limit(limit).offset(offset)).all()


def shown(review_id: int) -> tuple[Review, str]:
    """A published review and the path of what it is of; raises NotFound."""
    row = db.session.execute(
        select(Review, Product.number, Product.slug)
        .join(Product, Product.id == Review.product_id)
        .where(Review.id == review_id, Review.state == ReviewState.PUBLISHED)
    ).one_or_none()
    review, number, slug = found(row)
    return review, product_path(number, slug)


def of_lines(lines: Sequence[OrderLine], *, now: datetime) -> list[Reviewable]:
    """The lines of an order that have arrived, with what was said of them."""
    arrived = [line for line in lines if line.delivered > 0]
    statement = select(Review).where(Review.line_id.in_([line.id for line in arrived]))
    by_line = {review.line_id: review for review in db.session.scalars(statement)}
    return [
        Reviewable(
            line,
            review := by_line.get(line.id),
            review is None or may_change(review.written_at, now=now),
        )
        for line in arrived
    ]


def arrival_of(order_id: int) -> str | None:
    """The address of an order of which something has arrived, else None."""
    arrived = exists().where(OrderLine.order_id == Order.id, OrderLine.delivered > 0)
    return db.session.scalar(select(Order.email).where(Order.id == order_id, arrived))


def by_id(review_id: int) -> Review:
    return db.session.get_one(Review, review_id, populate_existing=True)


def own(review_id: int, actor: Actor) -> Review:
    """A review of the actor's own goods; raises NotFound."""
    row: Review | None = db.session.scalar(
        select(Review).where(Review.id == review_id, visible(actor, Review))
    )
    return found(row)


def of_orders(order_ids: Sequence[int]) -> Sequence[Review]:
    statement = select(Review).where(Review.order_id.in_(order_ids)).order_by(Review.id)
    return db.session.scalars(statement).all()


def listed(
    view: View, actor: Actor, *, after: int | None = None
) -> tuple[list[ReviewRow], int | None]:
    """Reviews of the actor's own goods, the newest first, and what to ask the next page with."""
    statement = (
        select(Review, Product)
        .join(Product, Product.id == Review.product_id)
        .where(visible(actor, Review), _of(view))
        .order_by(Review.id.desc())
        .limit(PAGE + 1)
    )
    if after is not None:
        statement = statement.where(Review.id < after)
    rows = db.session.execute(statement).all()
    reports = _reports([review.id for review, _product in rows])
    shown_rows = [
        ReviewRow(
            review,
            pick(product.title),
            product_path(product.number, product.slug),
            reports.get(review.id, ()),
        )
        for review, product in rows[:PAGE]
    ]
    return shown_rows, shown_rows[-1].review.id if len(rows) > PAGE else None


def counts(actor: Actor) -> dict[View, int]:
    rows = db.session.execute(
        select(Review.state, func.count()).where(visible(actor, Review)).group_by(Review.state)
    )
    by_state = {View(state): int(number) for state, number in rows}
    reported = select(func.count()).where(visible(actor, Review), _of(View.REPORTED))
    return {view: by_state.get(view, 0) for view in View} | {
        View.REPORTED: db.session.scalar(reported.select_from(Review)) or 0
    }


def _of(view: View) -> ColumnElement[bool]:
    if view is not View.REPORTED:
        return Review.state == view.value
    return exists().where(ReviewReport.review_id == Review.id, ReviewReport.seen_at.is_(None))


def _reports(review_ids: Sequence[int]) -> Mapping[int, list[str]]:
    statement = select(ReviewReport).where(
        ReviewReport.review_id.in_(review_ids), ReviewReport.seen_at.is_(None)
    )
    grouped: dict[int, list[str]] = {}
    for report in db.session.scalars(statement.order_by(ReviewReport.id).limit(PAGE * 10)):
        grouped.setdefault(report.review_id, []).append(report.reason)
    return grouped
