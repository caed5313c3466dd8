"""What a link earns (R19): one level, a share of what was paid for goods and not paid back.

Shipping earns nothing, nor does a deposit that was lost, nor does sharing itself. Amounts are minor
units, rates hundredths of a percent.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

WHOLE = 10_000


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
    """By how much what was paid, and what it earns, differ from what is booked."""

    base: int
    amount: int


def earned(net: int, rate: int) -> int:
    """What a net amount earns; parts of a minor unit are not paid out."""
    return net * rate // WHOLE


def owed(lines: Iterable[PaidLine], rate: int) -> int:
    """What all lines of a link earn together, computed from nothing but the lines."""
    return sum(earned(line.net, rate) for line in lines)


def change(booked: int, line: PaidLine, rate: int) -> Change | None:
    """What is to be booked on a line whose net amount was `booked`; None when nothing is.

    Each amount is the difference of two totals, so that the entries of a line always sum to what
    its line earns now, whatever came between.
    """
    base = line.net - booked
    if not base or not rate:
        return None
    return Change(base, earned(line.net, rate) - earned(booked, rate))


def free_at(received_at: datetime | None, after_sales_days: int) -> datetime | None:
    """When no return can change a commission any more; None while the goods have not arrived."""
    return None if received_at is None else received_at + timedelta(days=after_sales_days)
