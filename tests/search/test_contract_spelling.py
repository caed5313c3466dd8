"""What every search engine of the shop forgives, hears and offers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.search.backend import SearchBackend, SearchResult
from tests.search.wardrobe import coat, found


@pytest.mark.parametrize(("text", "expected"), [("jackat", 1), ("levas", 1), ("连衣群", 3)])
def test_one_wrong_letter_is_forgiven_and_said_so(
    wardrobe: SearchBackend, text: str, expected: int
) -> None:
    result = wardrobe.query(text)

    assert result.loosened
    assert expected in result.ids


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("jakcet", "jacket"),
        ("denim jakcet", "denim jacket"),
        ("李唯斯", "李维斯"),
        ("jacket", None),
    ],
)
def test_a_spelling_that_finds_something_is_offered(
    wardrobe: SearchBackend, text: str, better: str | None
) -> None:
    assert wardrobe.query(text).did_you_mean == better


def test_spelling_is_not_bent_while_something_matches_exactly(backend: SearchBackend) -> None:
    backend.apply([coat(9, title_en="Packet of buttons")], [])

    assert backend.query("packet").ids == (9,)
    assert not backend.query("packet").loosened


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("胸围 102", {1}),
        ("胸围 106", {1}),
        ("chest 102 cm", {1}),
        ("胸围 101", set()),
        ("胸围 107", set()),
        ("chest 0", set()),
    ],
)
def test_a_measurement_is_found_within_two_centimetres(
    wardrobe: SearchBackend, text: str, expected: set[int]
) -> None:
    assert found(wardrobe, text) == expected


def test_the_nearest_measurement_comes_first(empty: SearchBackend) -> None:
    sizes = {1: 102, 2: 104, 3: 105, 4: 107, 5: 106}
    empty.rebuild(replace(coat(key), measurements=(f"胸围 {size}",)) for key, size in sizes.items())

    ids = empty.query("chest 104").ids

    assert ids[:2] == (2, 3)
    assert set(ids) == {1, 2, 3, 5}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("niuzai", {1}),
        ("niuzaiwaitao", {1}),
        ("niu zai", {1}),
        ("nzwt", {1}),
        ("NiuZai", {1}),
        ("liweisi", {1}),
        ("fugu", {3}),
        ("fuguqun", {3}),
        ("fgbdlyq", {3}),
        ("qun", {2, 3}),
        ("yangmao", {2}),
        ("jacket niuzai", {1}),
        ("fugu chest 88", {3}),
        ("meiguo", {1}),
        ("nzwq", set()),
    ],
)
def test_chinese_is_found_by_its_sound_and_its_initials(
    wardrobe: SearchBackend, text: str, expected: set[int]
) -> None:
    assert found(wardrobe, text) == expected


def test_what_is_written_so_comes_before_what_only_sounds_so(backend: SearchBackend) -> None:
    backend.apply([coat(9, title_en="Qun of Mongolia")], [])

    assert found(backend, "qun") == {9}


@pytest.mark.parametrize(
    ("text", "expected"),
    [("復古連衣裙", {3}), ("風衣", {4}), ("胸圍 104", {1}), ("羊毛褲", set()), ("驼色", {2})],
)
def test_traditional_characters_find_simplified_ones(
    wardrobe: SearchBackend, text: str, expected: set[int]
) -> None:
    assert found(wardrobe, text) == expected


def test_traditional_characters_are_found_too(backend: SearchBackend) -> None:
    backend.apply([replace(coat(9), title_zh="台灣花襯衫", brand="三陽")], [])

    for text in ("台湾", "台灣", "衬衫", "襯衫", "三阳", "huachenshan", "sanyang"):
        assert found(backend, text) == {9}
    assert "三阳" in backend.suggest("三")


def test_words_that_never_meet_find_what_has_one_of_them(wardrobe: SearchBackend) -> None:
    result = wardrobe.query("jacket skirt")

    assert result.loosened
    assert set(result.ids) == {1, 2}


def test_nonsense_finds_nothing_at_all(wardrobe: SearchBackend) -> None:
    assert wardrobe.query("qqxzzv") == SearchResult()


@pytest.mark.parametrize(
    ("prefix", "offered"),
    [
        ("ja", "jacket"),
        ("牛", "牛仔"),
        ("levi", "levi's 李维斯"),
        ("burb", "burberrys"),
        ("denim ja", "denim jacket"),
        ("羊毛裙 秋", None),
        ("JA", "jacket"),
        ("牛仔褲 外", None),
    ],
)
def test_completions_begin_as_typed_and_find_something(
    wardrobe: SearchBackend, prefix: str, offered: str | None
) -> None:
    suggestions = wardrobe.suggest(prefix)

    assert offered is None or offered in suggestions
    for text in suggestions:
        assert text.startswith(prefix.lower())
        assert wardrobe.query(text).ids


@pytest.mark.parametrize("prefix", ["", " ", "j", "*", "denim skir", "zzz", "的"])
def test_what_begins_too_short_or_leads_nowhere_offers_nothing(
    wardrobe: SearchBackend, prefix: str
) -> None:
    assert wardrobe.suggest(prefix) == []


def test_suggestions_are_few(empty: SearchBackend) -> None:
    empty.rebuild(coat(i, title_en=f"Coat coaxial{i:03d}") for i in range(200))

    assert len(empty.suggest("coa")) == 4
    assert len(empty.suggest("coa", limit=1_000)) == 8
    assert empty.suggest("coa", limit=-1) == []


@pytest.mark.parametrize(
    ("prefix", "offered"), [("niuz", "牛仔"), ("fug", "复古"), ("denim wait", "denim 外套")]
)
def test_pinyin_is_completed_to_what_it_means(
    wardrobe: SearchBackend, prefix: str, offered: str
) -> None:
    assert offered in wardrobe.suggest(prefix)
    assert found(wardrobe, offered)
