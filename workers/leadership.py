"""One scheduler wins: a lock that ends with its holder, however that holder ends.

On PostgreSQL it is an advisory lock of a session kept open for it (so it needs a direct connection,
or a pooler in session mode); on SQLite, where all processes share one machine, a locked file.
"""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

ADVISORY_KEY = 0x7669_7472
"""Any number nobody else uses in this database: "vitr"."""


class Leadership(Protocol):
    """`is_mine` takes the lock if it is free and says whether this process holds it now."""

    def is_mine(self) -> bool: ...
    def release(self) -> None: ...


def leadership(engine: Engine, data_dir: Path) -> Leadership:
    """The lock that suits the database."""
    if engine.dialect.name == "postgresql":
        return AdvisoryLock(engine)
    return FileLock(data_dir / "scheduler.lock")


class FileLock:
    """An flock: the kernel lets go of it when the process dies."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def is_mine(self) -> bool:
        if self._descriptor is not None:
            return True
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


class AdvisoryLock:
    """A lock of one database session: gone when the connection is, so each look asks over it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._session: Connection | None = None

    def is_mine(self) -> bool:
        """Raises nothing: a database that does not answer means that the lock is not ours."""
        try:
            if self._session is None:
                return self._taken()
            self._session.execute(text("SELECT 1"))
        except SQLAlchemyError:
            self.release()
            return False
        return True

    def _taken(self) -> bool:
        session = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        self._session = session
        attempt = text("SELECT pg_try_advisory_lock(:key)").bindparams(key=ADVISORY_KEY)
        taken = bool(session.execute(attempt).scalar_one())
        if not taken:
            self._close()
        return taken

    def release(self) -> None:
        """Close the session itself, not only hand it back: a pooled one would keep the lock.

        The lock is given back first, because the server learns of a closed socket in its own time.
        """
        if self._session is not None:
            unlock = text("SELECT pg_advisory_unlock(:key)").bindparams(key=ADVISORY_KEY)
            with suppress(SQLAlchemyError):
                self._session.execute(unlock)
            self._close()

    def _close(self) -> None:
        if self._session is not None:
            self._session.invalidate()
            self._session.close()
            self._session = None
