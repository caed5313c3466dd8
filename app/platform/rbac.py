"""Permissions, and the one function that says which rows an actor may see."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, Protocol, TypeVar

from sqlalchemy import ColumnElement, SQLColumnExpression, false, true

from app.platform.actor import Actor
from app.platform.errors import Forbidden, NotFound

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


class Scoped(Protocol):
    """A table that says whose rows it holds."""

    @classmethod
    def seen_by(cls, actor: Actor) -> ColumnElement[bool]: ...


def visible(actor: Actor, model: type[Scoped]) -> ColumnElement[bool]:
    """The condition every loader of `model` puts into its query.

    The system sees all; nobody else by default.
    """
    if actor.kind == "system":
        return true()
    return model.seen_by(actor)


def merchants_rows(actor: Actor, merchant_id: SQLColumnExpression[int]) -> ColumnElement[bool]:
    """Rows that belong to the merchant whose staff the actor is."""
    if not actor.is_staff or actor.merchant_id is None:
        return false()
    return merchant_id == actor.merchant_id


def ensure(actor: Actor, permission: str) -> None:
    """Raise Forbidden unless the actor holds the permission. Commands call it; views declare it."""
    if not actor.may(permission):
        raise Forbidden


def found(row: Result | None) -> Result:
    """The row, or NotFound: a row one may not see and a row that is not there look the same."""
    if row is None:
        raise NotFound
    return row


def declares(
    permission: str, check: Callable[[str], None]
) -> Callable[[Callable[Parameters, Result]], Callable[Parameters, Result]]:
    """A decorator that runs `check(permission)` before a view and names it there for the audit."""

    def decorate(view: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
        @wraps(view)
        def guarded(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
            check(permission)
            return view(*args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return decorate
