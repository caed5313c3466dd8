"""Facts of reviews."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from app.platform.facts import Fact


@dataclass(frozen=True)
class ReviewRejected(Fact):
    """A review is not shown; its author is told why."""

    name: ClassVar[str] = "reviews.rejected.v1"

    review_id: int
    at: datetime


@dataclass(frozen=True)
class ReviewAnswered(Fact):
    """The shop has answered a review for the first time."""

    name: ClassVar[str] = "reviews.answered.v1"

    review_id: int
    at: datetime


@dataclass(frozen=True)
class InvitationDue(Fact):
    """A buyer is asked how it is."""

    name: ClassVar[str] = "reviews.invitation_due.v1"

    order_id: int
    at: datetime


@dataclass(frozen=True)
class PhotoKept(Fact):
    """A photograph was sent with a review; its smaller files are wanted."""

    name: ClassVar[str] = "reviews.photo_kept.v1"

    photo_id: int
    at: datetime


@dataclass(frozen=True)
class PhotoDropped(Fact):
    """A photograph is no longer part of a review; its files are to go."""

    name: ClassVar[str] = "reviews.photo_dropped.v1"

    line_id: int
    photo: str
    at: datetime
