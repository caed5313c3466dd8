"""The parts of the content, told by the module that knows what shared pages show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import SystemRandom
from typing import Final

EVERYTHING: Final = "everything"
"""Raised after a migration and by hand; every page has read it."""
_random = SystemRandom()


@dataclass(frozen=True, slots=True)
class Part:
    """Tables whose changes belong together.

    Of one that is `by_key`, pages and commands say which things of it they read and write. A part
    with `shards` is written by many at once: each takes one of its tags, pages read all of them.
    `columns` are those of other parts' tables that belong here, because they change far more often.
    """

    name: str
    tables: tuple[str, ...] = ()
    columns: Mapping[str, frozenset[str]] = field(default_factory=dict)
    shards: int = 1
    by_key: bool = False

    @property
    def tags(self) -> Sequence[str]:
        """What a page reads that shows anything of this part."""
        if self.shards == 1:
            return (self.name,)
        return [f"{self.name}+{shard}" for shard in range(self.shards)]

    def tag_to_raise(self) -> str:
        return self.name if self.shards == 1 else _random.choice(self.tags)

    def tag_of(self, key: int) -> str:
        return f"{self.name}/{key}"


class Parts:
    """All parts, by the tables they have."""

    def __init__(self) -> None:
        self._by_name: dict[str, Part] = {}
        self._by_table: dict[str, Part] = {}
        self._by_column: dict[str, dict[str, Part]] = {}
        self._goes_along: dict[str, frozenset[str]] = {}

    def tell(self, parts: Sequence[Part], goes_along: Mapping[str, frozenset[str]]) -> None:
        """Say which parts there are, and which tables lose rows with those of another."""
        self._goes_along = dict(goes_along)
        for part in parts:
            self._by_name[part.name] = part
            for table in part.tables:
                self._by_table[table] = part
            for table, columns in part.columns.items():
                self._by_column.setdefault(table, {}).update(dict.fromkeys(columns, part))

    def named(self, name: str) -> Part:
        return self._by_name[name]

    def read_by(self, table: str, words: frozenset[str]) -> Iterator[Part]:
        """The parts that a statement of these words reads in a table.

        Raises KeyError for a table that no shared page may show.
        """
        yield self._by_table[table]
        for column, part in self._by_column.get(table, {}).items():
            if column in words:
                yield part

    def written_by(self, table: str, columns: frozenset[str] | None) -> Iterator[Part]:
        """The parts that change with these columns of a table; with whole rows if None."""
        often = self._by_column.get(table, {})
        if columns is None:
            yield from often.values()
            for other in self._goes_along.get(table, ()):
                yield from self.written_by(other, None)
        else:
            yield from (often[column] for column in columns if column in often)
        if table in self._by_table and (columns is None or columns - often.keys()):
            yield self._by_table[table]
