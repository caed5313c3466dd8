"""What a link earns (R19): one level, a share of what was paid for goods and not paid back, at most
so much for one order.

Shipping earns nothing, nor does a deposit that was lost, nor does sharing itself. Amounts are minor
units, rates hundredths of a percent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

WHOLE = 10_000


@dataclass(frozen=True, slots=True)
class Terms:
    """What a link was promised when it was made; no `most` means that nothing limits an order."""

    rate: int
    most: int | None = None


@dataclass(frozen=True, slots=True)
class PaidLine:
    """What one commitment's line stands at: paid for goods and not lost, and paid back of it."""

    paid: int
    paid_back: int = 0

    @property
    def net(self) -> int:
        return max(self.paid - self.paid_back, 0)


@dataclass(frozen=True, slots=True)
class Change:
    """By how much what was paid for a line, and what its order earns, differ from the books."""

    base: int
    amount: int


def earned(nets: Iterable[int], terms: Terms) -> int:
    """What the net amounts of one order's lines earn; parts of a minor unit are not paid out."""
    whole = sum(net * terms.rate // WHOLE for net in nets)
    return whole if terms.most is None else min(whole, terms.most)


def owed(orders: Iterable[Iterable[PaidLine]], terms: Terms) -> int:
    """What all orders of a link earn together, computed from nothing but their lines."""
    return sum(earned((line.net for line in lines), terms) for lines in orders)


def changes(booked: Sequence[int], lines: Sequence[PaidLine], terms: Terms) -> list[Change | None]:
    """What is to be booked on each line of an order whose net amounts were `booked`; None for
    nothing.

    Each amount is the difference of two totals of the whole order, one line after the other, so
    that the entries of an order always sum to what it earns now, whatever came between.
    """
    stand = list(booked)
    found: list[Change | None] = []
    for place, line in enumerate(lines):
        before, base = earned(stand, terms), line.net - stand[place]
        stand[place] = line.net
        is_due = bool(base and terms.rate)
        found.append(Change(base, earned(stand, terms) - before) if is_due else None)
    return found


def received_by(now: datetime, after_sales_days: int) -> datetime:
    """When goods have come at the latest whose commission is free by now (`free_at`)."""
    return now - timedelta(days=after_sales_days)


def free_at(received_at: datetime | None, after_sales_days: int) -> datetime | None:
    """When no return can change a commission any more; None while the goods have not arrived."""
    return None if received_at is None else received_at + timedelta(days=after_sales_days)
