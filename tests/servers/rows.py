"""Reads all rows of a test's database, and makes a change to them, beneath the application."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import psycopg
from sqlalchemy import MetaData, Table, make_url

from app.platform.db import db

Rows = Mapping[str, list[Any]]
QUIET = {"alembic_version"}
NUMBERS = "the numbers"
"""Under this name stands how far each sequence of PostgreSQL has counted."""
_COUNTED = (
    "SELECT format('%L, %s', quote_ident(sequencename), last_value) FROM pg_sequences "
    "WHERE schemaname = 'public' AND last_value IS NOT NULL ORDER BY 1"
)


class Beneath(Protocol):
    """A database of its own connection, which is opened when it is first needed."""

    def mark(self) -> object:
        """Something that differs as soon as somebody else has committed."""

    def rows(self) -> Rows: ...

    def change(self, before: Rows, after: Rows) -> Any:
        """What makes `after` out of `before`."""

    def make(self, change: Any) -> None: ...

    def let_go(self) -> None:
        """Somebody is about to put other files in the place of the database's."""

    def close(self) -> None: ...


def database_at(url: str) -> Beneath:
    if url.startswith("sqlite"):
        return SqliteRows(Path(url.partition(":///")[2]))
    return PostgresRows(url)


@dataclass(frozen=True)
class Change:
    """Of each table that differs: what has come, and whether the rest has to go first."""

    emptied: tuple[str, ...]
    added: Mapping[str, list[Any]]


def _change(before: Rows, after: Rows) -> Change:
    emptied, added = [], {}
    for name, rows in after.items():
        if rows == before[name]:
            continue
        old, new = Counter(before[name]), Counter(rows)
        if old - new:
            emptied.append(name)
            added[name] = rows
        else:
            added[name] = list((new - old).elements())
    return Change(tuple(emptied), added)


class SqliteRows:
    """In this process, with foreign keys at rest, as they are for every new connection."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._opened: sqlite3.Connection | None = None

    def mark(self) -> object:
        file = self._path.stat().st_ino
        return file, self._connection.execute("PRAGMA data_version").fetchone()

    def rows(self) -> Rows:
        return {
            table.name: self._connection.execute(
                f'SELECT {_columns(table)} FROM "{table.name}"'
            ).fetchall()
            for table in tables()
        }

    def change(self, before: Rows, after: Rows) -> Change:
        return _change(before, after)

    def make(self, change: Change) -> None:
        connection = self._connection
        connection.execute("BEGIN IMMEDIATE")
        for name in change.emptied:
            connection.execute(f'DELETE FROM "{name}"')
        for name, rows in change.added.items():
            if rows:
                marks = ", ".join("?" * len(rows[0]))
                connection.executemany(_insert(name) + f" VALUES ({marks})", rows)
        connection.execute("COMMIT")

    def let_go(self) -> None:
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    def close(self) -> None:
        self.let_go()

    @property
    def _connection(self) -> sqlite3.Connection:
        if self._opened is None:
            self._opened = sqlite3.connect(self._path, isolation_level=None, timeout=5)
            self._opened.execute("PRAGMA synchronous=OFF")
        return self._opened


class PostgresRows:
    """Rows as the text of their values, triggers and foreign keys at rest, all in one message."""

    def __init__(self, url: str) -> None:
        self._address = make_url(url).set(drivername="postgresql").render_as_string(False)
        self._opened: psycopg.Connection[Any] | None = None

    def mark(self) -> object:
        return self._ask("SELECT pg_snapshot_xmax(pg_current_snapshot())::text")

    def rows(self) -> Rows:
        found: dict[str, list[Any]] = {table.name: [] for table in tables()}
        for name, row in self._ask(_all_rows()):
            found[name].append(row)
        found[NUMBERS] = [row for (row,) in self._ask(_COUNTED)]
        return found

    def change(self, before: Rows, after: Rows) -> str:
        change = _change(before, after)
        return "; ".join(
            [
                "BEGIN",
                "SET LOCAL session_replication_role = replica",
                "SET LOCAL lock_timeout = '5s'",
                *(f'DELETE FROM "{name}"' for name in change.emptied if name != NUMBERS),
                *(
                    f"{_insert(name)} OVERRIDING SYSTEM VALUE VALUES {', '.join(rows)}"
                    for name, rows in change.added.items()
                    if rows and name != NUMBERS
                ),
                *(f"SELECT setval({row})" for row in change.added.get(NUMBERS, ())),
                "COMMIT",
            ]
        )

    def make(self, change: str) -> None:
        self._connection.execute(change.encode())

    def let_go(self) -> None:
        """The server keeps its files to itself."""

    def close(self) -> None:
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    def _ask(self, query: str) -> list[Any]:
        return self._connection.execute(query.encode()).fetchall()

    @property
    def _connection(self) -> psycopg.Connection[Any]:
        if self._opened is None:
            self._opened = psycopg.connect(self._address, autocommit=True)
        return self._opened


@cache
def tables() -> tuple[Table, ...]:
    """All of the shop's, those that others refer to first."""
    metadata: MetaData = db.metadatas[None]
    return tuple(table for table in metadata.sorted_tables if table.name not in QUIET)


def _columns(table: Table) -> str:
    return ", ".join(f'"{column.name}"' for column in table.columns)


@cache
def _insert(name: str) -> str:
    (table,) = (table for table in tables() if table.name == name)
    return f'INSERT INTO "{name}" ({_columns(table)})'


@cache
def _select(table: Table) -> str:
    return f'SELECT {_columns(table)} FROM "{table.name}"'


@cache
def _all_rows() -> str:
    """Each row with the name of its table, as it stands behind VALUES."""
    return " UNION ALL ".join(_literals(table) for table in tables())


def _literals(table: Table) -> str:
    values = [f"""coalesce(quote_literal("{column.name}"), 'NULL')""" for column in table.columns]
    row = f"'(' || concat_ws(', ', {', '.join(values)}) || ')'"
    return f"SELECT '{table.name}', {row} FROM \"{table.name}\""
