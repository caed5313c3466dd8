"""The verbs that keep the index in step with the products."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from app.search import index
from app.search.backend import SearchBackend, SearchDocument
from app.search.commands import indexing
from app.search.commands.indexing import Drift
from app.search.errors import IndexBusy
from app.search.whoosh_backend import WhooshBackend
from tests.search.wardrobe import DRESS, JACKET, SKIRT, WARDROBE, Connect, coat


class Catalogue:
    """The products as they are now, and what was asked of them."""

    def __init__(self) -> None:
        self.public = {document.product_id: document for document in WARDROBE}
        self.loaded: list[list[int]] = []

    def load_documents(self, ids: Sequence[int]) -> list[SearchDocument]:
        self.loaded.append(list(ids))
        return [self.public[key] for key in ids if key in self.public]

    def all_ids(self) -> Iterator[int]:
        return iter(sorted(self.public))


def wire(app: Flask, backend: SearchBackend, catalogue: Catalogue) -> None:
    source = index.DocumentSource(catalogue.load_documents, catalogue.all_ids)
    app.extensions[index.KEY] = index.Wiring(backend, source)


@pytest.fixture
def bare() -> Iterator[Flask]:
    """An application that has nothing but an index."""
    app = Flask(__name__)
    with app.app_context():
        yield app


@pytest.fixture
def catalogue(bare: Flask, connect: Connect) -> Catalogue:
    catalogue = Catalogue()
    wire(bare, connect(), catalogue)
    return catalogue


def test_the_first_sync_writes_the_whole_index(catalogue: Catalogue) -> None:
    indexing.sync([JACKET.product_id])

    assert index.backend().indexed_ids() == set(catalogue.public)


def test_sync_writes_what_changed_and_takes_out_what_is_not_public(catalogue: Catalogue) -> None:
    indexing.rebuild_all()
    catalogue.public[SKIRT.product_id] = replace(SKIRT, title_en="Kilt")
    del catalogue.public[DRESS.product_id]
    catalogue.loaded.clear()

    indexing.sync([DRESS.product_id, SKIRT.product_id, SKIRT.product_id, 77])

    assert catalogue.loaded == [[2, 3, 77]]
    assert index.backend().indexed_ids() == {1, 2, 4}
    assert index.backend().query("kilt").ids == (2,)


def test_syncing_nothing_loads_nothing(catalogue: Catalogue) -> None:
    indexing.sync([])

    assert catalogue.loaded == []


def test_documents_are_loaded_in_batches(catalogue: Catalogue) -> None:
    catalogue.public = {key: coat(key) for key in range(1, 451)}

    assert indexing.rebuild_all() == 450

    assert [len(ids) for ids in catalogue.loaded] == [200, 200, 50]
    assert index.backend().query("coat").total == 450


def test_documents_are_loaded_only_by_the_one_who_may_write(
    bare: Flask, catalogue: Catalogue, connect: Connect
) -> None:
    indexing.rebuild_all()
    catalogue.loaded.clear()
    wire(bare, connect(patience=0), catalogue)

    with connect().exclusive(), pytest.raises(IndexBusy):
        indexing.sync([1])

    assert catalogue.loaded == []


class Unreadable(Catalogue):
    """Its database has gone away."""

    def load_documents(self, ids: Sequence[int]) -> list[SearchDocument]:
        raise ConnectionError


def test_a_load_that_fails_leaves_the_index_as_it_was(
    bare: Flask, catalogue: Catalogue, connect: Connect
) -> None:
    indexing.rebuild_all()

    wire(bare, connect(), Unreadable())
    for command in (lambda: indexing.sync([1]), indexing.rebuild_all):
        with pytest.raises(ConnectionError):
            command()

    assert index.backend().indexed_ids() == set(catalogue.public)


def test_ensure_builds_what_is_missing_and_mends_what_drifted(catalogue: Catalogue) -> None:
    assert indexing.ensure() is True
    assert indexing.ensure() is False

    catalogue.public[9] = coat(9)
    del catalogue.public[1]
    assert indexing.drift() == Drift(missing=frozenset({9}), surplus=frozenset({1}))
    assert indexing.ensure() is True

    assert indexing.drift() == Drift(missing=frozenset(), surplus=frozenset())
    assert index.backend().indexed_ids() == {2, 3, 4, 9}


def test_two_applications_of_one_process_search_their_own(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    indexing.rebuild_all()
    other, theirs = Flask("other"), Catalogue()
    theirs.public = {9: coat(9)}
    wire(other, WhooshBackend(tmp_path / "other"), theirs)

    with other.app_context():
        indexing.rebuild_all()
        assert index.backend().indexed_ids() == {9}

    assert index.backend().indexed_ids() == set(catalogue.public)
