"""The registry of personal data: each module that stores some says how it is exported and
erased.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class PersonalData:
    """`tables` name what is covered; `export` returns JSON-ready rows; `erase` pseudonymises in a
    transaction.
    """

    module: str
    tables: frozenset[str]
    export: Callable[[int], list[dict[str, object]]]
    erase: Callable[[int, datetime], None]


_registered: dict[str, PersonalData] = {}


def register(data: PersonalData) -> None:
    _registered[data.module] = data


def registered() -> tuple[PersonalData, ...]:
    return tuple(_registered.values())


def covered_tables() -> frozenset[str]:
    return frozenset[str]().union(*(data.tables for data in _registered.values()))
