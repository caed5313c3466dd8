"""What came of links: openings, joins, money; in a handful of queries however many joined."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, case, func, select

from app.catalog.models import Product, Variant
from app.catalog.queries.variants import option_label
from app.community.models import LinkHour
from app.community.queries.commission import Commission, commissions
from app.orders.models import Order, OrderLine, OrderRefundLine
from app.platform.db import db
from app.platform.i18n import pick
from app.presale.models import CampaignSku, Commitment, Participation, QuotaSlice

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Figures:
    """One link in numbers. `opened` counts openings, `viewed` people by day, the rest joins.

    `people` are those who are in now, `units` theirs; `revenue` is what was paid for goods and not
    paid back, in minor units.
    """

    opened: int = 0
    viewed: int = 0
    joined: int = 0
    paid: int = 0
    refunded: int = 0
    people: int = 0
    units: int = 0
    revenue: int = 0
    commission: Commission = field(default_factory=Commission)


@dataclass(frozen=True, slots=True)
class Hour:
    """What happened on a link within one hour."""

    begins_at: datetime
    opened: int
    viewed: int
    joined: int


@dataclass(frozen=True, slots=True)
class Slice:
    """Units of a SKU kept for a link; `returned_at` says when the unused ones went back to all."""

    sku_id: int
    label: str
    quota: int
    used: int
    returns_at: datetime
    returned_at: datetime | None


def figures(link_ids: Iterable[int], *, now: datetime) -> dict[int, Figures]:
    """Every one of these links in numbers."""
    wanted = list(dict.fromkeys(link_ids))
    if not wanted:
        return {}
    looks, joins = _looks(wanted), _joins(wanted)
    money, refunds = _money(wanted), _refunds(wanted)
    earned = commissions(wanted, now=now)
    return {
        link_id: Figures(
            *looks.get(link_id, (0, 0)),
            *joins.get(link_id, (0, 0))[:2],
            refunds.get(link_id, 0),
            joins.get(link_id, (0, 0, 0))[2],
            *money.get(link_id, (0, 0)),
            earned.get(link_id, Commission()),
        )
        for link_id in wanted
    }


def hours(link_id: int, *, since: datetime, now: datetime) -> list[Hour]:
    """Each hour from `since` to now, also those in which nothing happened."""
    looks = {
        row.hour: row
        for row in db.session.scalars(
            select(LinkHour).where(LinkHour.link_id == link_id, LinkHour.hour >= since)
        )
    }
    joins = _joins_by_hour(link_id, since)
    first = since.replace(minute=0, second=0, microsecond=0)
    count = int((now - first) / HOUR) + 1
    begins = [first + HOUR * step for step in range(count)]
    return [
        Hour(
            begin,
            looks[begin].opened if begin in looks else 0,
            looks[begin].viewed if begin in looks else 0,
            joins.get(begin, 0),
        )
        for begin in begins
    ]


def slices(link_id: int) -> list[Slice]:
    """What is kept for a link, in the order the SKUs are shown."""
    rows = db.session.execute(
        select(QuotaSlice, Variant.options, Product.title)
        .join(CampaignSku, CampaignSku.id == QuotaSlice.sku_id)
        .join(Variant, Variant.id == CampaignSku.variant_id)
        .join(Product, Product.id == Variant.product_id)
        .where(QuotaSlice.link_id == link_id)
        .order_by(CampaignSku.position, CampaignSku.id)
    )
    return [
        Slice(
            part.sku_id, option_label(options) or pick(title), part.quota, part.used,
            part.returns_at, part.returned_at,
        )
        for part, options, title in rows
    ]  # fmt: skip


def _looks(link_ids: list[int]) -> Mapping[int, tuple[int, int]]:
    rows = db.session.execute(
        select(LinkHour.link_id, func.sum(LinkHour.opened), func.sum(LinkHour.viewed))
        .where(LinkHour.link_id.in_(link_ids))
        .group_by(LinkHour.link_id)
    )
    return {link_id: (int(opened), int(viewed)) for link_id, opened, viewed in rows}


def _joins(link_ids: list[int]) -> Mapping[int, tuple[int, int, int]]:
    """(joined, paid, still in) by link; who has a number has paid, or registered without money."""
    is_in: ColumnElement[int] = case(
        (Participation.number.is_not(None) & Participation.left_at.is_(None), 1), else_=0
    )
    rows = db.session.execute(
        select(
            Participation.link_id,
            func.count(),
            func.count(Participation.number),
            func.sum(is_in),
        )
        .where(Participation.link_id.in_(link_ids))
        .group_by(Participation.link_id)
    )
    return {link_id or 0: (joined, paid, int(still)) for link_id, joined, paid, still in rows}


def _money(link_ids: list[int]) -> Mapping[int, tuple[int, int]]:
    """(units, revenue) by link, of orders whose first payment has come."""
    paid_back = (
        select(func.coalesce(func.sum(OrderRefundLine.amount), 0))
        .where(OrderRefundLine.line_id == OrderLine.id)
        .correlate(OrderLine)
        .scalar_subquery()
    )
    paid = OrderLine.total - OrderLine.balance + OrderLine.balance_paid - OrderLine.forfeited
    rows = db.session.execute(
        select(
            Participation.link_id,
            func.sum(OrderLine.quantity - OrderLine.cancelled),
            func.sum(paid - paid_back),
        )
        .join(Commitment, Commitment.participation_id == Participation.id)
        .join(OrderLine, OrderLine.id == Commitment.line_id)
        .join(Order, Order.id == OrderLine.order_id)
        .where(Participation.link_id.in_(link_ids), Order.paid_at.is_not(None))
        .group_by(Participation.link_id)
    )
    return {link_id or 0: (int(units), int(revenue)) for link_id, units, revenue in rows}


def _refunds(link_ids: list[int]) -> Mapping[int, int]:
    """How many of those who paid were paid something back."""
    rows = db.session.execute(
        select(Participation.link_id, func.count(func.distinct(Participation.id)))
        .join(Commitment, Commitment.participation_id == Participation.id)
        .join(OrderRefundLine, OrderRefundLine.line_id == Commitment.line_id)
        .where(Participation.link_id.in_(link_ids))
        .group_by(Participation.link_id)
    )
    return {link_id or 0: count for link_id, count in rows}


def _joins_by_hour(link_id: int, since: datetime) -> dict[datetime, int]:
    found: dict[datetime, int] = {}
    rows = select(Participation.confirmed_at).where(
        Participation.link_id == link_id, Participation.confirmed_at >= since
    )
    for at in db.session.scalars(rows):
        if at is not None:
            hour = at.replace(minute=0, second=0, microsecond=0)
            found[hour] = found.get(hour, 0) + 1
    return found
