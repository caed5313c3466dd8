"""Reviews as pages show them: of a product, of an order, and at the counter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import ColumnElement, bindparam, exists, func, select

from app.catalog.models import Product
from app.catalog.queries.cards import product_path
from app.catalog.queries.pictures import Picture, picture_of
from app.orders.models import Order, OrderLine
from app.platform.actor import Actor
from app.platform.db import db, read_rows
from app.platform.i18n import gettext as _
from app.platform.i18n import pick
from app.platform.rbac import found, visible
from app.reviews.models import Fit, Review, ReviewPhoto, ReviewReport, ReviewState
from app.reviews.rules import Summary, may_change

PAGE = 20
PUBLIC_PHOTOS = "/reviews/photos/"
STAFF_PHOTOS = "/admin/reviews/photos/"


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
    """A review at the counter, with what it is of, what was reported of it, its photographs and the
    words its author gave them.
    """

    review: Review
    title: str
    path: str
    reports: Sequence[str]
    photos: Sequence[Picture]
    words: Sequence[str]


@dataclass(frozen=True, slots=True)
class Told:
    """A review that is shown, with its photographs."""

    review: Review
    photos: Sequence[Picture]


@dataclass(frozen=True, slots=True)
class Reviewable:
    """A line of an order that has arrived, and what its buyer has said of it."""

    line: OrderLine
    review: Review | None
    can_change: bool
    photos: Sequence[tuple[ReviewPhoto, Picture]]

    @property
    def pictures(self) -> list[Picture]:
        return [picture for _photo, picture in self.photos]

    @property
    def title(self) -> str:
        return pick(self.line.title)


def summary(product_id: int) -> Summary:
    """What the published reviews of a product come to; one query."""
    stars, fits = Counter[int](), Counter[Fit]()
    for star, fit, number in read_rows(_SUMMARY, {"product": product_id}):
        stars[star] += number
        if fit:
            fits[Fit(fit)] += number
    return Summary({star: stars[star] for star in (5, 4, 3, 2, 1)}, {fit: fits[fit] for fit in Fit})


def published(product_id: int, *, limit: int = PAGE, offset: int = 0) -> list[Told]:
    """The newest first; one query."""
    ids = (
        select(Review.id)
        .where(Review.product_id == product_id, Review.state == ReviewState.PUBLISHED)
        .order_by(Review.written_at.desc(), Review.id.desc())
        .limit(limit)
        .offset(offset)
        .subquery()
    )
    statement = (
        select(Review, ReviewPhoto)
        .join(ids, ids.c.id == Review.id)
        .outerjoin(ReviewPhoto, ReviewPhoto.line_id == Review.line_id)
        .order_by(Review.written_at.desc(), Review.id.desc(), ReviewPhoto.id)
    )
    shown_with: dict[Review, list[Picture]] = {}
    for review, photo in db.session.execute(statement):
        pictures = shown_with.setdefault(review, [])
        if photo is not None:
            pictures.append(pictured(photo, PUBLIC_PHOTOS))
    return [Told(review, pictures) for review, pictures in shown_with.items()]


def pictured(photo: ReviewPhoto, base: str) -> Picture:
    """As templates want it; without words of its own it says what it is."""
    alt = photo.alt or _("A buyer's photograph")
    return picture_of(photo, id_=photo.id, alt=alt, base=base)


def shown_photo(name: str) -> ReviewPhoto:
    """Of a review that is shown; raises NotFound for any other."""
    is_shown = exists().where(
        Review.line_id == ReviewPhoto.line_id, Review.state == ReviewState.PUBLISHED
    )
    return found(db.session.scalar(select(ReviewPhoto).where(ReviewPhoto.name == name, is_shown)))


def staff_photo(name: str, actor: Actor) -> ReviewPhoto:
    """Of a review of the actor's own goods; raises NotFound."""
    is_own = exists().where(Review.line_id == ReviewPhoto.line_id, visible(actor, Review))
    return found(db.session.scalar(select(ReviewPhoto).where(ReviewPhoto.name == name, is_own)))


def buyers_photo(name: str, lines: Sequence[OrderLine]) -> ReviewPhoto:
    """Of one of these lines, which their buyer may see; raises NotFound."""
    statement = select(ReviewPhoto).where(
        ReviewPhoto.name == name, ReviewPhoto.line_id.in_([line.id for line in lines])
    )
    return found(db.session.scalar(statement))


def photos_of_lines(line_ids: Iterable[int]) -> Mapping[int, list[ReviewPhoto]]:
    """By line, in the order in which they were sent."""
    statement = (
        select(ReviewPhoto).where(ReviewPhoto.line_id.in_(list(line_ids))).order_by(ReviewPhoto.id)
    )
    grouped: dict[int, list[ReviewPhoto]] = {}
    for photo in db.session.scalars(statement):
        grouped.setdefault(photo.line_id, []).append(photo)
    return grouped


def order_ids_of(line_ids: Collection[int]) -> Sequence[int]:
    """The orders of these lines."""
    return db.session.scalars(
        select(OrderLine.order_id).where(OrderLine.id.in_(line_ids)).distinct()
    ).all()


def photos_of_orders(order_ids: Sequence[int]) -> list[tuple[int, ReviewPhoto]]:
    """Each with the order it is of."""
    statement = (
        select(OrderLine.order_id, ReviewPhoto)
        .join(OrderLine, OrderLine.id == ReviewPhoto.line_id)
        .where(OrderLine.order_id.in_(order_ids))
        .order_by(ReviewPhoto.id)
    )
    return [(order_id, photo) for order_id, photo in db.session.execute(statement)]


def shown(review_id: int) -> tuple[Told, str]:
    """A published review and the path of what it is of; raises NotFound."""
    row = db.session.execute(
        select(Review, Product.number, Product.slug)
        .join(Product, Product.id == Review.product_id)
        .where(Review.id == review_id, Review.state == ReviewState.PUBLISHED)
    ).one_or_none()
    review, number, slug = found(row)
    photos = photos_of_lines([review.line_id]).get(review.line_id, ())
    told = Told(review, [pictured(photo, PUBLIC_PHOTOS) for photo in photos])
    return told, product_path(number, slug)


def of_lines(lines: Sequence[OrderLine], *, photos_at: str = "", now: datetime) -> list[Reviewable]:
    """The lines of an order that have arrived, with what was said of them.

    Their buyer sees the photographs below the address `photos_at`.
    """
    arrived = [line for line in lines if line.delivered > 0]
    statement = select(Review).where(Review.line_id.in_([line.id for line in arrived]))
    by_line = {review.line_id: review for review in db.session.scalars(statement)}
    photos = photos_of_lines(line.id for line in arrived)
    return [
        Reviewable(
            line,
            review := by_line.get(line.id),
            review is None or may_change(review.written_at, now=now),
            [(photo, pictured(photo, photos_at)) for photo in photos.get(line.id, ())],
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
    photos = photos_of_lines(review.line_id for review, _product in rows)
    shown_rows = [
        ReviewRow(
            review,
            pick(product.title),
            product_path(product.number, product.slug),
            reports.get(review.id, ()),
            [pictured(photo, STAFF_PHOTOS) for photo in photos.get(review.line_id, ())],
            [photo.alt for photo in photos.get(review.line_id, ()) if photo.alt],
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
