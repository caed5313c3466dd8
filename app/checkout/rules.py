"""Pure rules of checkout: how long goods are held, what a form amounts to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

SHIP, PICKUP = "ship", "pickup"

HOLD = timedelta(minutes=15)
HOLD_OF_A_PIECE = timedelta(minutes=10)


def hold_for(*, any_piece: bool, campaign_minutes: Iterable[int] = ()) -> timedelta:
    """One-of-a-kind goods are held more briefly, for the sake of the next person; a campaign says
    itself how long its units are.
    """
    usual = HOLD_OF_A_PIECE if any_piece else HOLD
    return min([usual, *(timedelta(minutes=minutes) for minutes in campaign_minutes)])


@dataclass(frozen=True, slots=True)
class Details:
    """A checkout form that holds: where to, to whom, paid how.

    `as_ready` sends each part when it is there; `answers` are those to a campaign's questions, by
    campaign.
    """

    method: str
    location_id: int | None
    email: str
    name: str
    phone: str
    address: Mapping[str, Any] | None
    region_code: str
    note: str
    gateway: str
    consents: frozenset[int]
    as_ready: bool = False
    is_anonymous: bool = False
    answers: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
