"""The schema of an index: its generations, the row that points to one, and the lock to write.

Everything is made when it is missing, so that dropping any of it loses nothing but time.
"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from itertools import chain
from typing import Final, cast

import psycopg
from psycopg import Connection, errors
from psycopg.sql import SQL, Composed, Identifier
from sqlalchemy import Engine

from app.search.errors import IndexBusy, IndexUnavailable, Trouble
from app.search.fields import SCHEMA_VERSION
from app.search.postgres_backend.tables import CREATE_POINTER, Generation
from app.search.writing import OneWriter

_LONGEST_READ: Final = "2s"
_LONGEST_CLEANING: Final = "2s"
_NAME: Final = re.compile(r"[0-9]{6}_[0-9a-f]{8}")
_NOT_THERE: Final = (errors.UndefinedTable, errors.InvalidSchemaName)

_POINTED_AT: Final = SQL("SELECT generation, version, is_damaged FROM {current}")
_POINT: Final = SQL("""
INSERT INTO {current} (generation, version) VALUES (%s, %s) ON CONFLICT (one) DO UPDATE
SET generation = excluded.generation, version = excluded.version, is_damaged = false
""")
# A word of every fourth document is thought to be found faster by reading all of them, but the plan
# does not count what it takes to unpack their long descriptions.
_FOR_READING: Final = """
SELECT set_config('statement_timeout', %s, true), set_config('enable_seqscan', 'off', true)
"""
_CONDEMN: Final = SQL("UPDATE {current} SET is_damaged = true WHERE generation = %s")
_NAMES: Final = """
SELECT substr(tablename, length('document_') + 1) FROM pg_tables
WHERE schemaname = %s AND starts_with(tablename, 'document_')
"""


class Generations:
    """Which generation is current, and who may write. A writer waits `patience` seconds."""

    def __init__(self, engine: Callable[[], Engine], schema: str, *, patience: float) -> None:
        self._engine = engine
        self._schema = schema
        self._pointer = Identifier(schema, "current")
        self._writer = OneWriter(self._lock, patience=patience)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that ends by itself when one of its statements takes too long, and goes by
        the indexes.
        """
        with self._connected() as connection:
            connection.execute(_FOR_READING, [_LONGEST_READ])
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction of the only writer."""
        with self._writer.exclusive(), self._connected() as connection:
            yield connection

    def exclusive(self) -> AbstractContextManager[None]:
        """Hold the only writer's place, over threads, processes and machines."""
        return self._writer.exclusive()

    def current(self, connection: Connection) -> Generation:
        """The one in use; raises IndexUnavailable when there is none that this code can read."""
        try:
            found = connection.execute(self._named(_POINTED_AT)).fetchone()
        except _NOT_THERE as error:
            raise IndexUnavailable(Trouble.MISSING) from error
        except errors.UndefinedColumn as error:
            raise IndexUnavailable(Trouble.OUTDATED) from error
        if found is None:
            raise IndexUnavailable(Trouble.MISSING)
        name, version, is_damaged = found
        if version != SCHEMA_VERSION:
            raise IndexUnavailable(Trouble.OUTDATED)
        if is_damaged or not _NAME.fullmatch(name):
            raise IndexUnavailable(Trouble.DAMAGED)
        return Generation(self._schema, name)

    def condemn(self, generation: Generation) -> None:
        """Let nobody read this generation again; the next check by the worker writes a new one."""
        with suppress(psycopg.Error), self._connected() as connection:
            connection.execute(self._named(_CONDEMN), [generation.name])

    @contextmanager
    def replacement(self) -> Iterator[tuple[Connection, Generation]]:
        """New tables that become the current ones when the block ends well."""
        with self._writer.exclusive():
            with self._connected() as connection:
                self._prepare(connection)
                generation = Generation(self._schema, self._new_name(connection))
                connection.execute(generation.create())
                yield connection, generation
                connection.execute(generation.index())
                connection.execute(self._named(_POINT), [generation.name, SCHEMA_VERSION])
            self._remove_all_but(generation)

    def _prepare(self, connection: Connection) -> None:
        """Make schema and pointer, anew where an older code's pointer has another shape."""
        schema = Identifier(self._schema)
        connection.execute(SQL("CREATE SCHEMA IF NOT EXISTS {}").format(schema))
        try:
            with connection.transaction():
                connection.execute(self._named(CREATE_POINTER))
                connection.execute(self._named(_POINTED_AT))
        except (errors.UndefinedColumn, errors.WrongObjectType):
            connection.execute(SQL("DROP SCHEMA {} CASCADE").format(schema))
            connection.execute(SQL("CREATE SCHEMA {}").format(schema))
            connection.execute(self._named(CREATE_POINTER))

    def _new_name(self, connection: Connection) -> str:
        """The number tells people which is newer; the random part tells readers that it is new."""
        numbers = [name[:6] for name in self._names(connection) if _NAME.fullmatch(name)]
        return f"{max(map(int, numbers), default=0) + 1:06d}_{secrets.token_hex(4)}"

    def _remove_all_but(self, kept: Generation) -> None:
        """Drop old generations once nobody reads them; what is still read goes the next time."""
        with self._connected() as connection:
            names = [name for name in self._names(connection) if name != kept.name]
        for statement in chain.from_iterable(
            Generation(self._schema, name).drops() for name in names
        ):
            with suppress(errors.LockNotAvailable), self._connected() as connection:
                connection.execute(
                    "SELECT set_config('lock_timeout', %s, true)", [_LONGEST_CLEANING]
                )
                connection.execute(statement)

    def _names(self, connection: Connection) -> list[str]:
        return [name for (name,) in connection.execute(_NAMES, [self._schema])]

    def _named(self, statement: SQL) -> Composed:
        return statement.format(current=self._pointer)

    @contextmanager
    def _lock(self, deadline: float) -> Iterator[None]:
        with self._connected() as connection:
            wait = max(1, round((deadline - time.monotonic()) * 1000))
            connection.execute("SELECT set_config('lock_timeout', %s, true)", [f"{wait}ms"])
            try:
                connection.execute(
                    "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
                    [f"vitrine search {self._schema}"],
                )
            except errors.LockNotAvailable as error:
                raise IndexBusy from error
            yield

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        """A transaction of our own: what fails here undoes nothing of the shop's."""
        pooled = self._engine().raw_connection()
        try:
            connection = cast("Connection", pooled.driver_connection)
            with connection.transaction():
                yield connection
        finally:
            pooled.close()
