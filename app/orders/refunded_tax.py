"""What of an amount paid back is tax: its part of the line's or the fee's, so that all of it paid
back gives back all of the tax.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import ColumnElement, func, or_, select

from app.orders.ledger import refunded_by_line
from app.orders.locks import deliveries_of
from app.orders.models import OrderLine, OrderRefund, OrderRefundLine
from app.orders.tax import part_of
from app.platform.actor import Actor
from app.platform.db import db


def line_taxes(lines: Iterable[OrderLine], amounts: Mapping[int, int]) -> dict[int, int]:
    """Minor units of tax by line in what is about to be paid back on each."""
    known = list(lines)
    already = refunded_by_line(known[0].order_id) if any(line.tax for line in known) else {}
    return {
        line.id: part_of(
            line.tax, total=line.total, amount=amounts[line.id], before=already.get(line.id, 0)
        )
        for line in known
    }


def shipping_tax(order_id: int, amount: int, actor: Actor) -> int:
    """Minor units of tax in what is about to be paid back of the delivery."""
    fees = {
        merchant: delivery
        for merchant, delivery in deliveries_of(order_id).items()
        if actor.kind == "system" or merchant == actor.merchant_id
    }
    tax = sum(each.tax for each in fees.values())
    total = sum(each.fee for each in fees.values())
    if not amount or not tax:
        return 0
    before = db.session.scalar(
        select(func.coalesce(func.sum(OrderRefund.shipping_amount), 0)).where(
            OrderRefund.order_id == order_id,
            or_(OrderRefund.merchant_id.is_(None), OrderRefund.merchant_id.in_(list(fees))),
        )
    )
    return part_of(tax, total=total, amount=amount, before=min(int(before or 0), total - amount))


def tax_of_decision(decision_id: int) -> int:
    """Minor units of tax in one decision to pay back."""
    return _tax_of(OrderRefund.id == decision_id)


def tax_paid_back(order_id: int) -> int:
    """Minor units of tax in all that was decided to be paid back."""
    return _tax_of(OrderRefund.order_id == order_id)


def _tax_of(which: ColumnElement[bool]) -> int:
    of_lines = (
        select(func.coalesce(func.sum(OrderRefundLine.tax), 0))
        .join(OrderRefund, OrderRefund.id == OrderRefundLine.order_refund_id)
        .where(which)
        .scalar_subquery()
    )
    of_delivery = (
        select(func.coalesce(func.sum(OrderRefund.shipping_tax), 0)).where(which).scalar_subquery()
    )
    return int(db.session.scalar(select(of_lines + of_delivery)) or 0)
