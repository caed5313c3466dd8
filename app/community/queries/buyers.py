"""Who joined through a link: the leader's own buyers, masked before anybody can show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, Select, and_, select

from app.community.queries.links import LinkView
from app.orders.models import DuePurpose, Order, OrderDue
from app.orders.queries import balance_token
from app.platform.db import db
from app.platform.masking import masked_name
from app.presale.models import Commitment, Participation, subject_of

PAGE = 50


@dataclass(frozen=True, slots=True)
class Owed:
    """A balance that was asked for and not paid; whoever has `token` can pay it and see no more."""

    amount: int
    closes_at: datetime
    token: str


@dataclass(frozen=True, slots=True)
class Buyer:
    """One participation. `units` are by SKU; `state` is that of its commitments, the first one's.

    `number` is None until the first payment has come.
    """

    id: int
    number: int | None
    name: str
    phone_tail: str
    units: tuple[tuple[int, int], ...]
    state: str
    joined_at: datetime
    has_left: bool
    owed: Owed | None


@dataclass(frozen=True, slots=True)
class BuyerPage:
    """The latest first; `after` is what to ask the next page with, None on the last."""

    buyers: tuple[Buyer, ...]
    after: int | None


def buyers(link: LinkView, *, after: int | None = None, limit: int = PAGE) -> BuyerPage:
    """Everybody who came through a link."""
    statement = _joined(link)
    if after is not None:
        statement = statement.where(Participation.id < after)
    statement = statement.order_by(Participation.id.desc()).limit(limit + 1)
    rows = db.session.execute(statement).all()
    last = rows[limit - 1][0].id if len(rows) > limit else None
    return BuyerPage(_buyers(rows[:limit]), last)


def owing(link: LinkView, limit: int = 200) -> tuple[Buyer, ...]:
    """Who of them still owes a balance, by number."""
    is_open = and_(OrderDue.settled_at.is_(None), OrderDue.ended_at.is_(None))
    statement = _joined(link).where(OrderDue.id.is_not(None), is_open)
    return _buyers(db.session.execute(statement.order_by(Participation.number).limit(limit)).all())


def _joined(link: LinkView) -> Select[Participation, Order, OrderDue]:
    balance = and_(
        OrderDue.order_id == Participation.order_id,
        OrderDue.purpose == DuePurpose.BALANCE,
        OrderDue.subject == subject_of(link.campaign_id),
    )
    return (
        select(Participation, Order, OrderDue)
        .outerjoin(Order, Order.id == Participation.order_id)
        .outerjoin(OrderDue, balance)
        .where(Participation.link_id == link.id)
        .execution_options(populate_existing=True)
    )


def _buyers(rows: Sequence[Row[Participation, Order, OrderDue]]) -> tuple[Buyer, ...]:
    commitments = _commitments([person.id for person, _order, _due in rows])
    return tuple(
        _buyer(person, order, due, commitments.get(person.id, [])) for person, order, due in rows
    )


def _buyer(
    person: Participation, order: Order | None, due: OrderDue | None, own: list[Commitment]
) -> Buyer:
    owes = order is not None and due is not None and due.is_open
    return Buyer(
        id=person.id,
        number=person.number,
        name=masked_name(person.name),
        phone_tail=order.phone_tail if order else "",
        units=tuple((each.sku_id, each.quantity + each.tolerance - each.cut) for each in own),
        state=own[0].state if own else "",
        joined_at=person.confirmed_at or person.joined_at,
        has_left=person.left_at is not None,
        owed=Owed(due.amount, due.closes_at, balance_token(order, due))
        if owes and order is not None and due is not None
        else None,
    )


def _commitments(participation_ids: Sequence[int]) -> dict[int, list[Commitment]]:
    rows = db.session.scalars(
        select(Commitment)
        .where(Commitment.participation_id.in_(participation_ids))
        .order_by(Commitment.id)
        .execution_options(populate_existing=True)
    )
    grouped: dict[int, list[Commitment]] = {}
    for row in rows:
        grouped.setdefault(row.participation_id, []).append(row)
    return grouped
