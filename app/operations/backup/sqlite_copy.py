"""SQLite's own way to copy a database that is in use, both ways.

A copy is one read transaction and disturbs nobody; putting it back is one write transaction, so
that a kill in the middle leaves what was there.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import NullPool

from app.operations.backup.errors import Damaged, Refused
from app.operations.backup.figures import Figures, figures

NAME = "database.sqlite3"
PATIENCE = 30.0


class SqliteCopy:
    """The database file behind an engine."""

    kind = "sqlite"
    name = NAME

    def __init__(self, engine: Engine) -> None:
        self._path = Path(str(engine.url.database))

    def save(self, target: Path) -> Figures:
        """Copy it to a file of its own; the figures are those of the copy."""
        with (
            _opened(self._path) as source,
            _opened(target) as copy,
        ):
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        return figures_of(target)

    def check(self, source: Path) -> Figures:
        """Raises Damaged unless every page of the copy is in order."""
        with _opened(source) as copy:
            try:
                answer = copy.execute("PRAGMA integrity_check").fetchone()[0]
            except sqlite3.DatabaseError as error:
                raise Damaged(f"its database cannot be read: {error}") from error
        if answer != "ok":
            raise Damaged(f"its database is damaged: {answer}")
        return figures_of(source)

    def put_back(self, source: Path) -> None:
        """Replace everything in one transaction, whoever else has the file open."""
        with _opened(self._path) as target, _opened(source) as copy:
            try:
                target.execute("PRAGMA journal_mode=WAL")
                target.execute("PRAGMA synchronous=FULL")
                copy.backup(target)
            except sqlite3.Error as error:
                raise Refused(f"the database could not be replaced: {error}") from error


def _opened(path: Path) -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(path, timeout=PATIENCE))


def figures_of(path: Path) -> Figures:
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    with engine.connect() as connection:
        return figures(connection)
