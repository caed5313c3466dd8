"""Remember a shop as it stands, and put it back in milliseconds, whatever was done to it since."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from flask import Flask
from sqlalchemy import MetaData, Table, text
from sqlalchemy.engine import Connection

from app.platform.db import db
from tests.servers.stage import Stage

Row = tuple[tuple[str, str], ...]
Rows = dict[str, list[Row]]
QUIET = {"alembic_version"}


@dataclass(frozen=True)
class Remembered:
    """`restore` makes the database and the data folder what they were."""

    restore: Callable[[], None]


def remember(stage: Stage, folder: Path) -> Remembered:
    """Keep a copy beside the original; `folder` is new and ours."""
    data = stage.settings.data_dir
    database = Path(stage.settings.database_url.partition(":///")[2])
    if stage.settings.database_url.startswith("sqlite"):
        _copy_sqlite(database, folder / "shop.sqlite3")
        back = partial(_restore_sqlite, stage.app, folder / "shop.sqlite3", database)
    else:
        back = partial(_execute, stage.app, _copy_postgresql(stage.app))
    files = folder / "files"
    shutil.copytree(data, files, ignore=shutil.ignore_patterns("*.sqlite3*", "*.sock"))

    def restore() -> None:
        for path in data.iterdir():
            if path.is_dir():
                shutil.rmtree(path)
        shutil.copytree(files, data, dirs_exist_ok=True)
        back()

    return Remembered(restore)


def everything(app: Flask) -> Rows:
    """Every row of every table, each as pairs of column and text."""
    with _reading(app) as connection:
        return {table.name: _rows(connection, table) for table in _tables(app)}


def changed_tables(before: Rows, after: Rows) -> set[str]:
    return {name for name in before if before[name] != after[name]}


def rows_about(rows: Rows, who: dict[str, set[str]]) -> Rows:
    """The rows that have in a column of `who` (`column` or `table.column`) one of its values."""
    return {
        name: [row for row in table if any(_names(name, *pair, who) for pair in row)]
        for name, table in rows.items()
    }


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


def _names(table: str, column: str, value: str, who: dict[str, set[str]]) -> bool:
    return value in who.get(column, ()) or value in who.get(f"{table}.{column}", ())


def _tables(app: Flask) -> list[Table]:
    metadata: MetaData = db.metadatas[None]
    return [table for table in metadata.sorted_tables if table.name not in QUIET]


def _rows(connection: Connection, table: Table) -> list[Row]:
    rows = connection.execute(table.select()).mappings()
    return sorted(tuple((name, str(value)) for name, value in row.items()) for row in rows)


@contextmanager
def _reading(app: Flask) -> Iterator[Connection]:
    with app.app_context(), db.engine.connect() as connection:
        yield connection


def _copy_sqlite(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as original, closing(sqlite3.connect(target)) as copy:
        original.backup(copy)


def _restore_sqlite(app: Flask, source: Path, database: Path) -> None:
    with app.app_context():
        db.engine.dispose()
    for ending in ("", "-wal", "-shm"):
        database.with_name(f"{database.name}{ending}").unlink(missing_ok=True)
    shutil.copyfile(source, database)


def _copy_postgresql(app: Flask) -> str:
    """Copies of every filled table in a schema of their own, and the SQL that puts them back."""
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("DROP SCHEMA IF EXISTS remembered CASCADE"))
        connection.execute(text("CREATE SCHEMA remembered"))
        names = [f'"{table.name}"' for table in _tables(app)]
        for name in names:
            connection.execute(text(f"CREATE TABLE remembered.{name} AS TABLE public.{name}"))
        numbers = connection.scalars(
            text(
                "SELECT format('SELECT setval(%L, %s, %L)', quote_ident(sequencename), "
                "coalesce(last_value, start_value), last_value IS NOT NULL) "
                "FROM pg_sequences WHERE schemaname = 'public'"
            )
        ).all()
    return "; ".join(
        [
            "SET LOCAL session_replication_role = replica",
            "SET LOCAL lock_timeout = '5s'",
            *(f"DELETE FROM public.{name}" for name in names),
            *(
                f"INSERT INTO public.{name} OVERRIDING SYSTEM VALUE SELECT * FROM remembered.{name}"
                for name in names
            ),
            *numbers,
        ]
    )


def _execute(app: Flask, statements: str) -> None:
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text(statements))
