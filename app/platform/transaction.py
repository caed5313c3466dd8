"""One command, one transaction: the outermost command begins and commits, inner ones join it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from sqlalchemy.exc import OperationalError

from app.platform.content import raising
from app.platform.db import db, write_turn, writing

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")
One = TypeVar("One")

MAX_ATTEMPTS = 3
_RETRYABLE = {"40001", "40P01"}  # PostgreSQL: serialization failure, deadlock detected
_after: ContextVar[list[Callable[[], None]] | None] = ContextVar("after_commit", default=None)
_gathered: ContextVar[dict[Callable[[list[Any]], None], list[Any]]] = ContextVar("gathered")


@contextmanager
def transaction() -> Iterator[None]:
    """End the read that went before, begin a write, commit it; an exception undoes all of it."""
    if writing.get():
        yield
        return
    db.session.rollback()
    with write_turn():
        token, waiting, pending = writing.set(True), _after.set([]), _gathered.set({})
        try:
            with raising.noted():
                yield
                _write_gathered()
                db.session.flush()
                raising.raise_stamps()
            db.session.commit()
            callbacks = _after.get() or []
        except BaseException:
            db.session.rollback()
            raise
        finally:
            writing.reset(token)
            _after.reset(waiting)
            _gathered.reset(pending)
    for callback in dict.fromkeys(callbacks):
        callback()


def command(function: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Make a function a command.

    The outermost one is run again when PostgreSQL chose it as deadlock victim.
    """

    @wraps(function)
    def run(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        if writing.get():
            return function(*args, **kwargs)
        for attempt in range(1, MAX_ATTEMPTS + 1):
            try:
                with transaction():
                    return function(*args, **kwargs)
            except OperationalError as error:
                if attempt == MAX_ATTEMPTS or getattr(error.orig, "sqlstate", "") not in _RETRYABLE:
                    raise
        raise AssertionError("unreachable")

    return run


def after_commit(callback: Callable[[], None]) -> None:
    """Run `callback` once after the commit; it is forgotten when the transaction is undone."""
    waiting = _after.get()
    if waiting is None:
        raise RuntimeError("after_commit outside a command")
    waiting.append(callback)


def gather(write: Callable[[list[One]], None], one: One) -> None:
    """Have `write` write all that was gathered for it, once, before the commit.

    For rows that nobody reads in the transaction that writes them. Inside a savepoint they are
    written at once, so that they are undone with it.
    """
    if not writing.get():
        raise RuntimeError("something was to be written outside a command")
    if db.session().in_nested_transaction():
        write([one])
    else:
        _gathered.get().setdefault(write, []).append(one)


def in_transaction() -> bool:
    return writing.get()


def _write_gathered() -> None:
    gathered = _gathered.get()
    while gathered:
        write = next(iter(gathered))
        write(gathered.pop(write))
