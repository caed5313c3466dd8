"""How Chinese is typed in Latin letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search.characters import readings, simplified, syllables
from app.search.sounds import heard, sounds, spoken


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("牛仔裤", {"py=niuzaiku", "pi=nzk", "py=niu", "py=zai", "py=ku"}),
        ("长裙", {"py=changqun", "py=zhangqun", "pi=cq", "pi=zq"}),
        ("绿色", {"py=lvse", "pi=ls", "py=lv"}),
        ("羊毛 wool 大衣", {"py=yangmao", "py=dayi", "pi=dy"}),
    ],
)
def test_words_are_kept_with_their_sounds_and_initials(text: str, expected: set[str]) -> None:
    assert expected <= set(sounds(text))


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("牛仔", ["niuzai", "niuzi"]),
        ("长裙", ["zhangqun", "changqun"]),
        ("裙", []),
        ("一二三四五", []),
        ("wool", []),
    ],
)
def test_a_short_word_is_offered_by_its_sound(word: str, expected: list[str]) -> None:
    assert sorted(spoken(word)) == sorted(expected)


def test_what_is_not_chinese_has_no_sound() -> None:
    assert sounds("Denim 501, ライダース") == []


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("niuzai", [("py=niuzai",), ("pi=niuzai",), ("py=niu", "py=zai")]),
        ("nzk", [("py=nzk",), ("pi=nzk",)]),
        ("nüzhuang", [("py=nvzhuang",), ("pi=nvzhuang",), ("py=nv", "py=zhuang")]),
        ("xi'an", [("py=xian",), ("pi=xian",)]),
        ("m65", []),
        ("牛仔", []),
        ("x" * 41, []),
    ],
)
def test_letters_are_heard_whole_as_initials_and_in_syllables(
    typed: str, expected: list[tuple[str, ...]]
) -> None:
    assert list(heard(typed)) == expected


@given(st.text(alphabet="aeginouzhcsxjqlvm", max_size=40))
def test_hearing_costs_little_and_loses_no_letter(typed: str) -> None:
    ways = list(heard(typed))

    assert len(ways) <= 3
    for tokens in ways:
        assert all(token[:3] in {"py=", "pi="} for token in tokens)


@given(st.text(max_size=60))
def test_sounds_of_any_text_are_bounded(text: str) -> None:
    found = sounds(text)

    assert len(found) == len(set(found))
    assert len(found) <= 80 * max(1, len(text))


def test_every_reading_is_a_syllable_and_every_fold_is_final() -> None:
    folds = simplified()

    assert {one for ways in readings().values() for one in ways} == syllables()
    assert not [fold for fold in folds.values() if ord(fold) in folds]
