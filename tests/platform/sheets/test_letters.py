"""Lines break where a reader of Chinese or English would, and never leave their column."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.platform.sheets.paper.letters import lines, natural, one_line, width
from app.platform.sheets.paper.marks import Style
from tests.platform.sheets.example import HOSTILE
from tests.platform.sheets.reading import run_together

BODY = Style(8.5)
STRONG = Style(8.5, is_strong=True)
EM = width("长", BODY)


def test_a_text_that_fits_is_one_line():
    assert lines("京都染坊复刻衬衫", BODY, 100, 6) == ("京都染坊复刻衬衫",)


@pytest.mark.parametrize(
    ("signs", "expected"),
    [
        (4, ("请放门", "口，谢", "谢。（再", "见）吧")),
        (5, ("请放门口，", "谢谢。（再", "见）吧")),
    ],
)
def test_chinese_breaks_anywhere_but_before_what_closes_and_after_what_opens(signs, expected):
    assert lines("请放门口，谢谢。（再见）吧", BODY, signs * EM + 0.1, 6) == expected


def test_english_breaks_between_words():
    room = width("leave it at", BODY) + 0.1

    assert lines("leave it at the door", BODY, room, 6) == ("leave it at", "the door")


def test_a_word_wider_than_the_column_is_broken_anyway():
    broken = lines("x" * 100, BODY, 10, 50)

    assert "".join(broken) == "x" * 100
    assert all(width(line, BODY) <= 10 for line in broken)


def test_the_line_ends_of_the_writer_stay():
    assert lines("first\r\n\r\nsecond", BODY, 100, 6) == ("first", "second")


def test_what_is_left_out_is_told_by_an_ellipsis():
    broken = lines("请放门口" * 50, BODY, 20, 3)

    assert len(broken) == 3
    assert broken[-1].endswith("…")
    assert one_line("请放门口\n谢谢", BODY, 100) == "请放门口 谢谢"


def test_what_the_face_does_not_have_shows_as_a_box_and_emoji_not_at_all():
    assert lines("𠀀 🙏 ок", BODY, 100, 1) == ("□ ок",)


def test_a_strong_text_with_a_rare_character_is_still_lettered():
    assert lines("堃㛃國", STRONG, 100, 1) == ("堃㛃國",)
    assert width("國", STRONG) == pytest.approx(EM)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("room", [4.0, 30.0, 250.0])
def test_hostile_text_stays_in_its_column(text, room):
    broken = lines(text, BODY, room, 5)

    assert len(broken) <= 5
    assert all(width(line, BODY) <= room for line in broken)


@given(st.text(max_size=80), st.floats(min_value=8, max_value=120))
def test_nothing_is_lost_and_nothing_is_too_wide(text, room):
    broken = lines(text, BODY, room, 10_000)

    assert run_together("".join(broken)) == run_together("".join(lines(text, BODY, 10_000, 10_000)))
    assert all(width(line, BODY) <= room for line in broken)
    assert natural(text, BODY) >= max((width(line, BODY) for line in broken), default=0) - 0.01
