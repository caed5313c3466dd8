"""The one reading of text that every backend shares."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.catalog.rules import MEASUREMENT_NAMES
from app.platform.i18n import LANGUAGES, speaking
from app.search import tokens as reading
from app.search.tokens import LONGEST_TOKEN, MOST_TERMS, decades, terms, tokens, words


def asks(text: str) -> list[tuple[str, ...]]:
    return [term.tokens for term in terms(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("jackets", ["jacket"]),
        ("Stitching", ["stitch"]),
        ("Levi's", ["levi"]),
        ("LEVIS", ["levi"]),
        ("Hermès", ["herm"]),
        ("O’Neill", ["oneil"]),
        ("501XX", ["501xx", "501", "xx"]),
        ("M-65", ["m", "65", "m65"]),
        ("T-shirts", ["t", "shirt", "tshirt"]),
        ("the", []),
    ],
)
def test_english_words_are_stemmed_and_codes_taken_apart(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


def test_chinese_yields_characters_pairs_and_longer_words() -> None:
    assert tokens("牛仔裤") == ["牛", "仔", "裤", "牛仔", "仔裤", "牛仔裤"]


@pytest.mark.parametrize(
    "text", ["№0427", "0427", "427", "427.0", "#0427", "no. 427", "编号：0427"]
)
def test_a_number_is_one_token_in_every_spelling(text: str) -> None:
    assert tokens(text) == ["427"]
    assert asks(text) == [("427",)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("七十年代", ["1970s"]),
        ("70年代", ["1970s"]),
        ("1970年代", ["1970s"]),
        ("70's", ["1970s"]),
        ("Seventies", ["1970s"]),
        ("上世纪七零年代", ["1970s"]),
        ("20世纪70年代", ["1970s"]),
        ("六七十年代", ["1960s", "1970s"]),
        ("60-70年代", ["1960s", "1970s"]),
        ("1960s–70s", ["1960s", "1970s"]),
        ("九十年代", ["1990s"]),
        ("00s", ["2000s"]),
        ("2010年代", ["2010s"]),
        ("1890s", ["1890s"]),
    ],
)
def test_decades_are_one_token_in_every_spelling(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected
    assert [token for asked in asks(text) for token in asked] == expected


@pytest.mark.parametrize("text", ["1170s", "170s", "70sx", "7.70s"])
def test_what_only_looks_like_a_decade_is_none(text: str) -> None:
    assert "1970s" not in tokens(text)


def test_years_belong_to_their_decade() -> None:
    assert decades("1968–1974 年") == ["1960s", "1970s"]
    assert decades("№ 19741, 1874") == ["1870s"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("胸围 104", "chest=104"),
        ("胸围：104cm", "chest=104"),
        ("净胸围104", "chest=104"),
        ("Chest 104.4 cm", "chest=104"),
        ("chest 41 in", "chest=104"),
        ("chest 104 in wool", "chest=104"),
        ("腰74", "waist=74"),
        ("衣长约62", "length=62"),
        ("front rise 28", "rise=28"),
    ],
)
def test_a_measurement_is_one_token_beside_its_words(text: str, expected: str) -> None:
    assert expected in tokens(text)
    assert (expected,) in asks(text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", MEASUREMENT_NAMES)
def test_everything_the_catalogue_measures_is_understood(part: str, language: str) -> None:
    with speaking(language):
        written = f"{MEASUREMENT_NAMES[part]} 70"

    assert asks(written) == [(f"{part}=70",)]


def test_a_part_inside_another_word_measures_nothing() -> None:
    assert asks("成长10年") == [("成长",), ("10",), ("年",)]
    assert ("1970s",) in asks("复古七十年代牛仔裤")


def test_a_query_asks_for_the_pairs_of_each_word() -> None:
    assert asks("复古连衣裙") == [("复古",), ("连衣", "衣裙")]
    assert [term.whole for term in terms("复古连衣裙")] == ["", "连衣裙"]


def test_a_word_asked_twice_counts_once_and_few_words_are_asked() -> None:
    assert len(terms("jacket jacket")) == 1
    assert len(terms(" ".join(chr(97 + i) * 2 for i in range(26)))) == MOST_TERMS


def test_words_keep_their_endings() -> None:
    assert words("Denim Jackets by Levi’s, 复古裙") == ["denim", "jackets", "levi's", "复古"]


@pytest.fixture
def without_dictionary(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(sys.modules, "rjieba", None)
    reading._segmenter.cache_clear()
    yield
    reading._segmenter.cache_clear()


@pytest.mark.usefixtures("without_dictionary")
def test_without_the_dictionary_pairs_still_find_everything() -> None:
    held = set(tokens("复古波点连衣裙"))

    for text in ("裙", "连衣裙", "复古裙", "波点连衣裙"):
        assert {token for asked in asks(text) for token in asked} <= held


def test_an_index_written_without_the_dictionary_answers_a_process_that_has_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as patched:
        patched.setitem(sys.modules, "rjieba", None)
        reading._segmenter.cache_clear()
        held = set(tokens("复古波点连衣裙"))
    reading._segmenter.cache_clear()

    assert {token for asked in asks("复古连衣裙") for token in asked} <= held


TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(
        st.sampled_from(
            [
                *"胸围长腰七八十年代世纪上复古连衣裙的№0479.-'’\" ",
                "70s",
                "cm",
                "chest",
                "no.",
                "编号",
            ]
        ),
        max_size=40,
    ).map("".join),
)


@given(TEXTS)
def test_tokens_of_any_text_are_short_and_hold_no_separator(text: str) -> None:
    for token in [*tokens(text), *(token for asked in asks(text) for token in asked)]:
        assert 0 < len(token) <= LONGEST_TOKEN
        assert not set(token) & {" ", ",", "\n", "\x00"}
        token.encode("utf-8")


@given(TEXTS)
def test_a_document_is_found_by_its_own_text(text: str) -> None:
    held = set(tokens(text))

    for term in terms(text):
        assert set(term.tokens) <= held or term.whole in held


@pytest.mark.parametrize(
    "evil", ["长", "七", "1", "二十世纪", "a-", "70-", "胸 ", "编号 ", "60 - ", "'"]
)
def test_a_long_text_takes_no_more_than_its_length(evil: str) -> None:
    assert len(tokens(evil * 20_000)) < 60_000
