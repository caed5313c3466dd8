"""Take an offer up, give it back when the order comes to nothing, and take it up again.

Counters and rows move in the transaction of the order: what is used is what stands in
`promotion_use`, under any number of checkouts at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select, update

from app.marketing.codes import NOBODY, Person
from app.marketing.errors import PromotionGone
from app.marketing.models import Promotion, PromotionCode, PromotionUse
from app.marketing.queries import had_by
from app.platform.db import changed_rows, db
from app.platform.transaction import command


@dataclass(frozen=True, slots=True)
class Taken:
    """What one offer takes off one order, in minor units."""

    promotion_id: int
    code_id: int | None
    amount: int


@command
def take(order_id: int, taken: Iterable[Taken], person: Person, *, now: datetime) -> None:
    """Count the uses of a new order.

    Promotions are locked in the order of their ids, each before its code. Raises PromotionGone when
    one has no room any more.
    """
    for each in sorted(taken, key=lambda each: each.promotion_id):
        if not _count(each, 1, now=now) or _had_their_share(each.promotion_id, person):
            raise PromotionGone
        db.session.add(
            PromotionUse(
                promotion_id=each.promotion_id, code_id=each.code_id, order_id=order_id,
                amount=each.amount, email_digest=person.email, phone_digest=person.phone,
                taken_at=now,
            )
        )  # fmt: skip
    db.session.flush()


@command
def release(order_id: int, *, now: datetime) -> None:
    """Give back what a dead order had taken up; again gives nothing back."""
    for use in _uses(order_id):
        if use.released_at is not None:
            continue
        use.released_at = now
        if not use.beyond_limit:
            _count(Taken(use.promotion_id, use.code_id, use.amount), -1, now=now)
    db.session.flush()


@command
def take_again(order_id: int) -> None:
    """An order that was dead lives again, because its payment came late after all.

    Its price was promised and is paid, so that it stands even where the limit has been reached
    meanwhile; such a use is marked and not counted.
    """
    for use in _uses(order_id):
        if use.released_at is None:
            continue
        room = _count(Taken(use.promotion_id, use.code_id, use.amount), 1, now=None)
        use.released_at, use.beyond_limit = None, not room
    db.session.flush()


def _uses(order_id: int) -> list[PromotionUse]:
    statement = select(PromotionUse).where(PromotionUse.order_id == order_id)
    return list(
        db.session.scalars(
            statement.order_by(PromotionUse.promotion_id).execution_options(populate_existing=True)
        )
    )


def _count(taken: Taken, step: int, *, now: datetime | None) -> bool:
    """Raise or lower both counters; False, with neither moved, when there is no room.

    `now` bars what has ended or not begun; None counts whatever the hour.
    """
    promotion = (
        update(Promotion)
        .where(Promotion.id == taken.promotion_id)
        .values(used=Promotion.used + step, spent=Promotion.spent + step * taken.amount)
    )
    code = (
        update(PromotionCode)
        .where(PromotionCode.id == taken.code_id)
        .values(used=PromotionCode.used + step)
    )
    if step > 0:
        promotion = promotion.where(
            or_(Promotion.max_uses.is_(None), Promotion.used < Promotion.max_uses),
            or_(Promotion.budget.is_(None), Promotion.spent + taken.amount <= Promotion.budget),
        )
        code = code.where(
            or_(PromotionCode.max_uses.is_(None), PromotionCode.used < PromotionCode.max_uses)
        )
    if step > 0 and now is not None:
        promotion = promotion.where(
            Promotion.stopped_at.is_(None),
            Promotion.starts_at <= now,
            or_(Promotion.ends_at.is_(None), Promotion.ends_at > now),
        )
    with db.session.begin_nested() as both:
        if changed_rows(promotion) and (taken.code_id is None or changed_rows(code)):
            return True
        both.rollback()
        return False


def _had_their_share(promotion_id: int, person: Person) -> bool:
    """Asked while the promotion is locked, so that two orders of one person queue up."""
    most = db.session.scalar(select(Promotion.max_per_person).where(Promotion.id == promotion_id))
    if most is None or person == NOBODY:
        return False
    statement = select(func.count()).where(
        PromotionUse.promotion_id == promotion_id, *had_by(person)
    )
    return int(db.session.scalar(statement) or 0) >= most
