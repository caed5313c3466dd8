"""What every search engine of the shop promises to those who write and those who read meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from threading import Event, Thread

import pytest

from app.search.backend import SearchBackend, SearchDocument, SearchResult
from app.search.errors import IndexBusy, IndexUnavailable, Trouble
from tests.search.wardrobe import DRESS, JACKET, PARKA, SKIRT, WARDROBE, Connect, coat, found

ALL = {document.product_id for document in WARDROBE}


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


def test_readers_never_notice_a_rebuild(connect: Connect, backend: SearchBackend) -> None:
    seen: list[frozenset[int]] = []
    rebuilt = Event()

    def read() -> None:
        reader = connect()
        while not rebuilt.is_set():
            seen.append(frozenset(reader.query("裙").ids))

    threads = [Thread(target=read) for _ in range(2)]
    for thread in threads:
        thread.start()
    for _ in range(10):
        backend.rebuild(WARDROBE)
    rebuilt.set()
    for thread in threads:
        thread.join(60)

    assert len(seen) > 2
    assert set(seen) == {frozenset({2, 3})}


def test_health_counts_the_documents(backend: SearchBackend) -> None:
    health = backend.health()

    assert health.is_good
    assert health.documents == 4
