"""A copy of the shop's database to try things on, gone afterwards."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import URL, Engine, create_engine, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.pool import NullPool

from app.operations.backup.copies import copy_of
from app.operations.backup.errors import Refused
from app.operations.backup.postgres_copy import PostgresCopy


@contextmanager
def copied(engine: Engine, folder: Path) -> Iterator[URL]:
    """Copy the database while it is in use: SQLite to a file in `folder`, PostgreSQL to a database
    beside it. Raises Refused when it cannot be copied.
    """
    with TemporaryDirectory(dir=folder, prefix=".rehearsing-") as aside:
        saved = Path(aside, copy_of(engine).name)
        copy_of(engine).save(saved)
        if engine.dialect.name == "sqlite":
            yield engine.url.set(database=str(saved))
            return
        with _database_beside(engine) as url:
            other = create_engine(url, poolclass=NullPool)
            PostgresCopy(other).put_back(saved)
            yield url


@contextmanager
def _database_beside(engine: Engine) -> Iterator[URL]:
    name = f"{engine.url.database}_rehearsal_{secrets.token_hex(3)}"
    try:
        _alone(engine, f'CREATE DATABASE "{name}" TEMPLATE template0')
    except ProgrammingError as error:
        raise Refused(
            f"no database can be made beside this one: {error.orig}. "
            f"ALTER ROLE {engine.url.username} CREATEDB lets it"
        ) from error
    try:
        yield engine.url.set(database=name)
    finally:
        _alone(engine, f'DROP DATABASE "{name}" WITH (FORCE)')


def _alone(engine: Engine, statement: str) -> None:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(statement))
