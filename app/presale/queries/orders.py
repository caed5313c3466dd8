"""What orders say of those who joined, always fresh."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Row, func, select

from app.orders.models import (
    DuePurpose,
    Order,
    OrderDue,
    OrderLine,
    OrderRefund,
    OrderRefundLine,
)
from app.platform.db import db
from app.presale.models import SUPPLY, CampaignSku, Commitment, Participation


def order_of(order_id: int) -> Order:
    """The order behind a participation."""
    return db.session.get_one(Order, order_id, populate_existing=True)


def lines_to_join(order_id: int) -> dict[int, list[tuple[OrderLine, CampaignSku]]]:
    """An order's presale lines with their SKUs, by campaign in the order these are locked."""
    rows = db.session.execute(
        select(OrderLine, CampaignSku)
        .join(CampaignSku, CampaignSku.id == OrderLine.source_id)
        .where(OrderLine.order_id == order_id, OrderLine.supply == SUPPLY)
        .order_by(CampaignSku.campaign_id, OrderLine.id)
    )
    found: dict[int, list[tuple[OrderLine, CampaignSku]]] = {}
    for line, sku in rows:
        found.setdefault(sku.campaign_id, []).append((line, sku))
    return found


def commitments_of(order_id: int) -> Sequence[Row[Commitment, Participation, OrderLine]]:
    """Every commitment of an order with its participation and line."""
    return db.session.execute(
        select(Commitment, Participation, OrderLine)
        .join(Participation, Participation.id == Commitment.participation_id)
        .join(OrderLine, OrderLine.id == Commitment.line_id)
        .where(Participation.order_id == order_id)
        .order_by(Commitment.id)
        .execution_options(populate_existing=True)
    ).all()


def balances_of(order_id: int) -> dict[str, OrderDue]:
    """The balances an order was asked for, by subject."""
    statement = select(OrderDue).where(
        OrderDue.order_id == order_id, OrderDue.purpose == DuePurpose.BALANCE
    )
    rows = db.session.scalars(statement.execution_options(populate_existing=True))
    return {due.subject: due for due in rows}


def somebody_owes(subject: str) -> bool:
    """Whether any order still waits to pay its balance on this subject."""
    return last_balance_end(subject) is not None


def last_balance_end(subject: str) -> datetime | None:
    """When the last balance that is still owed on this subject ends; None when none is."""
    return db.session.scalar(
        select(func.max(OrderDue.closes_at)).where(
            OrderDue.purpose == DuePurpose.BALANCE,
            OrderDue.subject == subject,
            OrderDue.settled_at.is_(None),
            OrderDue.ended_at.is_(None),
        )
    )


def lines_with_money_under_way(order_id: int) -> set[int]:
    """Lines of which a decided refund has not arrived yet."""
    rows = db.session.scalars(
        select(OrderRefundLine.line_id)
        .join(OrderRefund, OrderRefund.id == OrderRefundLine.order_refund_id)
        .where(OrderRefund.order_id == order_id, OrderRefund.completed_at.is_(None))
    )
    return set(rows)
