"""Keep what links have earned in step with their orders, in the orders' own transactions.

The caller holds the order's lock, so that two changes of one order queue up.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, insert, select

from app.community.models import CommissionEntry, CommissionKind
from app.community.queries.commission import Earning, by_order, earnings_of_order
from app.community.rules import commission
from app.community.rules.commission import Change
from app.platform.db import db
from app.platform.transaction import command


@command
def follow_order(order_id: int, reference: str, *, now: datetime) -> int:
    """Book what a change of an order makes of its commissions; returns how many entries.

    `reference` names the change: a confirmation, a balance, a refund decision. Again books nothing.
    """
    return sum(
        _book(earnings, reference, now=now) for earnings in by_order(earnings_of_order(order_id))
    )


def _book(earnings: Sequence[Earning], reference: str, *, now: datetime) -> int:
    """All earnings are one order's in one campaign: what limits an order limits them together."""
    booked = _booked(earnings)
    bases = [booked.get(earning.commitment_id, (0, 0))[0] for earning in earnings]
    lines = [earning.line for earning in earnings]
    changed = commission.changes(bases, lines, earnings[0].terms)
    for earning, change in zip(earnings, changed, strict=True):
        if change is not None:
            place = booked.get(earning.commitment_id, (0, 0))[1] + 1
            _write(earning, change, f"{place}:{reference}", now=now)
    return sum(change is not None for change in changed)


def _booked(earnings: Sequence[Earning]) -> dict[int, tuple[int, int]]:
    """By commitment, the base its entries sum to, and how many there are."""
    rows = db.session.execute(
        select(
            CommissionEntry.commitment_id,
            func.sum(CommissionEntry.base).label("base"),
            func.count().label("entries"),
        )
        .where(CommissionEntry.commitment_id.in_([each.commitment_id for each in earnings]))
        .group_by(CommissionEntry.commitment_id)
    )
    return {row.commitment_id: (int(row.base), int(row.entries)) for row in rows}


def _write(earning: Earning, change: Change, reference: str, *, now: datetime) -> None:
    kind = CommissionKind.ACCRUED if change.base > 0 else CommissionKind.REVERSED
    db.session.execute(
        insert(CommissionEntry).values(
            link_id=earning.link_id, commitment_id=earning.commitment_id, kind=kind,
            base=change.base, amount=change.amount, currency=earning.currency,
            reference=reference, booked_at=now,
        )
    )  # fmt: skip
