"""What every search engine of the shop promises."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from threading import Thread

import pytest

from app.search.backend import (
    MOST_RESULTS,
    SearchBackend,
    SearchDocument,
    SearchFilters,
    SearchResult,
)
from app.search.errors import IndexBusy, IndexUnavailable, Trouble
from tests.search.wardrobe import DRESS, JACKET, PARKA, SKIRT, WARDROBE, Connect, coat

ALL = {document.product_id for document in WARDROBE}


def found(backend: SearchBackend, text: str, filters: SearchFilters | None = None) -> set[int]:
    """What has every word of the text, loosened results left aside."""
    result = backend.query(text, filters=filters)
    return set() if result.loosened else set(result.ids)


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


def test_a_change_is_found_at_once_by_whoever_has_the_index_open(
    connect: Connect, backend: SearchBackend
) -> None:
    reader = connect()
    assert found(reader, "skirt") == {2}

    backend.apply([replace(SKIRT, title_en="Pleated kilt", description_en="Camel.")], [])

    assert found(reader, "kilt") == {2}
    assert found(reader, "skirt") == set()


def test_what_was_taken_out_stays_out_through_many_later_changes(
    connect: Connect, backend: SearchBackend
) -> None:
    reader = connect()
    assert found(reader, "裙") == {2, 3}

    backend.apply([], [DRESS.product_id])

    assert found(reader, "裙") == {2}
    for key in range(100, 140):
        backend.apply([coat(key)], [key - 1])
        assert found(reader, "裙") == {2}
        assert found(reader, "loden") == {key}
    assert reader.indexed_ids() == {1, 2, 4, 139}


def test_of_one_product_in_a_batch_the_last_document_counts(backend: SearchBackend) -> None:
    backend.apply([coat(9, title_en="Blue"), coat(9, title_en="Green")], [])
    backend.apply([coat(9, title_en="Green"), coat(9, title_en="Red"), coat(9, title_en="Red")], [])

    assert backend.query("red") == SearchResult((9,), 1)
    assert found(backend, "green") == set()
    assert found(backend, "blue") == set()


def test_a_product_named_as_changed_and_as_gone_is_written(backend: SearchBackend) -> None:
    backend.apply([coat(9)], [9, 9, 1])

    assert backend.indexed_ids() == {2, 3, 4, 9}


def test_repeating_a_change_leaves_the_index_as_it_was(backend: SearchBackend) -> None:
    backend.apply([SKIRT, JACKET], [77])
    backend.apply([SKIRT, JACKET], [77])

    assert backend.query("裙").total == 2
    assert backend.indexed_ids() == ALL


def test_a_changed_marker_is_a_change(backend: SearchBackend) -> None:
    backend.apply([replace(PARKA, marker="2")], [])

    assert backend.query("parka").total == 1


def test_a_rebuild_replaces_everything(connect: Connect, backend: SearchBackend) -> None:
    reader = connect()
    assert found(reader, "jacket") == {1}

    assert backend.rebuild(iter([coat(7), coat(8), coat(7)])) == 2

    assert found(reader, "jacket") == set()
    assert reader.query("coat").total == 2
    assert reader.health().documents == 2


def test_a_rebuild_that_fails_leaves_the_index_there_was(backend: SearchBackend) -> None:
    def broken() -> Iterator[SearchDocument]:
        yield coat(7)
        raise LookupError("the database went away")

    with pytest.raises(LookupError):
        backend.rebuild(broken())

    assert backend.indexed_ids() == ALL
    assert found(backend, "jacket") == {1}


def test_an_index_of_no_products_answers(empty: SearchBackend) -> None:
    assert empty.rebuild([]) == 0

    assert empty.query("jacket") == SearchResult()
    assert empty.suggest("ja") == []
    assert empty.indexed_ids() == frozenset()
    assert empty.health().is_good


def test_an_index_never_written_says_so(empty: SearchBackend) -> None:
    assert empty.health().trouble is Trouble.MISSING
    for ask in (lambda: empty.query("x1"), lambda: empty.suggest("ja"), empty.indexed_ids):
        with pytest.raises(IndexUnavailable):
            ask()
    with pytest.raises(IndexUnavailable):
        empty.apply([JACKET], [])


def test_a_second_writer_is_refused_and_changes_nothing(
    connect: Connect, backend: SearchBackend
) -> None:
    second = connect(patience=0.2)

    with backend.exclusive():
        with pytest.raises(IndexBusy):
            second.apply([], [1, 2, 3, 4])
        with pytest.raises(IndexBusy):
            second.rebuild([])
        assert second.query("jacket").ids == (1,)
        backend.apply([coat(9)], [])

    second.apply([], [9])
    assert backend.indexed_ids() == ALL


def test_many_threads_write_and_read_one_index(connect: Connect, backend: SearchBackend) -> None:
    """Each reader always sees the four pieces that nobody touches."""
    shared = connect()
    seen: list[bool] = []

    def write(start: int) -> None:
        for key in range(start, start + 5):
            with backend.exclusive():
                backend.apply([coat(key)], [key - 1])

    def read() -> None:
        seen.extend({2, 3} <= set(shared.query("裙").ids) for _ in range(40))

    threads = [Thread(target=write, args=(start,)) for start in (100, 200)]
    threads += [Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert seen == [True] * 120
    assert backend.indexed_ids() == ALL | {104, 204}


def test_health_counts_the_documents(backend: SearchBackend) -> None:
    health = backend.health()

    assert health.is_good
    assert health.documents == 4
