"""What each way out of a missed threshold does to people and money, before one is chosen."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, func, not_, select

from app.community.models import CommissionEntry, ShareLink
from app.orders.models import (
    Order,
    OrderDelivery,
    OrderLine,
    OrderRefund,
    OrderRefundLine,
)
from app.platform.configuration import settings
from app.platform.db import db
from app.platform.money import Money
from app.presale.models import Campaign, Commitment, Participation


@dataclass(frozen=True, slots=True)
class Effect:
    """Everything that could still be paid back, and what would be asked for if it is kept.

    `goods` and `delivery` are what paying everybody back costs, `balances` what is still to come,
    `commission` what leaders have earned so far.
    """

    people: int
    goods: Money
    delivery: Money
    balances: Money
    commission: Money

    @property
    def refund(self) -> Money:
        return self.goods + self.delivery


def effect(campaign: Campaign) -> Effect:
    """Four sums, fresh; the same that refunding would compute order by order."""
    goods, balances = _lines(campaign)
    return Effect(
        people=_people(campaign.id),
        goods=_money(goods),
        delivery=_money(_delivery(campaign)),
        balances=_money(balances),
        commission=_money(_commission(campaign.id)),
    )


def _people(campaign_id: int) -> int:
    statement = select(func.count()).where(
        Participation.campaign_id == campaign_id,
        Participation.confirmed_at.is_not(None),
        Participation.left_at.is_(None),
    )
    return db.session.scalar(statement) or 0


def _lines(campaign: Campaign) -> tuple[int, int]:
    """(paid and not paid back for units that are still to be sent, balances not paid yet)."""
    decided = (
        select(OrderRefundLine.line_id, func.sum(OrderRefundLine.amount).label("amount"))
        .join(OrderLine, OrderLine.id == OrderRefundLine.line_id)
        .where(OrderLine.subject == campaign.subject)
        .group_by(OrderRefundLine.line_id)
        .subquery()
    )
    asked = OrderLine.total - OrderLine.balance + OrderLine.balance_paid - OrderLine.forfeited
    of_the_rest = asked - asked * OrderLine.cancelled // OrderLine.quantity
    left = asked - func.coalesce(decided.c.amount, 0)
    lowest = case((of_the_rest < left, of_the_rest), else_=left)
    given_up = OrderLine.balance * OrderLine.cancelled // OrderLine.quantity
    to_come = OrderLine.balance - given_up - OrderLine.balance_paid
    statement = (
        select(
            func.sum(case((lowest > 0, lowest), else_=0)),
            func.sum(case((to_come > 0, to_come), else_=0)),
        )
        .select_from(Commitment)
        .join(OrderLine, OrderLine.id == Commitment.line_id)
        .join(Order, Order.id == OrderLine.order_id)
        .outerjoin(decided, decided.c.line_id == OrderLine.id)
        .where(
            Commitment.campaign_id == campaign.id,
            Order.paid_at.is_not(None),
            OrderLine.quantity > OrderLine.cancelled + OrderLine.shipped,
        )
    )
    goods, balances = db.session.execute(statement).one()
    return int(goods or 0), int(balances or 0)


def _delivery(campaign: Campaign) -> int:
    """Delivery fees of orders that hold nothing else that is still to be sent."""
    orders = select(Order.id).where(
        Order.paid_at.is_not(None),
        _has_line(OrderLine.subject == campaign.subject),
        not_(_has_line(OrderLine.subject != campaign.subject)),
    )
    fees = select(func.sum(OrderDelivery.fee)).where(OrderDelivery.order_id.in_(orders))
    paid_back = select(func.sum(OrderRefund.shipping_amount)).where(
        OrderRefund.order_id.in_(orders)
    )
    return max(int(db.session.scalar(fees) or 0) - int(db.session.scalar(paid_back) or 0), 0)


def _has_line(which: ColumnElement[bool]) -> ColumnElement[bool]:
    return (
        select(OrderLine.id)
        .where(OrderLine.order_id == Order.id, OrderLine.quantity > OrderLine.cancelled, which)
        .exists()
    )


def _commission(campaign_id: int) -> int:
    statement = (
        select(func.sum(CommissionEntry.amount))
        .join(ShareLink, ShareLink.id == CommissionEntry.link_id)
        .where(ShareLink.campaign_id == campaign_id)
    )
    return int(db.session.scalar(statement) or 0)


def _money(minor: int) -> Money:
    return Money(minor, settings().currency)
