"""What a picture adds to its facts is true and in the reader's language."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from app.community.posters import words
from app.platform.i18n import speaking
from tests.community.posters.cast import facts

STANDINGS = [
    ({"joined": 0}, "0 of 100 needed", "0 / 100件成团"),
    ({"joined": 99}, "99 of 100 needed", "99 / 100件成团"),
    ({"joined": 100}, "Going ahead with 100 so far", "已成团，已有100件"),
    ({"joined": 112, "cap": 200}, "Going ahead, 112 of 200 taken", "已成团，已订112 / 200件"),
    ({"joined": 200, "cap": 200}, "All 200 taken", "200件已订满"),
    ({"goal": None, "cap": 40}, "All 40 taken", "40件已订满"),
    ({"goal": None, "joined": 7, "cap": 40}, "7 of 40 taken", "已订7 / 40件"),
    ({"goal": None, "joined": 1, "cap": 1}, "Taken", "已订出"),
    ({"goal": None}, "83 ordered so far", "已有83件"),
    ({"goal": None, "joined": 0}, "", ""),
]


@pytest.mark.parametrize(("changes", "english", "chinese"), STANDINGS)
def test_the_standing_says_what_the_count_means(changes, english, chinese):
    with speaking("en"):
        assert words.standing(facts(**changes)) == english
    with speaking("zh-Hans"):
        assert words.standing(facts(**changes)) == chinese


@pytest.mark.parametrize(
    ("zone", "closes_at", "english", "chinese"),
    [
        (
            "Asia/Shanghai",
            datetime(2026, 11, 30, 12, tzinfo=UTC),
            "30 Nov, 20:00 UTC+8",
            "11月30日 20:00",
        ),
        (
            "Europe/London",
            datetime(2026, 7, 1, 19, tzinfo=UTC),
            "1 Jul, 20:00 UTC+1",
            "7月1日 20:00 UTC+1",
        ),
        (
            "Europe/London",
            datetime(2026, 12, 1, 20, tzinfo=UTC),
            "1 Dec, 20:00 UTC",
            "12月1日 20:00 UTC",
        ),
        (
            "America/St_Johns",
            datetime(2026, 12, 1, 0, tzinfo=UTC),
            "30 Nov, 20:30 UTC-3:30",
            "11月30日 20:30 UTC-3:30",
        ),
    ],
)
def test_the_deadline_is_the_shops_hour_with_its_offset(zone, closes_at, english, chinese):
    told = facts(zone=ZoneInfo(zone), closes_at=closes_at)

    with speaking("en"):
        assert words.deadline(told) == f"Closes {english}"
    with speaking("zh-Hans"):
        assert words.deadline(told) == f"{chinese}截止"


def test_nobody_is_asked_to_join_what_is_taken():
    with speaking("en"):
        assert words.scanning(facts()) == "Press and hold, or scan, to join"
        assert words.scanning(facts(cap=83)) == "Press and hold, or scan, to have a look"


@pytest.mark.parametrize(
    "change",
    [{"joined": -1}, {"goal": 0}, {"cap": 0}, {"closes_at": datetime(2026, 11, 30)}],  # noqa: DTZ001
    ids=["joined", "goal", "cap", "naive deadline"],
)
def test_facts_that_cannot_be_are_refused(change):
    with pytest.raises(ValueError, match=r"no instant|below"):
        facts(**change)
