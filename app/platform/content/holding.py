"""Whether content is as it was: the look that every kept page gets before it is handed out.

Each thread has a connection of its own for it, beside the pool, so that a look costs one small
statement. On SQLite mostly less: the database counts its commits, and until the next one
everything that was looked up still holds.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from threading import Lock, local
from typing import Any
from weakref import WeakSet, finalize

from sqlalchemy import Engine, event, func, select

from app.platform.content.models import ContentStamp
from app.platform.db import db, engine_options

_MOST_KNOWN = 4096


def sum_now(tags: Sequence[str]) -> int:
    """What the stamps of these tags come to, as the session sees them."""
    stamps = select(func.coalesce(func.sum(ContentStamp.stamp), 0))
    return int(db.session.scalar(stamps.where(ContentStamp.tag.in_(tags))) or 0)


class Lookout:
    """Looks at the stamps of one database, from any thread of any process."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._open: WeakSet[Any] = WeakSet()
        self._lock = Lock()
        self._generation = 0
        self._mine = local()
        self._is_sqlite = engine.dialect.name == "sqlite"
        event.listen(engine, "engine_disposed", self._close)

    def sum_of(self, tags: tuple[str, ...]) -> int | None:
        """What the stamps come to at this moment; None when the database does not say."""
        try:
            seen = self._seen()
            return seen.sum_of(tags)
        except self._engine.dialect.loaded_dbapi.Error:
            self._mine.__dict__.clear()
            return None

    def _seen(self) -> _Sqlite | _Postgresql:
        at = (os.getpid(), self._generation)
        if getattr(self._mine, "at", None) != at:
            connection = self._connect()
            self._mine.seen = (_Sqlite if self._is_sqlite else _Postgresql)(connection)
            self._mine.at = at
            # A thread that ends takes its connection along.
            finalize(self._mine.seen, _end, connection, os.getpid()).atexit = False
            with self._lock:
                self._open.add(self._mine.seen)
        return self._mine.seen  # type: ignore[no-any-return]

    def _connect(self) -> Any:
        """Beside the pool, with as much patience as the pool has."""
        url, dialect = self._engine.url, self._engine.dialect
        arguments, options = dialect.create_connect_args(url)
        patience: Any = engine_options(url.drivername)["connect_args"]
        return dialect.connect(*arguments, **{**options, **patience})

    def _close(self, _engine: Engine) -> None:
        """With the pool's connections these go as well."""
        with self._lock:
            self._generation += 1
            for seen in list(self._open):
                with suppress(Exception):
                    seen.connection.close()


def _end(connection: Any, process: int) -> None:
    """A connection that was inherited by a fork is its parent's to close."""
    if process == os.getpid():
        with suppress(Exception):
            connection.close()


class _Sqlite:
    def __init__(self, connection: Any) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA query_only=ON")
        self.connection = connection
        self._commits = -1
        self._known: dict[tuple[str, ...], int] = {}

    def sum_of(self, tags: tuple[str, ...]) -> int:
        commits = self.connection.execute("PRAGMA data_version").fetchone()[0]
        if commits != self._commits or len(self._known) > _MOST_KNOWN:
            self._commits = commits
            self._known.clear()
        found = self._known.get(tags)
        if found is None:
            places = ",".join("?" * len(tags))
            query = f"SELECT coalesce(sum(stamp), 0) FROM content_stamp WHERE tag IN ({places})"  # noqa: S608
            found = self._known[tags] = self.connection.execute(query, tags).fetchone()[0]
        return found


class _Postgresql:
    """Asks libpq without a cursor in between, which would cost several times as much as the answer.

    It is the same connection; the parameter is written as the database itself would write it.
    """

    LOOK = b"look"
    QUERY = b"SELECT coalesce(sum(stamp), 0)::bigint FROM content_stamp WHERE tag = ANY($1::text[])"

    def __init__(self, connection: Any) -> None:
        connection.autocommit = True
        self.connection = connection
        self._asking = connection.pgconn
        self._asking.prepare(self.LOOK, self.QUERY)

    def sum_of(self, tags: tuple[str, ...]) -> int:
        answer = self._asking.exec_prepared(self.LOOK, [_as_array(tags)])
        found = answer.get_value(0, 0) if answer.ntuples else None
        if found is None:
            raise self.connection.OperationalError("no answer")
        return int(found)


@lru_cache(4096)
def _as_array(tags: tuple[str, ...]) -> bytes:
    return ("{" + ",".join(tags) + "}").encode()
