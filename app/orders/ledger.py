"""The sums of an order's ledger: the only truth about its money."""

from __future__ import annotations

from sqlalchemy import func, select

from app.orders.models import LedgerEntry, LedgerKind
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
