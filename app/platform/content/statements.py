"""Which tables a statement reads and writes, told from its text: what is written by hand, with an
entity, in bulk or beneath the session looks the same here. Rather one table too many than too few.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_WORD: Final = re.compile(r"\w+")
_WRITE: Final = re.compile(
    r"""\b(INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE|DELETE\s+FROM|TRUNCATE(?:\s+TABLE)?)
        \s+(?:ONLY\s+)?(?:"?\w+"?\.)?"?(\w+)""",
    re.VERBOSE | re.IGNORECASE,
)
_CLAUSE: Final = re.compile(
    r"\bSET\b(.*?)(?:\bWHERE\b|\bRETURNING\b|\Z)", re.DOTALL | re.IGNORECASE
)
_SET: Final = re.compile(r'(\w+)"?\s*=')


@dataclass(frozen=True, slots=True)
class Written:
    """Rows of a table that come, go or change; `columns` are those an UPDATE may have set."""

    table: str
    columns: frozenset[str] | None


@lru_cache(4096)
def words_in(statement: str) -> frozenset[str]:
    """Every name in it, tables, columns and others alike."""
    return frozenset(_WORD.findall(statement))


def tables_in(statement: str, known: Collection[str]) -> frozenset[str]:
    """Those of the known tables that it names."""
    return words_in(statement).intersection(known)


@lru_cache(4096)
def writes_in(statement: str) -> tuple[Written, ...]:
    """What it writes; nothing for one that only reads."""
    found = _WRITE.findall(statement)
    if len(found) == 1 and found[0][0].upper() == "UPDATE":
        return (Written(found[0][1], _columns(statement)),)
    return tuple(Written(table, None) for _verb, table in found)


def _columns(statement: str) -> frozenset[str] | None:
    clause = _CLAUSE.search(statement)
    if clause is None or "SELECT" in clause[1].upper():
        return None
    return frozenset(_SET.findall(clause[1]))
