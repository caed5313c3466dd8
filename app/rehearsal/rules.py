"""Who joins a rehearsed campaign, with what, and how they behave: the same for the same campaign.

Nothing here is drawn by lot, so that a second rehearsal of a campaign tells the same story.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

LONGEST_QUEUE = 16
"""More buyers than this would not be done within a minute."""
USUAL_UNITS = 9
SHARE_WHEN_MISSED = 0.7
"""Of the threshold, so that it may still be extended (from three fifths on)."""
FEWEST = 4
"""Buyers there are at least, as long as there are units for them."""


class Outcome(StrEnum):
    """How the close is to go: met, or missed and then what the merchant decides.

    `default` is a merchant who decides nothing.
    """

    MET = "met"
    DEFAULT = "default"
    EXTEND = "extend"
    RUN = "run"
    REFUND = "refund"
    ASK = "ask"


class Manner(StrEnum):
    """How an invented buyer goes about the first payment, and what comes of it."""

    PAYS = "pays"
    PAYS_TWICE = "pays_twice"
    PAYS_LATE = "pays_late"
    NEVER_PAYS = "never_pays"
    LEAVES = "leaves"


@dataclass(frozen=True, slots=True)
class Part:
    """One invented buyer's part: units by place of the SKU, and when, as a share of the window."""

    buyer: int
    units: tuple[int, ...]
    at: float
    manner: Manner = Manner.PAYS


@dataclass(frozen=True, slots=True)
class Places:
    """What limits a campaign: a cap for each SKU (None for none), and units for one person."""

    caps: tuple[int | None, ...]
    limit: int | None = None
    threshold: int | None = None

    @property
    def most(self) -> int | None:
        """Units there are in all; None when there is no end of them."""
        return sum(cap or 0 for cap in self.caps) if None not in self.caps else None

    @property
    def reachable(self) -> int:
        """Units that the longest queue could take."""
        return LONGEST_QUEUE * self.share

    @property
    def share(self) -> int:
        """Units one buyer takes at most."""
        return self.limit or max(2, math.ceil((self.threshold or 0) / (LONGEST_QUEUE / 2)))


def lowered_threshold(places: Places) -> int | None:
    """The threshold for a rehearsal, where its buyers could not reach the real one."""
    if places.threshold is None or places.threshold <= places.reachable:
        return None
    return places.reachable


def cast(places: Places, outcome: Outcome) -> tuple[Part, ...]:
    """Everybody's part, in the order they come; who stays and pays makes the outcome."""
    shares = list(_shares(places, _wanted(places, outcome)))
    troubled = list(_with_trouble(places, shares))
    return tuple(
        Part(
            buyer=index,
            units=units,
            at=(index + 1) / (len(troubled) + 1),
            manner=manner,
        )
        for index, (units, manner) in enumerate(troubled)
    )


def latecomers(places: Places, joined: int, *, first: int) -> tuple[Part, ...]:
    """Who joins when a campaign below its threshold is open once more: as many as are missing."""
    shares = list(_shares(places, max((places.threshold or 0) - joined, 0)))
    return tuple(
        Part(first + index, units, (index + 1) / (len(shares) + 1))
        for index, units in enumerate(shares)
    )


def _wanted(places: Places, outcome: Outcome) -> int:
    """How many units are to be confirmed at the close."""
    threshold = places.threshold
    if threshold is None:
        usual = USUAL_UNITS if places.most is None else min(USUAL_UNITS, places.most)
        return min(usual, places.reachable)
    if outcome is Outcome.MET:
        return threshold
    return min(math.ceil(threshold * SHARE_WHEN_MISSED), threshold - 1)


def _shares(places: Places, wanted: int) -> Iterator[tuple[int, ...]]:
    """Units of each buyer, going round the SKUs, until so many are shared out."""
    left = [math.inf if cap is None else cap for cap in places.caps]
    each = min(places.share, max(1, math.ceil(wanted / FEWEST)))
    place = 0
    while wanted > 0 and any(left):
        take, units = min(each, wanted), [0] * len(left)
        for _turn in left:
            got = int(min(take, left[place]))
            units[place] += got
            left[place] -= got
            take -= got
            place = (place + 1) % len(left)
            if take == 0:
                break
        wanted -= sum(units)
        yield tuple(units)


def _with_trouble(
    places: Places, shares: Sequence[tuple[int, ...]]
) -> Iterator[tuple[tuple[int, ...], Manner]]:
    """Those who stay, one of whom pays twice and one late.

    Who never pays and who leaves come besides: their places are free again for the others.
    """
    one = (1, *(0 for _cap in places.caps[1:]))
    manners = {1: Manner.PAYS_TWICE, 2: Manner.PAYS_LATE}
    for index, units in enumerate(shares):
        yield units, manners.get(index, Manner.PAYS)
        if index == 0:
            yield one, Manner.NEVER_PAYS
            yield one, Manner.LEAVES
