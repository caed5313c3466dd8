"""How long a review may be changed, when buyers are asked for one, and how fit is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from app.reviews.models import Fit

CHANGEABLE_FOR = timedelta(days=14)
INVITED_AFTER = timedelta(days=7)
"""How long after something has arrived its buyer is asked."""
UNSENT_FOR = timedelta(days=7)
"""How long photographs wait for a review that is begun and not sent."""
LONGEST_TEXT: Final = 2000
LONGEST_NAME: Final = 40
LONGEST_REPLY: Final = 1000
MOST_PHOTOS: Final = 6
LONGEST_ALT: Final = 200
ENOUGH_FITS: Final = 3
"""Of fewer opinions nothing is concluded."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What all published reviews of a product come to: how many of each star, of each fit."""

    stars: Mapping[int, int]
    fits: Mapping[Fit, int]

    @property
    def count(self) -> int:
        return sum(self.stars.values())

    @property
    def average(self) -> float:
        """To one decimal, 0 without reviews."""
        total = sum(stars * number for stars, number in self.stars.items())
        return round(total / self.count, 1) if self.count else 0.0

    @property
    def fit_count(self) -> int:
        return sum(self.fits.values())

    @property
    def verdict(self) -> Fit | None:
        """What more than half of enough people say of its fit."""
        if self.fit_count < ENOUGH_FITS:
            return None
        return next((fit for fit, number in self.fits.items() if number * 2 > self.fit_count), None)


def may_change(written_at: datetime, *, now: datetime) -> bool:
    return now < written_at + CHANGEABLE_FOR
