"""Yesterday in figures, beside the same weekday of the week before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from app.orders.models import (
    LedgerEntry,
    LedgerKind,
    Order,
    OrderDelivery,
    OrderLine,
    OrderRefund,
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
        .where(LedgerEntry.booked_at >= begins, LedgerEntry.booked_at < ends)
        .group_by(LedgerEntry.kind)
    )
    by_kind = {kind: int(total) for kind, total in rows}
    return by_kind.get(LedgerKind.CAPTURE, 0), -by_kind.get(LedgerKind.REFUND, 0)


def _taken_by(actor: Actor, begins: datetime, ends: datetime) -> int:
    paid = (Order.paid_at >= begins) & (Order.paid_at < ends)
    goods = (
        select(func.coalesce(func.sum(OrderLine.total), 0))
        .join(Order, Order.id == OrderLine.order_id)
        .where(visible(actor, OrderLine), paid)
    )
    fees = (
        select(func.coalesce(func.sum(OrderDelivery.fee), 0))
        .join(Order, Order.id == OrderDelivery.order_id)
        .where(visible(actor, OrderDelivery), paid)
    )
    return int(db.session.scalar(goods) or 0) + int(db.session.scalar(fees) or 0)


def _refunded_by(actor: Actor, begins: datetime, ends: datetime) -> int:
    statement = select(func.coalesce(func.sum(OrderRefund.amount), 0)).where(
        OrderRefund.merchant_id == actor.merchant_id,
        OrderRefund.decided_at >= begins,
        OrderRefund.decided_at < ends,
    )
    return int(db.session.scalar(statement) or 0)
