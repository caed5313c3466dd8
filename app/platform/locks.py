"""Row locks, remembered until their transaction ends: a row is asked for once, however many verbs
of one command lock it. And locks on names, for what has no row yet.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Any, Final, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import func, select
from sqlalchemy.orm import SessionTransaction

from app.platform.actor import Actor
from app.platform.db import db
from app.platform.rbac import found, visible

Row = TypeVar("Row", bound=Any)
Result = TypeVar("Result")
NAME_BYTES: Final = 8
_known: WeakKeyDictionary[SessionTransaction, dict[Hashable, Any]] = WeakKeyDictionary()


def lock_rows(model: type[Row], ids: Iterable[int]) -> list[Row]:
    """Rows by id, locked in that order; those that do not exist are left out.

    They are fresh, or as this transaction has left them since it locked them.
    """
    wanted = sorted(set(ids))
    missing = [row_id for row_id in wanted if not is_locked(model, row_id)]
    if missing:
        statement = select(model).where(model.id.in_(missing)).order_by(model.id).with_for_update()
        for row in db.session.scalars(statement.execution_options(populate_existing=True)):
            remember((model, row.id), row)
    locked = (recalled((model, row_id)) for row_id in wanted)
    return [row for row in locked if row is not None]


def lock_row(model: type[Row], row_id: int, actor: Actor) -> Row:
    """One row, locked as above, if the actor may see it; raises NotFound."""
    if actor.kind == "system":
        return found(next(iter(lock_rows(model, [row_id])), None))
    statement = select(model).where(model.id == row_id, visible(actor, model)).with_for_update()
    row: Row = found(db.session.scalar(statement.execution_options(populate_existing=True)))
    remember((model, row_id), row)
    return row


def lock_name(*words: str) -> None:
    """Wait for whoever else has locked this name, until the end of the transaction.

    For what two may do at once before there is a row that one of them could wait at. On SQLite
    there is one writer at a time anyway.
    """
    if db.session.get_bind().dialect.name != "postgresql":
        return
    name = hashlib.blake2b("\n".join(words).encode(), digest_size=NAME_BYTES).digest()
    db.session.execute(select(func.pg_advisory_xact_lock(int.from_bytes(name, signed=True))))


def made(row: Any) -> None:
    """Take a row for locked that this transaction has inserted: nobody else can see it."""
    remember((type(row), row.id), row)


def is_locked(model: type[Any], row_id: int) -> bool:
    """Whether this transaction has locked a row; what a savepoint undid it has not."""
    return recalled((model, row_id)) is not None


def behind_lock(key: Hashable, read: Callable[[], Result]) -> Result:
    """What was read under this key since the lock that guards it was taken; else read now.

    For rows that nobody changes without that lock.
    """
    known: Result | None = recalled(key)
    if known is None:
        known = read()
        remember(key, known)
    return known


def remember(key: Hashable, what: object) -> None:
    """Keep what this transaction has read, until it ends or its savepoint is undone."""
    innermost = next(_transactions(), None)
    if innermost is not None:
        _known.setdefault(innermost, {})[key] = what


def recalled(key: Hashable) -> Any:
    """What was remembered under this key; None when nothing was."""
    for each in _transactions():
        if key in _known.get(each, ()):
            return _known[each][key]
    return None


def _transactions() -> Iterator[SessionTransaction]:
    """The innermost savepoint first."""
    session = db.session()
    each = session.get_nested_transaction() or session.get_transaction()
    while each is not None:
        yield each
        each = each.parent
