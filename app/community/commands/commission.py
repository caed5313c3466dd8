"""Keep what links have earned in step with their orders, in the orders' own transactions.

The caller holds the order's lock, so that two changes of one order queue up.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, insert, select

from app.community.models import CommissionEntry, CommissionKind
from app.community.queries.commission import Earning, earnings_of_order
from app.community.rules import commission
from app.platform.db import db
from app.platform.transaction import command


@command
def follow_order(order_id: int, reference: str, *, now: datetime) -> int:
    """Book what a change of an order makes of its commissions; returns how many entries.

    `reference` names the change: a confirmation, a balance, a refund decision. Again books nothing.
    """
    return sum(_book(earning, reference, now=now) for earning in earnings_of_order(order_id))


def _book(earning: Earning, reference: str, *, now: datetime) -> int:
    base, entries = db.session.execute(
        select(func.coalesce(func.sum(CommissionEntry.base), 0), func.count()).where(
            CommissionEntry.commitment_id == earning.commitment_id
        )
    ).one()
    changed = commission.change(int(base), earning.line, earning.rate)
    if changed is None:
        return 0
    kind = CommissionKind.ACCRUED if changed.base > 0 else CommissionKind.REVERSED
    db.session.execute(
        insert(CommissionEntry).values(
            link_id=earning.link_id, commitment_id=earning.commitment_id, kind=kind,
            base=changed.base, amount=changed.amount, currency=earning.currency,
            reference=f"{entries + 1}:{reference}", booked_at=now,
        )
    )  # fmt: skip
    return 1
