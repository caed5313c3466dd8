"""The PostgreSQL backend: each search looks where the pointer points, one writer at a time."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Final, TypeVar

import psycopg
from psycopg import Connection, Copy, errors
from psycopg.sql import SQL
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from app.search.answers import NO_FILTERS, answer, offers, window_of
from app.search.backend import IndexHealth, SearchDocument, SearchFilters, SearchResult
from app.search.errors import IndexUnavailable, Trouble
from app.search.postgres_backend.generations import Generations
from app.search.postgres_backend.rows import Row, WordKey, counted, row, word_keys
from app.search.postgres_backend.shelf import PostgresShelf
from app.search.postgres_backend.tables import Generation
from app.search.synonyms import NO_SYNONYMS, Synonyms

Answer = TypeVar("Answer")
_logger = logging.getLogger(__name__)

# What PostgreSQL says of a table that is gone or not ours, and of pages it cannot read.
_BROKEN: Final = (
    errors.UndefinedTable,
    errors.UndefinedColumn,
    errors.UndefinedFunction,
    errors.DatatypeMismatch,
    errors.DataCorrupted,
    errors.IndexCorrupted,
)

_COPY_DOCUMENTS: Final = SQL("COPY {document} FROM STDIN")
_COPY_WORDS: Final = SQL("COPY {word} FROM STDIN")
_KNOWN: Final = SQL("SELECT product_id, fingerprint FROM {document} WHERE product_id = ANY(%s)")
_TAKE_OUT: Final = SQL("""
DELETE FROM {document} WHERE product_id = ANY(%s)
RETURNING tsvector_to_array(found_by), offered
""")
_PUT_IN: Final = SQL("INSERT INTO {document} VALUES (%s, %s, %s, %s, %s, %s)")
_COUNT_WORDS: Final = SQL("""
INSERT INTO {word} AS known (kind, word, documents)
SELECT * FROM unnest(%s::text[], %s::text[], %s::integer[])
ON CONFLICT (kind, word) DO UPDATE SET documents = known.documents + excluded.documents
""")
_FORGET_WORDS: Final = SQL("DELETE FROM {word} WHERE documents <= 0 AND word = ANY(%s)")
_IDS: Final = SQL("SELECT product_id FROM {document}")
# Reads every column, so that a table of another shape is found out.
_EXAMINE: Final = SQL("""
SELECT (SELECT count(*) FROM {document}),
       (SELECT count(*) FROM {word}),
       (SELECT (product_id, fingerprint, found_by, ranked_by, offered, filters)
          FROM {document} LIMIT 1) IS NULL,
       (SELECT (kind, word, documents) FROM {word} LIMIT 1) IS NULL
""")


class PostgresBackend:
    """A SearchBackend in a schema of the shop's own database. Safe to share between threads.

    `patience` is how many seconds a writer waits for another before it raises IndexBusy.
    """

    def __init__(
        self, engine: Callable[[], Engine], *, schema: str = "search", patience: float = 5.0
    ) -> None:
        self._generations = Generations(engine, schema, patience=patience)

    def exclusive(self) -> AbstractContextManager[None]:
        return self._generations.exclusive()

    def rebuild(self, documents: Iterable[SearchDocument]) -> int:
        seen: set[int] = set()
        words: Counter[WordKey] = Counter()
        with self._generations.replacement() as (connection, generation):
            with _copying(connection, generation, _COPY_DOCUMENTS) as copy:
                for document in documents:
                    if document.product_id not in seen:
                        seen.add(document.product_id)
                        stored = row(document)
                        words.update(word_keys(stored.tokens, stored.offered))
                        copy.write_row(stored.columns)
            with _copying(connection, generation, _COPY_WORDS) as copy:
                for (kind, word), count in words.items():
                    copy.write_row((kind, word, count))
        return len(seen)

    def apply(self, upserts: Iterable[SearchDocument], deletes: Iterable[int]) -> None:
        latest = {document.product_id: row(document) for document in upserts}
        named = [*latest, *(set(deletes) - latest.keys())]
        with self._generations.writing() as connection:
            generation = self._generations.current(connection)
            with self._judging(generation):
                known = dict(connection.execute(generation.named(_KNOWN), [named]).fetchall())
                changed = {
                    key: new for key, new in latest.items() if known.get(key) != new.fingerprint
                }
                stale = [key for key in known if key in changed or key not in latest]
                _replace(connection, generation, changed.values(), stale)

    def query(
        self,
        text: str,
        *,
        filters: SearchFilters | None = None,
        synonyms: Synonyms = NO_SYNONYMS,
        limit: int = 24,
        offset: int = 0,
    ) -> SearchResult:
        def ask(connection: Connection, generation: Generation) -> SearchResult:
            shelf = PostgresShelf(connection, generation, filters or NO_FILTERS)
            return answer(shelf, text, synonyms, window_of(limit, offset))

        return self._read(ask)

    def suggest(self, prefix: str, *, limit: int = 4) -> list[str]:
        return self._read(
            lambda connection, generation: offers(
                PostgresShelf(connection, generation, NO_FILTERS), prefix, limit
            )
        )

    def indexed_ids(self) -> frozenset[int]:
        def ids(connection: Connection, generation: Generation) -> frozenset[int]:
            return frozenset(key for (key,) in connection.execute(generation.named(_IDS)))

        return self._read(ids)

    def health(self) -> IndexHealth:
        try:
            return self._read(_examined)
        except IndexUnavailable as error:
            return IndexHealth(error.trouble)

    def _read(self, ask: Callable[[Connection, Generation], Answer]) -> Answer:
        missed = ""
        while True:
            try:
                with self._generations.reading() as connection:
                    generation = self._generations.current(connection)
                    with self._judging(generation, missed):
                        return ask(connection, generation)
            except _MovedOnError as moved_on:
                missed = moved_on.generation
            except (psycopg.Error, SQLAlchemyError) as error:
                # One question gone wrong, or the database is away: no reason to condemn.
                _logger.exception("the search index could not answer")
                raise IndexUnavailable(Trouble.FAILED) from error

    @contextmanager
    def _judging(self, generation: Generation, missed: str | None = None) -> Iterator[None]:
        """Condemn a generation whose tables cannot be used.

        A reader looks at the pointer again before it does: a rebuild may just have moved on. The
        generation it then `missed` is broken if it is still the current one.
        """
        try:
            yield
        except _BROKEN as error:
            if missed is not None and missed != generation.name:
                raise _MovedOnError(generation.name) from error
            _logger.exception("search index %s cannot be used", generation.name)
            self._generations.condemn(generation)
            raise IndexUnavailable(Trouble.DAMAGED) from error


class _MovedOnError(Exception):
    """The tables just read have gone: look at the pointer again."""

    def __init__(self, generation: str) -> None:
        super().__init__(generation)
        self.generation = generation


def _replace(
    connection: Connection, generation: Generation, changed: Iterable[Row], stale: Sequence[int]
) -> None:
    """Take the stale rows out, put the changed ones in, and keep count of the words."""
    rows = list(changed)
    count = counted(rows)
    if stale:
        for tokens, offered in connection.execute(generation.named(_TAKE_OUT), [stale]):
            count.subtract(word_keys(tokens, offered))
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(generation.named(_PUT_IN), [new.columns for new in rows])
    moved = [(kind, word, number) for (kind, word), number in count.items() if number]
    if moved:
        kinds, words, numbers = (list(column) for column in zip(*moved, strict=True))
        connection.execute(generation.named(_COUNT_WORDS), [kinds, words, numbers])
        connection.execute(generation.named(_FORGET_WORDS), [words])


def _examined(connection: Connection, generation: Generation) -> IndexHealth:
    row = connection.execute(generation.named(_EXAMINE)).fetchone()
    documents, words = row[:2] if row else (0, 0)
    if documents and not words:
        raise IndexUnavailable(Trouble.DAMAGED)
    return IndexHealth(None, documents, generation.name)


def _copying(
    connection: Connection, generation: Generation, statement: SQL
) -> AbstractContextManager[Copy]:
    return connection.cursor().copy(generation.named(statement))
