"""Facts that presales tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from app.platform.facts import Fact


@dataclass(frozen=True)
class CampaignMoved(Fact):
    """A campaign went from one state to another."""

    name: ClassVar[str] = "presale.moved.v1"

    campaign_id: int
    before: str
    after: str
    at: datetime


@dataclass(frozen=True)
class StandingChanged(Fact):
    """Something a campaign's page shows has changed: who joined, how much is free, the dates."""

    name: ClassVar[str] = "presale.standing_changed.v1"

    campaign_id: int
    at: datetime


@dataclass(frozen=True)
class JoinConfirmed(Fact):
    """A participation has its first payment and its number."""

    name: ClassVar[str] = "presale.join_confirmed.v1"

    participation_id: int
    at: datetime


@dataclass(frozen=True)
class JoinChanged(Fact):
    """A participation's commitments or money have changed after it was confirmed."""

    name: ClassVar[str] = "presale.join_changed.v1"

    participation_id: int
    at: datetime


@dataclass(frozen=True)
class Notice(Fact):
    """Somebody who joined is to be told something: `word` says what, `key` which time it is."""

    name: ClassVar[str] = "presale.notice.v1"

    participation_id: int
    word: str
    key: str
    at: datetime


@dataclass(frozen=True)
class WishMade(Fact):
    """Somebody asked to wait, or to take part in a draw; also when they did so before."""

    name: ClassVar[str] = "presale.wish_made.v1"

    entry_id: int
    at: datetime


@dataclass(frozen=True)
class PlaceOffered(Fact):
    """The next on a waiting list may join until the offer ends."""

    name: ClassVar[str] = "presale.place_offered.v1"

    entry_id: int
    at: datetime


@dataclass(frozen=True)
class PlaceLost(Fact):
    """An offer ended without an answer and passed on."""

    name: ClassVar[str] = "presale.place_lost.v1"

    entry_id: int
    at: datetime


@dataclass(frozen=True)
class ReminderAsked(Fact):
    """An address was left to be reminded of a campaign; whose it is has yet to be confirmed."""

    name: ClassVar[str] = "presale.reminder_asked.v1"

    reminder_id: int
    at: datetime


@dataclass(frozen=True)
class ReminderDue(Fact):
    """What somebody wanted to be reminded of can be joined now, or soon no longer."""

    name: ClassVar[str] = "presale.reminder_due.v1"

    reminder_id: int
    campaign_id: int
    at: datetime
