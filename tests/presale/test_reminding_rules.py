"""When somebody may be reminded, without a database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.platform.quiet_hours import is_quiet
from app.presale.models import ReminderOccasion
from app.presale.rules.reminding import is_slept_through, occasion
from app.presale.rules.stage import Stage
from tests.conftest import MONDAY

SHOP = ZoneInfo("Asia/Shanghai")


def at(hour: int, minute: int = 0, day: int = 23) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=SHOP).astimezone(UTC)


def test_the_quiet_hours_are_from_ten_at_night_to_nine_where_the_shop_is():
    assert [is_quiet(at(*hour), SHOP) for hour in ((21, 59), (22, 0), (8, 59), (9, 0))] == [
        False, True, True, False,
    ]  # fmt: skip
    assert is_quiet(at(23), ZoneInfo("Europe/Berlin")) is False


def test_the_quiet_hours_keep_to_the_clock_when_it_is_changed():
    berlin = ZoneInfo("Europe/Berlin")
    before, after = datetime(2026, 10, 24, 7, tzinfo=UTC), datetime(2026, 10, 25, 7, tzinfo=UTC)

    assert (is_quiet(before, berlin), is_quiet(after, berlin)) == (False, True)


@pytest.mark.parametrize(
    ("stage", "left", "found"),
    [
        (Stage.PREVIEW, 72, None),
        (Stage.UPCOMING, 72, ReminderOccasion.OPENING),
        (Stage.OPEN, 72, ReminderOccasion.CLOSING),
        (Stage.MET, 24, None),
        (Stage.FULL, 72, ReminderOccasion.OPENING),
        (Stage.REFUNDED, -1, ReminderOccasion.OPENING),
    ],
)
def test_what_somebody_can_be_reminded_of(stage, left, found):
    closes_at = MONDAY + timedelta(hours=left)

    assert occasion(stage, closes_at=closes_at, now=MONDAY) is found


@pytest.mark.parametrize(
    ("opens_at", "closes_at", "slept"),
    [
        (at(22), at(9, day=24), True),
        (at(22), at(9, 1, day=24), False),
        (at(1), at(9), True),
        (at(21, 59), at(23), False),
    ],
)
def test_a_window_is_slept_through_when_it_lies_in_the_quiet_hours(opens_at, closes_at, slept):
    assert is_slept_through(opens_at, closes_at, SHOP) is slept
