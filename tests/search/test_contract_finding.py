"""What every search engine of the shop promises to those who look for something."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from random import Random

import pytest

from app.search.backend import MOST_RESULTS, SearchBackend, SearchFilters, SearchResult
from tests.search.wardrobe import DRESS, JACKET, WARDROBE, coat, found

CLOTHS = ("denim", "wool", "silk", "linen", "velvet", "tweed", "corduroy", "flannel", "loden")
ALL = {document.product_id for document in WARDROBE}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("牛仔外套", {1}),
        ("李维斯", {1}),
        ("羊毛裙", {2}),
        ("复古裙", {3}),
        ("连衣裙", {3}),
        ("裙", {2, 3}),
        ("棉", {1}),
        ("复古的连衣裙", {3}),
        ("定制", {3}),
    ],
)
def test_chinese_is_found_by_words_and_by_single_characters(
    backend: SearchBackend, text: str, expected: set[int]
) -> None:
    assert found(backend, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("jacket", {1}),
        ("jackets", {1}),
        ("JACKETS", {1}),
        ("Ｊａｃｋｅｔ", {1}),
        ("dresses", {3}),
        ("skirts", {2}),
        ("a skirt of wool", {2}),
        ("levis", {1}),
        ("Levi’s", {1}),
        ("m65", {4}),
        ("M-65", {4}),
        ("m 65", {4}),
    ],
)
def test_english_is_found_whatever_its_ending_case_or_hyphen(
    backend: SearchBackend, text: str, expected: set[int]
) -> None:
    assert found(backend, text) == expected


@pytest.mark.parametrize(
    "text", ["七十年代", "70年代", "70 年代", "70s", "'70s", "1970s", "上世纪七十年代", "seventies"]
)
def test_a_decade_is_found_in_every_spelling(backend: SearchBackend, text: str) -> None:
    assert found(backend, text) == {1, 2}


@pytest.mark.parametrize("text", ["№0427", "0427", "427", "#427", "No. 0427", "编号 0427"])
def test_a_piece_is_found_by_its_number(backend: SearchBackend, text: str) -> None:
    assert found(backend, text) == {1}


def test_the_piece_with_the_number_comes_before_one_that_measures_it(
    backend: SearchBackend,
) -> None:
    assert backend.query("104").ids == (DRESS.product_id, JACKET.product_id)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("胸围 104", {1}),
        ("胸围104", {1}),
        ("胸 104cm", {1}),
        ("chest 104", {1}),
        ("chest 41 in", {1}),
        ("腰 74", {2}),
        ("腰围 104", set()),
        ("sleeve 62", {4}),
        ("李维斯 70 年代 胸围 104", {1}),
    ],
)
def test_a_measurement_is_a_part_with_its_number(
    backend: SearchBackend, text: str, expected: set[int]
) -> None:
    assert found(backend, text) == expected


def test_every_word_must_be_there(backend: SearchBackend) -> None:
    assert found(backend, "jacket skirt") == set()
    assert found(backend, "wool skirt") == {2}


def test_a_sku_is_found(backend: SearchBackend) -> None:
    assert found(backend, "LV-70505-38") == {1}
    assert found(backend, "lv7050538") == {1}


def test_a_title_counts_more_than_a_description(empty: SearchBackend) -> None:
    empty.rebuild(
        [
            coat(1, title_en="Scarf", description_en="Goes with a loden cape"),
            coat(2, title_en="Loden cape", description_en="Goes with a scarf"),
        ]
    )

    assert empty.query("scarf").ids == (1, 2)
    assert empty.query("cape").ids == (2, 1)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (SearchFilters(collection="new-in"), {1, 2}),
        (SearchFilters(collection="new"), set()),
        (SearchFilters(brand="burberrys"), {2}),
        (SearchFilters(era="70年代"), {1, 2}),
        (SearchFilters(era="1974"), {1}),
        (SearchFilters(origin="USA 美国"), {1}),
        (SearchFilters(tag="one owner"), {1}),
        (SearchFilters(collection="new-in", tag="autumn"), {2}),
        (SearchFilters(collection="new-in", tag="nowhere, such"), set()),
    ],
)
def test_filters_narrow_a_search_to_exact_values(
    backend: SearchBackend, filters: SearchFilters, expected: set[int]
) -> None:
    assert found(backend, "七十年代", filters) == expected


@pytest.mark.parametrize("text", ["", "   ", "的", "the", "***", "~", "()", "“”", "\x00", "\ud800"])
def test_a_text_without_words_finds_nothing(backend: SearchBackend, text: str) -> None:
    assert backend.query(text) == SearchResult()


@pytest.mark.parametrize(
    "text",
    [
        "jack*",
        "*acket",
        "jacket~2",
        "[a TO zz]",
        "title:jacket^9 OR *:*",
        "NOT jacket AND (",
        '"denim jacket"~9',
        "product_id:1",
        "denim' OR '1'='1",
        "j?cket",
    ],
)
def test_query_syntax_is_only_words(backend: SearchBackend, text: str) -> None:
    result = backend.query(text)

    assert result == backend.query("".join(c if c.isalnum() or c in "'-" else " " for c in text))
    assert set(result.ids) != ALL


@pytest.mark.parametrize(
    "text",
    [
        "j" * 10_000,
        "裙" * 10_000,
        "jacket " * 1_500,
        "*" * 10_000,
        "ﷺ" * 10_000,
        " ".join(f"word{i}" for i in range(1_000)),
        "9" * 10_000,
        "胸围" + "9" * 10_000,
        "a-" * 5_000,
    ],
)
def test_ten_thousand_characters_are_harmless(backend: SearchBackend, text: str) -> None:
    assert isinstance(backend.query(text), SearchResult)
    assert isinstance(backend.suggest(text), list)


def test_only_the_first_hundred_and_twenty_characters_are_read(backend: SearchBackend) -> None:
    assert found(backend, "jacket" + " " * 120 + "skirt") == {1}


def test_pages_follow_each_other_and_the_total_counts_all(empty: SearchBackend) -> None:
    empty.rebuild(coat(i) for i in range(1, 31))

    pages = [empty.query("coat", limit=12, offset=offset) for offset in (0, 12, 24, 36)]

    assert [len(page.ids) for page in pages] == [12, 12, 6, 0]
    assert {page.total for page in pages} == {30}
    assert {key for page in pages for key in page.ids} == set(range(1, 31))


@pytest.mark.parametrize(("limit", "offset"), [(0, 0), (-5, -5), (10**9, 0), (1, 10**9)])
def test_absurd_limits_are_put_right(backend: SearchBackend, limit: int, offset: int) -> None:
    assert len(backend.query("裙", limit=limit, offset=offset).ids) <= min(2, MOST_RESULTS)


@pytest.mark.parametrize(("text", "expected"), [("jackat", 1), ("levas", 1), ("连衣群", 3)])
def test_one_wrong_letter_is_forgiven_and_said_so(
    backend: SearchBackend, text: str, expected: int
) -> None:
    result = backend.query(text)

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
    backend: SearchBackend, text: str, better: str | None
) -> None:
    assert backend.query(text).did_you_mean == better


def test_spelling_is_not_bent_while_something_matches_exactly(backend: SearchBackend) -> None:
    backend.apply([coat(9, title_en="Packet of buttons")], [])

    assert backend.query("packet").ids == (9,)
    assert not backend.query("packet").loosened


def test_a_measurement_no_piece_has_finds_those_within_two_centimetres(
    backend: SearchBackend,
) -> None:
    result = backend.query("胸围 102")

    assert (result.ids, result.loosened) == ((JACKET.product_id,), True)


def test_words_that_never_meet_find_what_has_one_of_them(backend: SearchBackend) -> None:
    result = backend.query("jacket skirt")

    assert result.loosened
    assert set(result.ids) == {1, 2}


def test_nonsense_finds_nothing_at_all(backend: SearchBackend) -> None:
    assert backend.query("qqxzzv") == SearchResult()


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
    ],
)
def test_completions_begin_as_typed_and_find_something(
    backend: SearchBackend, prefix: str, offered: str | None
) -> None:
    suggestions = backend.suggest(prefix)

    assert offered is None or offered in suggestions
    for text in suggestions:
        assert text.startswith(prefix.lower())
        assert backend.query(text).ids


@pytest.mark.parametrize("prefix", ["", " ", "j", "*", "denim skir", "zzz", "的"])
def test_what_begins_too_short_or_leads_nowhere_offers_nothing(
    backend: SearchBackend, prefix: str
) -> None:
    assert backend.suggest(prefix) == []


def test_suggestions_are_few(empty: SearchBackend) -> None:
    empty.rebuild(coat(i, title_en=f"Coat coaxial{i:03d}") for i in range(200))

    assert len(empty.suggest("coa")) == 4
    assert len(empty.suggest("coa", limit=1_000)) == 8
    assert empty.suggest("coa", limit=-1) == []


def test_the_index_agrees_with_reading_every_document(empty: SearchBackend) -> None:
    """Coats of random words, asked for by every pair of words, with a filter and without."""
    pick = Random(7)
    coats = [
        replace(
            coat(key, title_en=" ".join(pick.sample(CLOTHS, 2))),
            description_en=" ".join(pick.choices(CLOTHS, k=4)),
            collections=(pick.choice(("old", "new")),),
        )
        for key in range(1, 301)
    ]
    empty.rebuild(coats[:200])
    empty.apply(coats[200:], [])
    empty.apply([], range(1, 300, 17))
    remaining = [coat for coat in coats if coat.product_id % 17 != 1]

    for asked in product(CLOTHS, CLOTHS, ("", "old")):
        *wanted, collection = asked
        result = empty.query(
            " ".join(wanted), filters=SearchFilters(collection=collection), limit=5
        )
        expected = {
            document.product_id
            for document in remaining
            if set(wanted) <= set(f"{document.title_en} {document.description_en}".split())
            and collection in {"", *document.collections}
        }
        assert (result.total, result.loosened) == (len(expected), False)
        assert set(result.ids) <= expected
        assert len(result.ids) == min(5, len(expected))
