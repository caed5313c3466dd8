"""Whether a campaign has enough, what a pack needs, and what is done below a threshold (R11, R12).

Only confirmed commitments count, never holds. A pack is never opened by tolerance alone (the rule
of food cooperatives, Foodsoft).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

EXTEND_AT_LEAST = 0.6
EXTEND_AT_MOST = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Wish:
    """One commitment: `quantity` wanted, `tolerance` more taken if a pack needs them.

    `number` is its place in the sequence; lower came first.
    """

    id: int
    quantity: int
    tolerance: int = 0
    number: int = 0


@dataclass(frozen=True, slots=True)
class Counted:
    """Confirmed units, tolerance on top, and orders from before the close that are not paid yet."""

    quantity: int
    tolerance: int
    unsettled: int


class Verdict(StrEnum):
    MET = "met"
    MISSED = "missed"
    UNDECIDED = "undecided"


def reached(*, quantity: int, tolerance: int, threshold: int | None) -> bool:
    """Whether confirmed units are enough; without a threshold one is.

    Tolerance helps only what somebody wants anyway.
    """
    needed = threshold or 1
    return quantity >= needed or (quantity > 0 and quantity + tolerance >= needed)


def missing(*, quantity: int, tolerance: int, threshold: int | None) -> int:
    """How many units are still missing; 0 when it is reached or there is no threshold."""
    if threshold is None or reached(quantity=quantity, tolerance=tolerance, threshold=threshold):
        return 0
    return threshold - quantity - (tolerance if quantity else 0)


def verdict(
    counted: Counted, *, threshold: int | None, waits_until: datetime, now: datetime
) -> Verdict:
    """How a closed window ends. Met at once; missed only when nobody can still pay in time."""
    if reached(quantity=counted.quantity, tolerance=counted.tolerance, threshold=threshold):
        return Verdict.MET
    return Verdict.UNDECIDED if counted.unsettled and now < waits_until else Verdict.MISSED


def may_extend(
    *, quantity: int, threshold: int, was_extended: bool, closes_at: datetime, until: datetime
) -> bool:
    """Once, by at most seven days, and only from three fifths of the threshold on."""
    return (
        not was_extended
        and quantity >= threshold * EXTEND_AT_LEAST
        and closes_at < until <= closes_at + EXTEND_AT_MOST
    )


def packs(*, quantity: int, tolerance: int, pack_size: int) -> int:
    """How many whole packs are ordered: 2+2 of four is one, 4+4 is one, 5+3 is two."""
    full, rest = divmod(quantity, pack_size)
    return full + 1 if rest and rest + tolerance >= pack_size else full


def fill_packs(wishes: Sequence[Wish], pack_size: int) -> dict[int, int]:
    """How many units each wish gets when only whole packs are made; who came first is served first.

    Everybody's quantity is served before anybody's tolerance; no unit is left over.
    """
    ordered = sorted(wishes, key=lambda wish: (wish.number, wish.id))
    quantity = sum(wish.quantity for wish in ordered)
    tolerance = sum(wish.tolerance for wish in ordered)
    left = packs(quantity=quantity, tolerance=tolerance, pack_size=pack_size) * pack_size
    shares = dict.fromkeys((wish.id for wish in ordered), 0)
    for wish in ordered:
        shares[wish.id] = min(wish.quantity, left)
        left -= shares[wish.id]
    for wish in ordered:
        extra = min(wish.tolerance, left)
        shares[wish.id] += extra
        left -= extra
    return shares
