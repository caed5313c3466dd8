"""Which price before may be shown struck out. Pure; docs/pricing.md has the rule and its table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import zip_longest

LOOKED_BACK = timedelta(days=30)
"""Directive 98/6/EC art. 6a (as amended by 2019/2161): the price before a reduction is the lowest
that was applied in at least the 30 days before it. The seven days of the Chinese Provisions on
Clearly Marked Prices and Against Price Fraud (SAMR order 56, 2022-07-01) lie within them.
"""

LEAST_ON_SALE = timedelta(days=7)
"""For so long of those days it must have been on sale: a price asked for a moment is none."""


@dataclass(frozen=True, slots=True)
class Asked:
    """From `at` on it is sold at `price` in minor units; None means that it is not on sale."""

    price: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Period:
    """Sold at `price` in [start, end); an `end` of None is still to come."""

    price: int
    start: datetime
    end: datetime | None


def periods(history: Sequence[Asked]) -> Iterator[Period]:
    """When it was on sale at what price; `history` is in order of time."""
    for asked, after in zip_longest(history, history[1:]):
        end = after.at if after else None
        if asked.price is not None and end != asked.at:
            yield Period(asked.price, asked.at, end)


def lowest_before(history: Sequence[Asked]) -> int | None:
    """The lowest price of the 30 days before the price of now began; None where it was on sale for
    less than seven of them, or is not on sale.
    """
    known = list(periods(history))
    if not known or known[-1].end is not None:
        return None
    price = known[-1].price
    others = [place for place, period in enumerate(known) if period.price != price]
    begun = known[others[-1] + 1].start if others else known[0].start
    earliest = begun - LOOKED_BACK
    within = [
        (period.price, min(period.end, begun) - max(period.start, earliest))
        for period in known
        if period.end is not None and period.start < begun and period.end > earliest
    ]
    if sum((length for _price, length in within), timedelta()) < LEAST_ON_SALE:
        return None
    return min(price for price, _length in within)


def struck(*, price: int, compare_at: int | None, lowest: int | None) -> int | None:
    """The price before as it may be shown: above the price of now, and never above the lowest of
    the 30 days before it.
    """
    if compare_at is None or lowest is None or not price < compare_at <= lowest:
        return None
    return compare_at
