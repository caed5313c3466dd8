"""The words of a PostgreSQL index."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from psycopg import Connection
from psycopg.sql import SQL

from app.search.postgres_backend.tables import TOKEN, WORD, Generation

_MOST_CANDIDATES: Final = 300
_MOST_COMPARED: Final = 4_000
_MANY_SPELLINGS: Final = 60

_BEGINNING: Final = SQL("""
SELECT word FROM {word} WHERE kind = %s AND word LIKE %s
ORDER BY documents DESC, length(word), word LIMIT %s
""")
_KNOWN: Final = SQL("SELECT 1 FROM {word} WHERE kind = %s AND word = %s")
_COUNTED: Final = SQL("SELECT word, documents FROM {word} WHERE kind = %s AND word = ANY(%s)")
_ALIKE: Final = SQL("""
SELECT word FROM {word} WHERE kind = %s AND word LIKE %s AND length(word) BETWEEN %s AND %s
ORDER BY documents DESC, word LIMIT %s
""")


class PostgresLexicon:
    """A Lexicon over one generation."""

    def __init__(self, connection: Connection, generation: Generation) -> None:
        self._connection = connection
        self._generation = generation
        self._documents: dict[str, int] = {}

    def words_beginning(self, prefix: str) -> list[str]:
        return self._column(_BEGINNING, WORD, _like(prefix), _MOST_CANDIDATES)

    def has_word(self, word: str) -> bool:
        return bool(self._column(_KNOWN, WORD, word))

    def known_tokens(self, tokens: Iterable[str]) -> set[str]:
        return {token for token, documents in self.documents(tokens).items() if documents}

    def documents(self, tokens: Iterable[str]) -> dict[str, int]:
        """How many documents hold each of the tokens; asked once for each."""
        wanted = set(tokens)
        new = wanted - self._documents.keys()
        if new:
            statement = self._generation.named(_COUNTED)
            rows = self._connection.execute(statement, [TOKEN, list(new)])
            counted: dict[str, int] = dict(rows.fetchall())
            self._documents.update({token: counted.get(token, 0) for token in new})
        return {token: self._documents[token] for token in wanted}

    def word_near(self, word: str) -> str | None:
        return next(iter(self._near(WORD, word)), None)

    def tokens_near(self, token: str) -> list[str]:
        return self._near(TOKEN, token)

    def _near(self, kind: str, written: str) -> list[str]:
        """Words with the same first letter that are one mistake away, the commonest first."""
        length = len(written)
        alike = self._column(
            _ALIKE, kind, _like(written[0]), length - 1, length + 1, _MOST_COMPARED
        )
        return [word for word in alike if is_one_mistake_away(written, word)][:_MANY_SPELLINGS]

    def _column(self, statement: SQL, *values: object) -> list[str]:
        cursor = self._connection.execute(self._generation.named(statement), values)
        return [found for (found,) in cursor]


def is_one_mistake_away(written: str, meant: str) -> bool:
    """Whether one letter more, less or other, or two neighbours exchanged, is the difference."""
    if written == meant or abs(len(written) - len(meant)) > 1:
        return False
    start = 0
    while start < min(len(written), len(meant)) and written[start] == meant[start]:
        start += 1
    rest, other = written[start:], meant[start:]
    if len(rest) != len(other):
        return rest[1:] == other or rest == other[1:]
    exchanged = rest[:2] == other[1::-1] and rest[2:] == other[2:]
    return rest[1:] == other[1:] or exchanged


def _like(prefix: str) -> str:
    """A LIKE pattern of what begins with this text."""
    return prefix.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
