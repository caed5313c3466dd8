"""The list of orders as a member of staff sees it: by the state of their own merchant's lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    and_,
    case,
    distinct,
    false,
    func,
    select,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.orm import aliased

from app.fulfilment.carriers.base import TrackingStatus
from app.fulfilment.models import Parcel
from app.orders.models import (
    Attention,
    DeliveryMethod,
    Headline,
    LineState,
    Order,
    OrderDelivery,
    OrderLine,
)
from app.orders.rules import headline
from app.platform.actor import Actor
from app.platform.db import db
from app.platform.ids import ALPHABET, heard_code
from app.platform.money import Money
from app.platform.rbac import visible
from app.shop.permissions import runs_the_shop

PAGE = 50
LONGEST_NUMBER = 9
_TROUBLE = (
    TrackingStatus.EXCEPTION,
    TrackingStatus.REFUSED,
    TrackingStatus.RETURNING,
    TrackingStatus.RETURNED,
)
_PHONE_TAIL = 4
_LONGEST_CODE, _LAST = 16, ALPHABET[-1]
"""A code that begins with what was typed stands between it and it with nothing but this after."""


class View(StrEnum):
    """What the chips above the list ask for."""

    TO_PAY = "to_pay"
    TO_SHIP = "to_ship"
    TO_HAND_OVER = "to_hand_over"
    UNDER_WAY = "under_way"
    ATTENTION = "attention"
    ALL = "all"


OLDEST_FIRST = frozenset({View.TO_SHIP, View.TO_HAND_OVER, View.ATTENTION})


@dataclass(frozen=True, slots=True)
class OrderRow:
    """`total` is what the reader's own merchant sold; `is_ready` means laid out in the store."""

    id: int
    code: str
    headline: Headline
    attention: str | None
    name: str
    total: Money
    units: int
    numbers: tuple[int, ...]
    placed_at: datetime
    paid_at: datetime | None
    is_pickup: bool
    is_ready: bool


@dataclass(frozen=True, slots=True)
class OrderPage:
    """`after` is what to ask the next page with, None on the last."""

    rows: tuple[OrderRow, ...]
    after: int | None


def listed(
    actor: Actor, view: View, *, text: str = "", after: int | None = None, limit: int = PAGE
) -> OrderPage:
    """What waits longest first where something is to be done, else newest first."""
    oldest_first = view in OLDEST_FIRST
    statement = (
        select(Order)
        .where(visible(actor, Order), *_of(view, actor))
        .order_by(*_in_order(oldest_first=oldest_first))
        .limit(limit + 1)
    )
    if after is not None:
        seen = select(Order.placed_at, Order.id).where(Order.id == after).scalar_subquery()
        place = tuple_(Order.placed_at, Order.id)
        statement = statement.where(place > seen if oldest_first else place < seen)
    if text.strip():
        statement = statement.where(_matches(text.strip(), actor))
    found = db.session.scalars(statement).all()
    rows = _rows(found[:limit], actor)
    return OrderPage(rows, rows[-1].id if len(found) > limit else None)


def counts(actor: Actor) -> dict[View, int]:
    """How many orders wait under each view; those done and all of them are not counted."""
    orders = OrderLine.order_id
    statement = (
        select(*(
            func.count(distinct(case((condition, orders)))).label(view.value)
            for view, condition in _CONDITIONS.items()
        ))
        .join(OrderDelivery, _same_delivery())
        .where(visible(actor, OrderLine), OrderLine.state.in_(_GOING))
    )  # fmt: skip
    row = db.session.execute(statement).one()
    found = {view: int(number) for view, number in zip(_CONDITIONS, row, strict=True)}
    found[View.ATTENTION] = (
        db.session.scalar(
            select(func.count())
            .select_from(Order)
            .where(visible(actor, Order), *_of(View.ATTENTION, actor))
        )
        or 0
    )
    return found


def waiting_longest(actor: Actor, view: View) -> datetime | None:
    """Since when the goods that wait longest under a view, and are not laid out, could be sent or
    laid out: they were there and paid for, and so was what they are to be sent with.
    """
    beside = aliased(OrderLine)
    last = (
        select(func.max(beside.available_at))
        .where(beside.order_id == Order.id, beside.quantity > beside.cancelled)
        .correlate(Order)
        .scalar_subquery()
    )
    since = case((Order.ship_together, last), else_=OrderLine.available_at)
    first: ColumnElement[datetime | None] = func.min(since)
    return db.session.scalar(
        select(first)
        .select_from(OrderLine)
        .join(Order, Order.id == OrderLine.order_id)
        .join(OrderDelivery, _same_delivery())
        .where(
            visible(actor, OrderLine),
            _CONDITIONS[view],
            OrderLine.state != LineState.READY_FOR_PICKUP,
        )
    )


_GOING = (
    LineState.AWAITING_PAYMENT,
    LineState.TO_FULFIL,
    LineState.PARTLY_SHIPPED,
    LineState.READY_FOR_PICKUP,
    LineState.SHIPPED,
)
_CONDITIONS: dict[View, ColumnElement[bool]] = {
    View.TO_PAY: OrderLine.state == LineState.AWAITING_PAYMENT,
    View.TO_SHIP: and_(
        OrderLine.state.in_((LineState.TO_FULFIL, LineState.PARTLY_SHIPPED)),
        OrderDelivery.method == DeliveryMethod.SHIP,
    ),
    View.TO_HAND_OVER: and_(
        OrderLine.state.in_((LineState.TO_FULFIL, LineState.READY_FOR_PICKUP)),
        OrderDelivery.method == DeliveryMethod.PICKUP,
    ),
    View.UNDER_WAY: OrderLine.state == LineState.SHIPPED,
}


def _in_order(*, oldest_first: bool) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    if oldest_first:
        return Order.placed_at.asc(), Order.id.asc()
    return Order.placed_at.desc(), Order.id.desc()


def _same_delivery() -> ColumnElement[bool]:
    return and_(
        OrderDelivery.order_id == OrderLine.order_id,
        OrderDelivery.merchant_id == OrderLine.merchant_id,
    )


def _of(view: View, actor: Actor) -> list[ColumnElement[bool]]:
    if view is View.ALL:
        return []
    if view is View.ATTENTION:
        return [Order.attention.is_not(None), _concerns(actor)]
    lines = (
        select(OrderLine.order_id)
        .join(OrderDelivery, _same_delivery())
        .where(visible(actor, OrderLine), _CONDITIONS[view])
    )
    return [Order.id.in_(lines)]


def _concerns(actor: Actor) -> ColumnElement[bool]:
    """The house sees to every question about an order; another merchant to its own parcels."""
    if runs_the_shop(actor):
        return true()
    return and_(
        Order.attention == Attention.PARCEL_PROBLEM,
        Order.id.in_(select(Parcel.order_id).where(*_in_trouble(actor))),
    )


def attention_of(order: Order, actor: Actor) -> str | None:
    """Why the reader must look at an order, None when the question is not theirs."""
    if order.attention is None or runs_the_shop(actor):
        return order.attention
    statement = select(Parcel.id).where(Parcel.order_id == order.id, *_in_trouble(actor)).limit(1)
    if order.attention != Attention.PARCEL_PROBLEM or db.session.scalar(statement) is None:
        return None
    return order.attention


def _in_trouble(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return visible(actor, Parcel), Parcel.state.in_(_TROUBLE)


def _matches(text: str, actor: Actor) -> ColumnElement[bool]:
    """Code, tracking number, № of a piece, end of the phone; names for those who may see them.

    Each way of knowing an order is asked for by itself: joined by OR none could use its index.
    """
    code = heard_code(text)[:_LONGEST_CODE]
    begins_so = Order.code.between(code, code + _LAST * _LONGEST_CODE)
    ways = [
        select(Order.id).where(begins_so if code else false()),
        select(Parcel.order_id).where(
            Parcel.tracking_number == "".join(text.split()).upper(), visible(actor, Parcel)
        ),
    ]
    digits = text.lstrip("№# ").strip()
    if digits.isascii() and digits.isdecimal() and len(digits) <= LONGEST_NUMBER:
        ways.append(
            select(OrderLine.order_id).where(
                OrderLine.number == int(digits), visible(actor, OrderLine)
            )
        )
        if len(digits) == _PHONE_TAIL:
            ways.append(select(Order.id).where(Order.phone_tail == digits))
    if actor.may("pii.view"):
        ways += [
            select(Order.id).where(Order.email == text.lower()),
            select(Order.id).where(Order.name.icontains(text, autoescape=True)),
            select(Order.id).where(Order.phone_tail == text[-_PHONE_TAIL:], Order.phone == text),
        ]
    return Order.id.in_(union_all(*ways))


def _rows(orders: Sequence[Order], actor: Actor) -> tuple[OrderRow, ...]:
    ids = [order.id for order in orders]
    lines: dict[int, list[OrderLine]] = defaultdict(list)
    own_lines = select(OrderLine).where(OrderLine.order_id.in_(ids), visible(actor, OrderLine))
    for line in db.session.scalars(own_lines.order_by(OrderLine.id)):
        lines[line.order_id].append(line)
    own_deliveries = select(OrderDelivery).where(
        OrderDelivery.order_id.in_(ids), visible(actor, OrderDelivery)
    )
    deliveries = {each.order_id: each for each in db.session.scalars(own_deliveries)}
    return tuple(_row(order, lines[order.id], deliveries.get(order.id), actor) for order in orders)


def _row(
    order: Order, lines: Sequence[OrderLine], delivery: OrderDelivery | None, actor: Actor
) -> OrderRow:
    return OrderRow(
        id=order.id,
        code=order.code,
        headline=own_headline(order, lines),
        attention=attention_of(order, actor),
        name=order.name,
        total=Money(sum(line.total for line in lines), order.currency),
        units=sum(line.quantity - line.cancelled for line in lines),
        numbers=tuple(line.number for line in lines),
        placed_at=order.placed_at,
        paid_at=order.paid_at,
        is_pickup=delivery is not None and delivery.method == DeliveryMethod.PICKUP,
        is_ready=delivery is not None and delivery.ready_at is not None,
    )


def own_headline(order: Order, lines: Sequence[OrderLine]) -> Headline:
    """The order in one word, as far as these lines go: another merchant's part is not told."""
    if order.headline == Headline.REFUNDED:
        return Headline.REFUNDED
    return headline([LineState(line.state) for line in lines], captured=0, refunded=0)
