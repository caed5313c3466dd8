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
    wardrobe: SearchBackend, text: str, expected: set[int]
) -> None:
    assert found(wardrobe, text) == expected


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
    wardrobe: SearchBackend, text: str, expected: set[int]
) -> None:
    assert found(wardrobe, text) == expected


@pytest.mark.parametrize(
    "text", ["七十年代", "70年代", "70 年代", "70s", "'70s", "1970s", "上世纪七十年代", "seventies"]
)
def test_a_decade_is_found_in_every_spelling(wardrobe: SearchBackend, text: str) -> None:
    assert found(wardrobe, text) == {1, 2}


@pytest.mark.parametrize("text", ["№0427", "0427", "427", "#427", "No. 0427", "编号 0427"])
def test_a_piece_is_found_by_its_number(wardrobe: SearchBackend, text: str) -> None:
    assert found(wardrobe, text) == {1}


def test_the_piece_with_the_number_comes_before_one_that_measures_it(
    wardrobe: SearchBackend,
) -> None:
    assert wardrobe.query("104").ids == (DRESS.product_id, JACKET.product_id)


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
    wardrobe: SearchBackend, text: str, expected: set[int]
) -> None:
    assert found(wardrobe, text) == expected


def test_every_word_must_be_there(wardrobe: SearchBackend) -> None:
    assert found(wardrobe, "jacket skirt") == set()
    assert found(wardrobe, "wool skirt") == {2}


def test_a_sku_is_found(wardrobe: SearchBackend) -> None:
    assert found(wardrobe, "LV-70505-38") == {1}
    assert found(wardrobe, "lv7050538") == {1}


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
    wardrobe: SearchBackend, filters: SearchFilters, expected: set[int]
) -> None:
    assert found(wardrobe, "七十年代", filters) == expected


@pytest.mark.parametrize("text", ["", "   ", "的", "the", "***", "~", "()", "“”", "\x00", "\ud800"])
def test_a_text_without_words_finds_nothing(wardrobe: SearchBackend, text: str) -> None:
    assert wardrobe.query(text) == SearchResult()


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
def test_query_syntax_is_only_words(wardrobe: SearchBackend, text: str) -> None:
    result = wardrobe.query(text)

    assert result == wardrobe.query("".join(c if c.isalnum() or c in "'-" else " " for c in text))
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
def test_ten_thousand_characters_are_harmless(wardrobe: SearchBackend, text: str) -> None:
    assert isinstance(wardrobe.query(text), SearchResult)
    assert isinstance(wardrobe.suggest(text), list)


def test_only_the_first_hundred_and_twenty_characters_are_read(wardrobe: SearchBackend) -> None:
    assert found(wardrobe, "jacket" + " " * 120 + "skirt") == {1}


def test_pages_follow_each_other_and_the_total_counts_all(empty: SearchBackend) -> None:
    empty.rebuild(coat(i) for i in range(1, 31))

    pages = [empty.query("coat", limit=12, offset=offset) for offset in (0, 12, 24, 36)]

    assert [len(page.ids) for page in pages] == [12, 12, 6, 0]
    assert {page.total for page in pages} == {30}
    assert {key for page in pages for key in page.ids} == set(range(1, 31))


@pytest.mark.parametrize(("limit", "offset"), [(0, 0), (-5, -5), (10**9, 0), (1, 10**9)])
def test_absurd_limits_are_put_right(wardrobe: SearchBackend, limit: int, offset: int) -> None:
    assert len(wardrobe.query("裙", limit=limit, offset=offset).ids) <= min(2, MOST_RESULTS)


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
