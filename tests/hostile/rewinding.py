"""Remember a shop as it stands, and put it back in milliseconds, whatever was done to it since."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Collection, Iterable
from contextlib import closing
from dataclasses import dataclass
from functools import cache, partial
from itertools import count
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import MetaData, Table, text

from app.platform.db import db
from tests.servers.stage import Stage

Rows = dict[str, list[tuple[Any, ...]]]
QUIET = {"alembic_version"}
VACUUM_EVERY = 50
"""The tests' PostgreSQL does not vacuum by itself, and what was put back lies beside what was."""
_restored = count(1)


@dataclass(frozen=True)
class Remembered:
    """`restore` makes the database and the data folder what they were.

    Who knows which tables have changed since may name them.
    """

    restore: Callable[[Collection[str] | None], None]


def remember(stage: Stage, folder: Path) -> Remembered:
    """Keep a copy beside the original; `folder` is new and ours."""
    data = stage.settings.data_dir
    database = Path(stage.settings.database_url.partition(":///")[2])
    if stage.settings.database_url.startswith("sqlite"):
        _copy_sqlite(database, folder / "shop.sqlite3")
        back = partial(_restore_sqlite, stage.app, folder / "shop.sqlite3", database)
    else:
        _copy_postgresql(stage.app)
        back = partial(_restore_postgresql, stage.app)
    files = folder / "files"
    shutil.copytree(data, files, ignore=shutil.ignore_patterns("*.sqlite3*", "*.sock"))
    seen = _seen(data)

    def restore(changed: Collection[str] | None = None) -> None:
        nonlocal seen
        if _seen(data) != seen:
            for path in data.iterdir():
                if path.is_dir():
                    shutil.rmtree(path)
            shutil.copytree(files, data, dirs_exist_ok=True)
            seen = _seen(data)
        back(changed)

    return Remembered(restore)


class Picture:
    """Every row of every table as it was when this was made."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self.rows = _rows(app, _queries())
        self._marks = _marks(app)

    def changed(self) -> Rows:
        """The tables that are different now, with all the rows they have now."""
        marks = _marks(self._app)
        suspected = [name for name, mark in marks.items() if mark != self._marks[name]]
        now = _rows(self._app, suspected) if suspected else {}
        return {name: rows for name, rows in now.items() if rows != self.rows[name]}


def rows_about(rows: Rows, who: dict[str, set[str]], tables: Collection[str]) -> Rows:
    """The rows of some tables that have in a column of `who` (`column` or `table.column`) one of
    its values.
    """
    found: Rows = {}
    for table in _tables():
        if table.name in tables:
            places = [
                (place, who.get(column.name) or who[f"{table.name}.{column.name}"])
                for place, column in enumerate(table.columns)
                if column.name in who or f"{table.name}.{column.name}" in who
            ]
            found[table.name] = [
                row
                for row in rows[table.name]
                if any(str(row[place]) in values for place, values in places)
            ]
    return found


class Witness:
    """Says cheaply whether anything was committed since it was last asked."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._connection = db.engine.connect()
        self._is_sqlite = db.engine.dialect.name == "sqlite"
        self._seen = self._now()

    def saw_a_change(self) -> bool:
        before, self._seen = self._seen, self._now()
        return before != self._seen

    def close(self) -> None:
        self._connection.close()

    def _now(self) -> object:
        newest = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text"
        try:
            return self._connection.scalar(
                text("PRAGMA data_version" if self._is_sqlite else newest)
            )
        finally:
            self._connection.rollback()


def _seen(folder: Path) -> set[tuple[str, int, int]]:
    """Every file of the data folder but its database and sockets, and when it was written."""
    found = set()
    for place, _folders, names in os.walk(folder):
        for name in names:
            if ".sqlite3" not in name and not name.endswith(".sock"):
                facts = Path(place, name).lstat()
                found.add((f"{place}/{name}", facts.st_size, facts.st_mtime_ns))
    return found


def _rows(app: Flask, names: Iterable[str]) -> Rows:
    """As the driver reads them, in one order."""
    with app.app_context(), db.engine.connect() as connection:
        cursor = connection.connection.cursor()
        found: Rows = {}
        for name in names:
            cursor.execute(_queries()[name])
            found[name] = sorted(map(tuple, cursor.fetchall()), key=repr)
        cursor.close()
    return found


def _marks(app: Flask) -> dict[str, object]:
    """By the name of a table, something that differs when its rows do; cheaper than to sort them.

    PostgreSQL is asked for sums of hashes, SQLite, which is in this process, for the rows.
    """
    with app.app_context(), db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            return dict(connection.execute(text(_sums_of_hashes())).all())
        cursor = connection.connection.cursor()
        found: dict[str, object] = {}
        for name, query in _queries().items():
            cursor.execute(query)
            found[name] = list(map(tuple, cursor.fetchall()))
        cursor.close()
    return found


@cache
def _sums_of_hashes() -> str:
    return " UNION ALL ".join(
        f'SELECT \'{name}\', sum(hashtextextended("{name}"::text, 0)) FROM "{name}"'
        for name in _queries()
    )


@cache
def _queries() -> dict[str, str]:
    """By the name of a table, what reads all of it."""
    found = {}
    for table in _tables():
        columns = ", ".join(f'"{column.name}"' for column in table.columns)
        found[table.name] = f'SELECT {columns} FROM "{table.name}"'
    return found


@cache
def _tables() -> list[Table]:
    metadata: MetaData = db.metadatas[None]
    return [table for table in metadata.sorted_tables if table.name not in QUIET]


def _copy_sqlite(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as original, closing(sqlite3.connect(target)) as copy:
        original.backup(copy)


def _restore_sqlite(
    app: Flask, source: Path, database: Path, _changed: Collection[str] | None
) -> None:
    with app.app_context():
        db.engine.dispose()
    for ending in ("", "-wal", "-shm"):
        database.with_name(f"{database.name}{ending}").unlink(missing_ok=True)
    shutil.copyfile(source, database)


def _copy_postgresql(app: Flask) -> None:
    """Copies of every table, and what every sequence counts on with, in a schema of their own."""
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("DROP SCHEMA IF EXISTS remembered CASCADE"))
        connection.execute(text("CREATE SCHEMA remembered"))
        for table in _tables():
            connection.execute(
                text(f'CREATE TABLE remembered."{table.name}" AS TABLE public."{table.name}"')
            )
        connection.execute(
            text(
                'CREATE TABLE remembered."the numbers" AS '
                "SELECT quote_ident(sequencename) AS name, "
                "coalesce(last_value, start_value) AS value, last_value IS NOT NULL AS called "
                "FROM pg_sequences WHERE schemaname = 'public'"
            )
        )


def _restore_postgresql(app: Flask, changed: Collection[str] | None) -> None:
    names = [table.name for table in _tables() if changed is None or table.name in changed]
    statements = [
        "SET LOCAL session_replication_role = replica",
        "SET LOCAL lock_timeout = '5s'",
        *(f'DELETE FROM public."{name}"' for name in names),
        *(
            f'INSERT INTO public."{name}" OVERRIDING SYSTEM VALUE SELECT * FROM remembered."{name}"'
            for name in names
        ),
        'SELECT setval(name::regclass, value, called) FROM remembered."the numbers"',
    ]
    with app.app_context():
        with db.engine.begin() as connection:
            connection.execute(text("; ".join(statements)))
        if next(_restored) % VACUUM_EVERY == 0:
            with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text("VACUUM"))
