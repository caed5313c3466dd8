"""What links have earned: booked entry by entry, computed anew, and how much of it is certain."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, false, func, or_, select

from app.community.models import CommissionEntry, ShareLink
from app.community.rules.commission import PaidLine, Terms, owed, received_by
from app.fulfilment.models import Parcel, ParcelLine
from app.orders.models import (
    DeliveryMethod,
    Order,
    OrderDelivery,
    OrderLine,
    OrderRefundLine,
)
from app.platform.db import db
from app.presale.models import Campaign, Commitment, Participation


@dataclass(frozen=True, slots=True)
class Earning:
    """One commitment that came through a link, as its order stands now."""

    commitment_id: int
    participation_id: int
    link_id: int
    terms: Terms
    currency: str
    line: PaidLine


@dataclass(frozen=True, slots=True)
class Commission:
    """What a link has earned, in minor units; `pending` can still be changed by a return."""

    confirmed: int = 0
    pending: int = 0

    @property
    def total(self) -> int:
        return self.confirmed + self.pending


def earnings_of_order(order_id: int) -> list[Earning]:
    """The commitments of an order that came through links, as its lines and refunds say."""
    statement = _earnings().where(Participation.order_id == order_id)
    return _listed(statement)


def by_order(earnings: Iterable[Earning]) -> list[list[Earning]]:
    """Apart for each order and campaign; they come sorted that way."""
    parts = groupby(earnings, key=lambda earning: earning.participation_id)
    return [list(part) for _participation, part in parts]


def recompute(link_id: int) -> int:
    """What a link has earned, from its orders alone; its entries sum to the same."""
    found = _listed(_earnings().where(Participation.link_id == link_id))
    orders = ([earning.line for earning in part] for part in by_order(found))
    return owed(orders, found[0].terms) if found else 0


def booked(link_id: int) -> int:
    """The sum of a link's entries."""
    total = select(func.coalesce(func.sum(CommissionEntry.amount), 0))
    return int(db.session.scalar(total.where(CommissionEntry.link_id == link_id)) or 0)


def commissions(link_ids: Iterable[int], *, now: datetime) -> dict[int, Commission]:
    """By link, what is certain and what may still change; links without entries are absent."""
    wanted = list(link_ids)
    orders = _by_order(CommissionEntry.link_id.in_(wanted)).subquery()
    is_certain = or_(
        false(),
        *(
            and_(orders.c.after_sales_days == days, orders.c.received_at <= received_by(now, days))
            for days in _times_for_returns(wanted)
        ),
    )
    rows = db.session.execute(
        select(
            orders.c.link_id,
            func.sum(orders.c.amount).label("amount"),
            func.sum(case((is_certain, orders.c.amount), else_=0)).label("confirmed"),
        ).group_by(orders.c.link_id)
    )
    return {
        row.link_id: Commission(int(row.confirmed), int(row.amount) - int(row.confirmed))
        for row in rows
    }


def _times_for_returns(link_ids: list[int]) -> list[int]:
    """The days for returns of the campaigns that these links share."""
    statement = (
        select(Campaign.after_sales_days)
        .join(ShareLink, ShareLink.campaign_id == Campaign.id)
        .where(ShareLink.id.in_(link_ids))
    )
    return list(db.session.scalars(statement.distinct()))


def received_at() -> ColumnElement[datetime | None]:
    """When everything somebody gets of a campaign had reached them; NULL while something of it has
    not. To be asked of a participation.
    """
    arrived = _arrived_at()
    is_awaited = and_(OrderLine.quantity > OrderLine.cancelled, arrived.is_(None))
    return (
        select(case((func.count(case((is_awaited, 1))) == 0, func.max(arrived))))
        .select_from(Commitment)
        .join(OrderLine, OrderLine.id == Commitment.line_id)
        .where(Commitment.participation_id == Participation.id)
        .correlate(Participation)
        .scalar_subquery()
    )


def _arrived_at() -> ColumnElement[datetime | None]:
    by_parcel = (
        select(func.max(Parcel.delivered_at))
        .join(ParcelLine, ParcelLine.parcel_id == Parcel.id)
        .where(ParcelLine.order_line_id == OrderLine.id)
        .correlate(OrderLine)
        .scalar_subquery()
    )
    by_hand = (
        select(OrderDelivery.picked_up_at)
        .where(
            OrderDelivery.order_id == OrderLine.order_id,
            OrderDelivery.merchant_id == OrderLine.merchant_id,
            OrderDelivery.method == DeliveryMethod.PICKUP,
        )
        .correlate(OrderLine)
        .scalar_subquery()
    )
    has_all = and_(
        OrderLine.delivered > 0, OrderLine.delivered >= OrderLine.quantity - OrderLine.cancelled
    )
    return case((has_all, func.coalesce(by_hand, by_parcel)))


def _earnings() -> Select[int, int, int, int, int | None, str, int, int, int, int, int]:
    paid_back = (
        select(func.coalesce(func.sum(OrderRefundLine.amount), 0))
        .where(OrderRefundLine.line_id == OrderLine.id)
        .correlate(OrderLine)
        .scalar_subquery()
    )
    return (
        select(
            Commitment.id,
            Participation.id.label("participation_id"),
            ShareLink.id.label("link_id"),
            ShareLink.commission_bp.label("rate"),
            ShareLink.commission_cap.label("most"),
            Order.currency,
            OrderLine.total,
            OrderLine.balance,
            OrderLine.balance_paid,
            OrderLine.forfeited,
            paid_back.label("paid_back"),
        )
        .join(Participation, Participation.id == Commitment.participation_id)
        .join(ShareLink, ShareLink.id == Participation.link_id)
        .join(OrderLine, OrderLine.id == Commitment.line_id)
        .join(Order, Order.id == OrderLine.order_id)
        .where(Order.paid_at.is_not(None))
    )


def _listed(statement: Select[*tuple[Any, ...]]) -> list[Earning]:
    rows = db.session.execute(statement.order_by(Participation.id, Commitment.id))
    return [_earning(row) for row in rows]


def _earning(row: Row[*tuple[Any, ...]]) -> Earning:
    paid = row.total - row.balance + row.balance_paid - row.forfeited
    return Earning(
        row.id, row.participation_id, row.link_id, Terms(row.rate, row.most), row.currency,
        PaidLine(paid, int(row.paid_back)),
    )  # fmt: skip


def _by_order(which: ColumnElement[bool]) -> Select[int, int, datetime | None, int]:
    return (
        select(
            CommissionEntry.link_id,
            func.sum(CommissionEntry.amount).label("amount"),
            received_at().label("received_at"),
            Campaign.after_sales_days,
        )
        .join(Commitment, Commitment.id == CommissionEntry.commitment_id)
        .join(Participation, Participation.id == Commitment.participation_id)
        .join(Campaign, Campaign.id == Participation.campaign_id)
        .where(which)
        .group_by(CommissionEntry.link_id, Participation.id, Campaign.after_sales_days)
    )
