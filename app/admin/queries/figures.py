"""Yesterday in figures, beside the same weekday of the week before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    and_,
    exists,
    func,
    or_,
    select,
)

from app.orders.models import (
    DuePurpose,
    LedgerEntry,
    LedgerKind,
    Order,
    OrderDelivery,
    OrderDue,
    OrderLine,
    OrderRefund,
    OrderRefundLine,
)
from app.platform.actor import Actor
from app.platform.configuration import settings
from app.platform.db import db
from app.platform.money import Money
from app.platform.rbac import visible
from app.shop.permissions import runs_the_shop

ONE_DAY = timedelta(days=1)
ONE_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Day:
    """Orders placed, money taken, money paid back, within one day of the shop's zone."""

    begins_at: datetime
    orders: int
    taken: Money
    refunded: Money


@dataclass(frozen=True, slots=True)
class Yesterday:
    day: Day
    week_before: Day


def of_yesterday(actor: Actor, *, now: datetime, zone: ZoneInfo) -> Yesterday:
    """The house reads the shop's ledger; another merchant what concerned their own goods."""
    begins = midnight(now, zone, days_back=1)
    before = midnight(now, zone, days_back=8)
    return Yesterday(_day(actor, begins, zone), _day(actor, before, zone))


def midnight(now: datetime, zone: ZoneInfo, *, days_back: int) -> datetime:
    """When a day began by the shop's clock; days need not have 24 hours."""
    day = now.astimezone(zone).date() - timedelta(days=days_back)
    return datetime(day.year, day.month, day.day, tzinfo=zone)


def _day(actor: Actor, begins: datetime, zone: ZoneInfo) -> Day:
    ends = midnight(begins, zone, days_back=-1)
    currency = settings().currency
    orders = db.session.scalar(
        select(func.count())
        .select_from(Order)
        .where(visible(actor, Order), Order.placed_at >= begins, Order.placed_at < ends)
    )
    if runs_the_shop(actor):
        taken, refunded = _of_the_shop(begins, ends)
    else:
        taken, refunded = _taken_by(actor, begins, ends), _refunded_by(actor, begins, ends)
    return Day(begins, orders or 0, Money(taken, currency), Money(refunded, currency))


def _of_the_shop(begins: datetime, ends: datetime) -> tuple[int, int]:
    rows = db.session.execute(
        select(LedgerEntry.kind, func.sum(LedgerEntry.amount))
        .where(
            _within(LedgerEntry.booked_at, begins, ends),
            LedgerEntry.currency == settings().currency,
        )
        .group_by(LedgerEntry.kind)
    )
    by_kind = {kind: int(total) for kind, total in rows}
    return by_kind.get(LedgerKind.CAPTURE, 0), -by_kind.get(LedgerKind.REFUND, 0)


def _taken_by(actor: Actor, begins: datetime, ends: datetime) -> int:
    """What was asked for at once of orders paid that day, and the balances that came that day."""
    at_once = OrderLine.total - OrderLine.balance
    goods = _sum(at_once).join(Order, Order.id == OrderLine.order_id)
    balances = _sum(OrderLine.balance_paid).join(
        OrderDue,
        and_(
            OrderDue.order_id == OrderLine.order_id,
            OrderDue.subject == OrderLine.subject,
            OrderDue.purpose == DuePurpose.BALANCE,
        ),
    )
    fees = _sum(OrderDelivery.fee).join(Order, Order.id == OrderDelivery.order_id)
    paid, settled = (_within(at, begins, ends) for at in (Order.paid_at, OrderDue.settled_at))
    own_lines = visible(actor, OrderLine)
    return sum(
        int(db.session.scalar(statement) or 0)
        for statement in (
            goods.where(own_lines, paid),
            balances.where(own_lines, settled),
            fees.where(visible(actor, OrderDelivery), paid),
        )
    )


def _refunded_by(actor: Actor, begins: datetime, ends: datetime) -> int:
    """What was decided that day to be paid back on their lines, by them or by itself; and of the
    delivery, where no other merchant sends anything of the order.
    """
    decided = _within(OrderRefund.decided_at, begins, ends)
    lines = (
        _sum(OrderRefundLine.amount)
        .join(OrderRefund, OrderRefund.id == OrderRefundLine.order_refund_id)
        .join(OrderLine, OrderLine.id == OrderRefundLine.line_id)
        .where(visible(actor, OrderLine), decided)
    )
    of_the_order = OrderDelivery.order_id == OrderRefund.order_id
    mine = OrderDelivery.merchant_id == actor.merchant_id
    alone = exists().where(of_the_order, mine) & ~exists().where(of_the_order, ~mine)
    by_itself = OrderRefund.merchant_id.is_(None) & alone
    delivery = _sum(OrderRefund.shipping_amount).where(
        decided, or_(OrderRefund.merchant_id == actor.merchant_id, by_itself)
    )
    return int(db.session.scalar(lines) or 0) + int(db.session.scalar(delivery) or 0)


def _sum(amount: SQLColumnExpression[int]) -> Select[int]:
    return select(func.coalesce(func.sum(amount), 0))


def _within(
    at: SQLColumnExpression[datetime | None], begins: datetime, ends: datetime
) -> ColumnElement[bool]:
    return and_(at >= begins, at < ends)
