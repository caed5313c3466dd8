"""The sums of an order's ledger: the only truth about its money."""

from __future__ import annotations

from sqlalchemy import func, select

from app.orders.models import LedgerEntry, LedgerKind, OrderRefund, OrderRefundLine
from app.platform.db import db


def sums(order_id: int) -> tuple[int, int]:
    """(captured, refunded) out of the ledger, both positive, in minor units."""
    rows = db.session.execute(
        select(LedgerEntry.kind, func.sum(LedgerEntry.amount))
        .where(LedgerEntry.order_id == order_id)
        .group_by(LedgerEntry.kind)
    )
    by_kind = {kind: int(total) for kind, total in rows}
    return by_kind.get(LedgerKind.CAPTURE, 0), -by_kind.get(LedgerKind.REFUND, 0)


def held(order_id: int) -> int:
    """What the shop still holds of a buyer's money: neither paid back nor lost to it."""
    entries = select(func.sum(LedgerEntry.amount)).where(LedgerEntry.order_id == order_id)
    return int(db.session.scalar(entries) or 0)


def came_in(payment_id: int) -> str | None:
    """The currency of the money an attempt brought; None while it has brought none."""
    entry = select(LedgerEntry.currency).where(
        LedgerEntry.payment_id == payment_id, LedgerEntry.kind == LedgerKind.CAPTURE
    )
    return db.session.scalar(entry.order_by(LedgerEntry.id.desc()).limit(1))


def is_booked(gateway: str, transaction_id: str, kind: LedgerKind) -> bool:
    """Whether a transaction stands in the ledger already, for whichever order."""
    entry = select(LedgerEntry.id).where(
        LedgerEntry.gateway == gateway,
        LedgerEntry.transaction_id == transaction_id,
        LedgerEntry.kind == kind,
    )
    return db.session.scalar(entry) is not None


def refunded_by_line(order_id: int) -> dict[int, int]:
    """What was decided to be paid back on each line, in minor units."""
    rows = db.session.execute(
        select(OrderRefundLine.line_id, func.sum(OrderRefundLine.amount))
        .join(OrderRefund, OrderRefund.id == OrderRefundLine.order_refund_id)
        .where(OrderRefund.order_id == order_id)
        .group_by(OrderRefundLine.line_id)
    )
    return {line_id: int(amount) for line_id, amount in rows}
