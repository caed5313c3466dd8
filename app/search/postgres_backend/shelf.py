"""One search of a PostgreSQL index: matched by a tsquery, scored by the rarity of what was asked.

PostgreSQL's own ranking knows how often a word is in a document but not how rare it is in all of
them; the table of words does.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from psycopg import Connection
from psycopg.sql import SQL, Composable, Placeholder

from app.search.backend import SearchFilters, SearchResult
from app.search.postgres_backend.lexicon import PostgresLexicon
from app.search.postgres_backend.rows import quoted, required, tsquery
from app.search.postgres_backend.tables import Generation
from app.search.questions import All, Any, Question, leaves

# D, C, B, A. What is only in a description counts for the match and hardly for the place.
_PLACES: Final = [0.0, 0.0, 0.5, 1.0]
_AT_ALL: Final = 0.1
_MANY: Final = 10_000
_HAS: Final = SQL("{} * ts_rank({}::real[], ranked_by, {}::tsquery)")
_HAS_AT_ALL: Final = SQL("{} * (found_by @@ {}::tsquery)::int")

_FOUND: Final = SQL("""
WITH found AS MATERIALIZED (
    SELECT product_id, {score} AS score FROM {document}
    WHERE found_by @@ %(wanted)s::tsquery {narrowed}
)
SELECT product_id, count(*) OVER () FROM found
ORDER BY score DESC, product_id DESC LIMIT %(limit)s OFFSET %(offset)s
""")
_COUNT: Final = SQL(
    "SELECT count(*) FROM {document} WHERE found_by @@ %(wanted)s::tsquery {narrowed}"
)
# Left out without filters: an index of arrays looks through all of itself for an empty one.
_NARROWED: Final = SQL("AND filters @> %(filters)s::text[]")
_ANY: Final = SQL("SELECT 1 FROM {document} WHERE found_by @@ %s::tsquery LIMIT 1")


class _Values(dict[str, object]):
    """The values of a statement; those bound here get names of their own."""

    def bound(self, value: object) -> Placeholder:
        name = f"bound{len(self)}"
        self[name] = value
        return Placeholder(name)


class PostgresShelf:
    """A Shelf over one generation, as long as the connection's transaction lasts."""

    def __init__(
        self, connection: Connection, generation: Generation, filters: SearchFilters
    ) -> None:
        self._connection = connection
        self._generation = generation
        self._filters = required(filters)
        self.lexicon = PostgresLexicon(connection, generation)

    def found(self, asked: Sequence[Question], window: slice, *, every: bool) -> SearchResult:
        parts = tuple(asked)
        values = _Values(
            wanted=tsquery(All(parts) if every else Any(parts)),
            filters=self._filters,
            limit=window.stop - window.start,
            offset=window.start,
        )
        names = {
            "document": self._generation.document,
            "narrowed": _NARROWED if self._filters else SQL(""),
        }
        statement = _FOUND.format(score=self._score(parts, values, every=every), **names)
        rows = self._connection.execute(statement, values).fetchall()
        if rows or not window.start:
            return SearchResult(tuple(row[0] for row in rows), rows[0][1] if rows else 0)
        counted = self._connection.execute(_COUNT.format(**names), values).fetchone()
        return SearchResult((), counted[0] if counted else 0)

    def has_any(self, asked: Sequence[Question]) -> bool:
        wanted = tsquery(All(tuple(asked)))
        return bool(self._connection.execute(self._generation.named(_ANY), [wanted]).fetchone())

    def _score(self, asked: Sequence[Question], values: _Values, *, every: bool) -> Composable:
        """The sum, over what was asked, of how well a document has it times how rare that is."""
        rarity = self._rarity({leaf.token for question in asked for leaf in leaves(question)})
        places = values.bound(_PLACES)
        summands = []
        for question in asked:
            for weight, tokens in _by_weight(question).items():
                worth = weight * max(rarity.get(token, 0.0) for token in tokens)
                either = values.bound(" | ".join(map(quoted, tokens)))
                summands.append(_HAS.format(values.bound(worth), places, either))
                if not every:
                    summands.append(_HAS_AT_ALL.format(values.bound(worth * _AT_ALL), either))
        return SQL(" + ").join(summands)

    def _rarity(self, tokens: set[str]) -> dict[str, float]:
        """More for what few documents have. Only ratios matter, so a round total will do."""
        documents = self.lexicon.documents(tokens)
        return {token: math.log(1 + _MANY / count) for token, count in documents.items() if count}


def _by_weight(question: Question) -> dict[float, list[str]]:
    tokens: defaultdict[float, list[str]] = defaultdict(list)
    for leaf in leaves(question):
        tokens[leaf.weight].append(leaf.token)
    return tokens
