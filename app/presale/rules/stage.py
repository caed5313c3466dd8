"""Where a campaign stands, as everybody is told: a pure function of its state, the hour and what is
left.

The clockwork moves states a little after their instant; a page must not. So the hour decides beside
the state: a window that is over is being counted, whether or not anybody has begun to.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.presale.models import CampaignState as C
from app.presale.rules.moves import RUNNING


class Stage(StrEnum):
    """What a campaign's page speaks of. `deciding` waits for the merchant, `asking` for buyers."""

    PREVIEW = "preview"
    UPCOMING = "upcoming"
    OPEN = "open"
    MET = "met"
    FULL = "full"
    COUNTING = "counting"
    DECIDING = "deciding"
    ASKING = "asking"
    AGREED = "agreed"
    MAKING = "making"
    ARRIVING = "arriving"
    BALANCE = "balance"
    BALANCE_OVER = "balance_over"
    SENDING = "sending"
    DONE = "done"
    REFUNDING = "refunding"
    REFUNDED = "refunded"


JOINABLE_STAGES = frozenset({Stage.OPEN, Stage.MET})
BEFORE_CLOSE = frozenset({Stage.PREVIEW, Stage.UPCOMING, Stage.OPEN, Stage.MET, Stage.FULL})
GIVEN_UP = frozenset({Stage.REFUNDING, Stage.REFUNDED})

_BY_STATE = {
    C.DRAFT: Stage.PREVIEW,
    C.PREVIEW: Stage.PREVIEW,
    C.SUCCEEDED: Stage.AGREED,
    C.IN_PRODUCTION: Stage.MAKING,
    C.ARRIVING: Stage.ARRIVING,
    C.BALANCE_OPEN: Stage.BALANCE,
    C.BALANCE_CLOSED: Stage.BALANCE_OVER,
    C.FULFILLING: Stage.SENDING,
    C.COMPLETED: Stage.DONE,
    C.FAILED: Stage.REFUNDING,
    C.CANCELLED: Stage.REFUNDING,
    C.REFUNDING: Stage.REFUNDING,
    C.REFUNDED: Stage.REFUNDED,
}


def is_given_up(state: C) -> bool:
    """Whether nothing comes of it any more and whoever has paid is paid back."""
    return _BY_STATE.get(state) in GIVEN_UP


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides: `is_met` only where there is a threshold, `has_free` when anything can still be
    joined, `is_asking` while buyers are asked whether it should go ahead.
    """

    state: C
    opens_at: datetime
    closes_at: datetime
    has_free: bool = True
    is_met: bool = False
    decide_by: datetime | None = None
    is_asking: bool = False


def stage_of(facts: Facts, *, now: datetime) -> Stage:
    """The stage at an instant; windows are half-open, [opens_at, closes_at)."""
    state = facts.state
    if state in _BY_STATE:
        return _BY_STATE[state]
    if state is C.CLOSING or (state in RUNNING and now >= facts.closes_at):
        return _after_close(facts)
    if now < facts.opens_at or state is C.SCHEDULED:
        return Stage.UPCOMING
    if state is C.SOLD_OUT or not facts.has_free:
        return Stage.FULL
    return Stage.MET if facts.is_met else Stage.OPEN


def _after_close(facts: Facts) -> Stage:
    if facts.is_asking:
        return Stage.ASKING
    return Stage.DECIDING if facts.decide_by is not None else Stage.COUNTING
