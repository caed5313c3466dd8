"""What a guard is, and the ways to take one away. None of them is known to the shop's own code."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from types import CodeType, FunctionType
from typing import Any, Protocol

from app.platform.db import db


class Removal(Protocol):
    """Takes what is at a place away while the block runs."""

    def gone(self, place: str) -> Any: ...

    def fits(self, place: str) -> bool:
        """Whether there is something to take away: a guard that moved must move here too."""


@dataclass(frozen=True)
class Without:
    """Another object stands in the place of `module:name` or `module:Class.name`."""

    instead: Callable[[Any], Any]

    @contextmanager
    def gone(self, place: str) -> Iterator[None]:
        owner, name = _owner(place)
        original = getattr(owner, name)
        setattr(owner, name, self.instead(original))
        try:
            yield
        finally:
            setattr(owner, name, original)

    def fits(self, place: str) -> bool:
        owner, name = _owner(place)
        return hasattr(owner, name)


@dataclass(frozen=True)
class Rewritten:
    """The function at `module:name` is compiled anew with other words in the place of some."""

    words: str
    instead: str

    @contextmanager
    def gone(self, place: str) -> Iterator[None]:
        function = _function(place)
        original = function.__code__
        function.__code__ = self._compiled(function)
        try:
            yield
        finally:
            function.__code__ = original

    def fits(self, place: str) -> bool:
        return _source(_function(place)).count(self.words) == 1

    def _compiled(self, function: FunctionType) -> CodeType:
        tree = ast.parse(_source(function).replace(self.words, self.instead))
        (definition,) = tree.body
        assert isinstance(definition, ast.FunctionDef)
        definition.decorator_list = []
        made: dict[str, Any] = {}
        compiled = compile(tree, function.__code__.co_filename, "exec")
        exec(compiled, dict(function.__globals__), made)  # noqa: S102  (our own source)
        code: CodeType = made[function.__name__].__code__
        return code


@dataclass(frozen=True)
class Dropped:
    """`table:constraint` of PostgreSQL is dropped, and put back around what is left."""

    @contextmanager
    def gone(self, place: str) -> Iterator[None]:
        table, constraint = place.split(":")
        with db.engine.begin() as connection:
            kept = connection.exec_driver_sql(
                "SELECT pg_get_constraintdef(oid) FROM pg_constraint "
                f"WHERE conname = '{constraint}' AND conrelid = '\"{table}\"'::regclass"
            ).scalar_one()
            connection.exec_driver_sql(f'ALTER TABLE "{table}" DROP CONSTRAINT {constraint}')
        try:
            yield
        finally:
            db.session.rollback()
            with db.engine.begin() as connection:
                connection.exec_driver_sql(f'TRUNCATE "{table}" CASCADE')
                connection.exec_driver_sql(
                    f'ALTER TABLE "{table}" ADD CONSTRAINT {constraint} {kept}'
                )

    def fits(self, place: str) -> bool:
        table, constraint = place.split(":")
        return constraint in {each.name for each in db.metadata.tables[table].constraints}


@dataclass(frozen=True)
class Guard:
    """What keeps an invariant, where it is, and the test that turns red without it.

    `test` is a node of pytest; of its cases those count that have `case` in their name.
    """

    name: str
    keeps: str
    place: str
    removal: Removal
    test: str
    case: str = ""
    database: str = "sqlite"


def _owner(place: str) -> tuple[Any, str]:
    module, _, path = place.partition(":")
    *owners, name = path.split(".")
    owner = import_module(module)
    for each in owners:
        owner = getattr(owner, each)
    return owner, name


def _function(place: str) -> FunctionType:
    owner, name = _owner(place)
    found = getattr(owner, name)
    if isinstance(found, property):
        found = found.fget
    function = inspect.unwrap(found)
    assert isinstance(function, FunctionType), place
    return function


def _source(function: FunctionType) -> str:
    return textwrap.dedent(inspect.getsource(function))
