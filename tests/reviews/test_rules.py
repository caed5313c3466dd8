"""What reviews come to, without a shop around them."""

from __future__ import annotations

from datetime import timedelta

from app.reviews.models import Fit
from app.reviews.rules import CHANGEABLE_FOR, Summary, may_change
from tests.conftest import MONDAY


def fits(small=0, true=0, large=0):
    return {Fit.SMALL: small, Fit.TRUE: true, Fit.LARGE: large}


def test_the_average_has_one_decimal_and_nothing_has_none():
    assert Summary({5: 2, 4: 1, 1: 0}, fits()).average == 4.7
    assert Summary({5: 2, 4: 1}, fits()).count == 3
    assert Summary({}, fits()).average == 0.0


def test_fit_is_concluded_only_from_enough_people_of_one_mind():
    assert Summary({}, fits(small=2)).verdict is None
    assert Summary({}, fits(small=2, true=1)).verdict is Fit.SMALL
    assert Summary({}, fits(small=2, true=2)).verdict is None
    assert Summary({}, fits(true=1, large=9)).verdict is Fit.LARGE


def test_a_review_may_be_changed_for_fourteen_days_and_no_longer():
    assert may_change(MONDAY, now=MONDAY + CHANGEABLE_FOR - timedelta(seconds=1))
    assert not may_change(MONDAY, now=MONDAY + CHANGEABLE_FOR)
