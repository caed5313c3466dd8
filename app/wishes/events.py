"""Facts of wishes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from app.platform.facts import Fact


@dataclass(frozen=True)
class AlertAsked(Fact):
    """An address was left that nobody has confirmed yet."""

    name: ClassVar[str] = "wishes.alert_asked.v1"

    alert_id: int
    at: datetime


@dataclass(frozen=True)
class AlertDue(Fact):
    """An address is to be told that a product can be had."""

    name: ClassVar[str] = "wishes.alert_due.v1"

    alert_id: int
    product_id: int
    at: datetime


@dataclass(frozen=True)
class SimilarArrived(Fact):
    """A piece came of a kind that somebody waits for."""

    name: ClassVar[str] = "wishes.similar_arrived.v1"

    product_id: int
    at: datetime
