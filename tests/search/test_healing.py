"""Whatever happens to an index of either engine, the worker's next look mends it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, text

from app.search import index
from app.search.backend import SearchBackend, SearchDocument
from app.search.commands import indexing
from app.search.errors import IndexUnavailable, Trouble
from app.search.postgres_backend import PostgresBackend
from app.search.whoosh_backend import WhooshBackend
from tests.search.wardrobe import WARDROBE, coat, found

BY_ID = {document.product_id: document for document in WARDROBE}


def load(ids: object) -> list[SearchDocument]:
    return [BY_ID[key] for key in ids if key in BY_ID]  # type: ignore[attr-defined]


def searching(backend: SearchBackend) -> Iterator[SearchBackend]:
    """The backend with four products in its index, in an application that can write it anew."""
    app = Flask(__name__)
    source = index.DocumentSource(load, lambda: sorted(BY_ID))
    app.extensions[index.KEY] = index.Wiring(backend, source)
    with app.app_context():
        indexing.rebuild_all()
        yield backend


def test_a_damaged_folder_is_written_anew_by_the_next_sync(tmp_path: Path) -> None:
    for backend in searching(WhooshBackend(tmp_path)):
        (tmp_path / "pointer.json").write_text("?")

        indexing.sync([1])

        assert backend.indexed_ids() == set(BY_ID)


def test_a_folder_that_vanished_is_written_anew_by_the_next_look(tmp_path: Path) -> None:
    for backend in searching(WhooshBackend(tmp_path)):
        shutil.rmtree(tmp_path)

        assert indexing.ensure() is True

        assert found(backend, "jacket") == {1}


@pytest.fixture
def postgres_backend(database: Engine) -> Iterator[SearchBackend]:
    yield from searching(PostgresBackend(lambda: database, patience=2))


def tables(database: Engine, kind: str = "document") -> list[str]:
    with database.connect() as connection:
        statement = "SELECT tablename FROM pg_tables WHERE schemaname = 'search' ORDER BY 1"
        return [name for name in connection.scalars(text(statement)) if name.startswith(kind)]


def run(database: Engine, *statements: str) -> None:
    (document,), (word,) = tables(database), tables(database, "word")
    with database.begin() as connection:
        for statement in statements:
            named = statement.format(document=f"search.{document}", word=f"search.{word}")
            connection.exec_driver_sql(named)


UNREADABLE = (
    (
        "CREATE FUNCTION search.broken_page() RETURNS bigint LANGUAGE plpgsql AS "
        "$$BEGIN RAISE EXCEPTION 'invalid page' USING ERRCODE = 'XX001'; END$$"
    ),
    "DROP TABLE {document}",
    (
        "CREATE VIEW {document} AS SELECT search.broken_page() AS product_id,"
        " ''::text AS fingerprint,"
        " ''::tsvector AS found_by, ''::tsvector AS ranked_by, '{{}}'::text[] AS offered,"
        " '{{}}'::text[] AS filters"
    ),
)
DAMAGES: dict[str, tuple[Trouble, tuple[str, ...]]] = {
    "no schema": (Trouble.MISSING, ("DROP SCHEMA search CASCADE",)),
    "no pointer": (Trouble.MISSING, ("DROP TABLE search.current",)),
    "an empty pointer": (Trouble.MISSING, ("DELETE FROM search.current",)),
    "another version": (Trouble.OUTDATED, ("UPDATE search.current SET version = 0",)),
    "a pointer of another shape": (
        Trouble.OUTDATED,
        ("ALTER TABLE search.current DROP COLUMN is_damaged",),
    ),
    "a pointer elsewhere": (
        Trouble.DAMAGED,
        ("UPDATE search.current SET generation = '000001_deadbeef'",),
    ),
    "a pointer to no name": (Trouble.DAMAGED, ("UPDATE search.current SET generation = '\"x'",)),
    "no documents table": (Trouble.DAMAGED, ("DROP TABLE {document}",)),
    "no words table": (Trouble.DAMAGED, ("DROP TABLE {word}",)),
    "no words": (Trouble.DAMAGED, ("DELETE FROM {word}",)),
    "a column less": (Trouble.DAMAGED, ("ALTER TABLE {document} DROP COLUMN ranked_by",)),
    "a broken page": (Trouble.DAMAGED, UNREADABLE),
    "condemned": (Trouble.DAMAGED, ("UPDATE search.current SET is_damaged = true",)),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_tables_are_refused_and_the_next_look_writes_them_anew(
    postgres_backend: SearchBackend, database: Engine, damage: str
) -> None:
    trouble, statements = DAMAGES[damage]
    run(database, *statements)

    assert postgres_backend.health().trouble is trouble

    assert indexing.ensure() is True
    assert postgres_backend.health().is_good
    assert found(postgres_backend, "jacket") == {1}
    assert postgres_backend.suggest("ja") == ["jacket"]


ASKING: dict[str, Callable[[SearchBackend], object]] = {
    "query": lambda backend: backend.query("jacket"),
    "suggest": lambda backend: backend.suggest("ja"),
    "ids": lambda backend: backend.indexed_ids(),
    "apply": lambda backend: backend.apply([coat(9)], [1]),
}


@pytest.mark.parametrize("asking", ASKING)
def test_nothing_is_answered_from_half_an_index(
    postgres_backend: SearchBackend, database: Engine, asking: str
) -> None:
    run(database, "DROP TABLE {document}, {word}")

    with pytest.raises(IndexUnavailable) as refused:
        ASKING[asking](postgres_backend)

    assert refused.value.trouble is Trouble.DAMAGED


def test_a_sync_writes_damaged_tables_anew(
    postgres_backend: SearchBackend, database: Engine
) -> None:
    run(database, "DROP TABLE {document}")

    indexing.sync([1])

    assert postgres_backend.indexed_ids() == set(BY_ID)


def test_rows_that_vanished_are_put_back(postgres_backend: SearchBackend, database: Engine) -> None:
    run(database, "DELETE FROM {document} WHERE product_id IN (1, 3)")

    assert indexing.ensure() is True
    assert indexing.ensure() is False

    assert found(postgres_backend, "裙") == {2, 3}


def test_a_question_that_takes_too_long_is_ended_and_condemns_nothing(
    postgres_backend: SearchBackend, database: Engine
) -> None:
    with database.begin() as connection:
        (document,) = tables(database)
        connection.exec_driver_sql(f"LOCK TABLE search.{document}")
        with pytest.raises(IndexUnavailable) as refused:
            postgres_backend.query("jacket")

    assert refused.value.trouble is Trouble.FAILED
    assert found(postgres_backend, "jacket") == {1}


def test_one_generation_stays_and_a_failed_rebuild_leaves_nothing(
    postgres_backend: SearchBackend, database: Engine
) -> None:
    def broken() -> Iterator[SearchDocument]:
        yield coat(7)
        raise LookupError("the database went away")

    with pytest.raises(LookupError):
        postgres_backend.rebuild(broken())
    before = tables(database)
    postgres_backend.rebuild([coat(8)])

    assert len(before) == len(tables(database)) == 1
    assert tables(database) != before


def test_a_reader_in_the_old_generation_does_not_stop_the_new_one(
    postgres_backend: SearchBackend, database: Engine
) -> None:
    with database.connect() as reader:
        (document,) = tables(database)
        reader.exec_driver_sql(f"SELECT 1 FROM search.{document}")
        postgres_backend.rebuild([coat(8)])

        assert postgres_backend.indexed_ids() == {8}
        assert len(tables(database)) == 2
        reader.rollback()

    postgres_backend.rebuild([coat(8)])
    assert len(tables(database)) == 1


def test_words_are_forgotten_with_the_last_document_that_had_them(
    postgres_backend: SearchBackend, database: Engine
) -> None:
    def words() -> list[tuple[str, str, int]]:
        with database.connect() as connection:
            (name,) = tables(database, "word")
            rows = connection.exec_driver_sql(f"SELECT kind, word, documents FROM search.{name}")
            return sorted((row[0], row[1], row[2]) for row in rows)

    before = words()
    postgres_backend.apply([coat(9), coat(10)], [1])
    postgres_backend.apply([coat(9, title_en="Mackintosh")], [])
    postgres_backend.apply([BY_ID[1]], [9, 10])

    assert words() == before
