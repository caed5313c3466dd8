"""Every statement of an engine is noted: by the page that reads, by the command that writes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from sqlalchemy import Engine, event

from app.platform.content.models import ContentStamp
from app.platform.content.parts import Parts
from app.platform.content.raising import note_write
from app.platform.content.reading import note_read, spoil
from app.platform.db import db, writing

parts = Parts()
"""What the shop's pages show; filled by the module that has them."""


def watch(engine: Engine) -> None:
    event.listen(engine, "before_cursor_execute", _note)


def along() -> Mapping[str, frozenset[str]]:
    """By table: those that lose or change rows when rows of it go, as their references say."""
    found: dict[str, set[str]] = {}
    for table in db.metadata.tables.values():
        for key in table.foreign_keys:
            if key.ondelete:
                found.setdefault(key.column.table.name, set()).add(table.name)
    return {table: frozenset(others) for table, others in found.items()}


def _note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
    if writing.get():
        note_write(statement, parts)
        spoil()
    else:
        note_read(statement, parts, _tables(len(db.metadata.tables)))


@cache
def _tables(_number: int) -> frozenset[str]:
    return frozenset(db.metadata.tables) - {ContentStamp.__tablename__}
