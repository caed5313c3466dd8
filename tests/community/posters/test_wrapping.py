"""Titles break between words, evenly, and nothing is left alone on a line."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.community.posters.wrapping import ELLIPSIS, cut, whole
from app.platform.fonts.lettering import Lettering

TITLE = Lettering("serif", 60)
WORDS = st.sampled_from(
    [
        *("复刻", "牛仔裤", "1960年代", "法国", "外套，", "靛蓝", "（第2批）", "帆布", "的", "、"),
        *("jacket ", "in ", "Portuguese ", "indigo, ", "twill ", "№ 12 ", "¥298 ", "size M "),
    ]
)


def test_a_title_that_fits_stays_on_one_line():
    assert whole("京都染坊复刻衬衫", TITLE, 500, most=3) == ("京都染坊复刻衬衫",)


def test_chinese_breaks_between_words_and_evenly():
    assert whole("京都染坊复刻衬衫", TITLE, 440, most=3) == ("京都染坊", "复刻衬衫")


def test_english_breaks_evenly():
    lines = whole("A reproduction of a French work jacket", TITLE, 620, most=3)

    assert lines == ("A reproduction of a", "French work jacket")


def test_a_number_keeps_its_unit():
    lines = whole("一件来自1960年代的外套", TITLE, 360, most=3)

    assert lines
    assert any("1960年代" in line for line in lines)


def test_a_pause_is_the_better_place():
    lines = whole("全额退还订金，原路退回", TITLE, 460, most=2)

    assert lines == ("全额退还订金，", "原路退回")


def test_what_does_not_fit_ends_in_one_ellipsis_on_the_last_line():
    text = "昭和时代日本制重磅丹宁直筒牛仔裤复刻版赤耳布料与手工染色棉麻混纺衬衫及同色系帆布托特包"

    lines = cut(text, TITLE, 500, most=3)

    assert whole(text, TITLE, 500, most=3) is None
    assert len(lines) == 3
    assert lines[2].endswith(ELLIPSIS)
    assert "".join(lines).count(ELLIPSIS) == 1
    assert text.startswith("".join(lines).removesuffix(ELLIPSIS))


def test_a_word_longer_than_a_line_is_broken_and_not_lost():
    lines = whole("Donaudampfschifffahrtsgesellschaft", TITLE, 400, most=4)

    assert lines
    assert "".join(lines) == "Donaudampfschifffahrtsgesellschaft"


@given(words=st.lists(WORDS, min_size=1, max_size=14), width=st.integers(320, 900))
@example(words=["复刻", "№ 12 ", "外套，"], width=320)
def test_every_line_is_within_the_width_and_begins_and_ends_well(words, width):
    lines = cut("".join(words), TITLE, width, most=3)

    assert 1 <= len(lines) <= 3
    for line in lines:
        assert TITLE.width(line) <= width + 1
        assert line[0] not in "，。、）」" or line == lines[0]
        assert line[-1] not in "（「¥№"


@given(words=st.lists(WORDS, min_size=1, max_size=14), width=st.integers(320, 900))
def test_a_whole_text_is_all_there(words, width):
    text = "".join(words)

    lines = whole(text, TITLE, width, most=20)

    assert lines
    assert "".join("".join(lines).split()) == "".join(text.split())


@pytest.mark.parametrize("text", ["", " ", "🐟"])
def test_nothing_takes_no_line(text):
    assert whole(text, TITLE, 400, most=3) == ()
