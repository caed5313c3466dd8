"""Which way of copying suits the database."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from sqlalchemy import Engine

from app.operations.backup.figures import Figures
from app.operations.backup.postgres_copy import PostgresCopy
from app.operations.backup.sqlite_copy import SqliteCopy


class DatabaseCopy(Protocol):
    """`name` is the copy's in the archive. Each step raises Refused, and then changed nothing."""

    @property
    def kind(self) -> str: ...

    @property
    def name(self) -> str: ...

    def save(self, target: Path) -> Figures:
        """Copy the database while it is in use; returns the figures of the copy."""
        ...

    def check(self, source: Path) -> Figures | None:
        """Look whether a copy is in order; its figures, where they can be had without a server."""
        ...

    def put_back(self, source: Path) -> None:
        """Replace the database by the copy, wholly or not at all."""
        ...


def copy_of(engine: Engine) -> DatabaseCopy:
    return PostgresCopy(engine) if engine.dialect.name == "postgresql" else SqliteCopy(engine)
