"""The tables of an index, in a PostgreSQL schema of their own.

    current                         one row: which generation answers, and which code wrote it
    document_000002, word_000002    one generation

They belong to no migration: like a folder of Whoosh they may be thrown away at any time, and a
rebuild makes whatever is missing. A rebuild fills new tables and moves the pointer in one
transaction, so that a reader meets the old index or the new one.

Documents hold our own tokens as a tsvector; no text search configuration of the server is asked.
`found_by` has every token; `ranked_by` only those of title (A) and facts (B), so that ranking does
not have to unpack long descriptions.
"""

from __future__ import annotations

from typing import Final

from psycopg.sql import SQL, Composed, Identifier

CREATE_POINTER: Final = SQL("""
CREATE TABLE IF NOT EXISTS {current} (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    generation text NOT NULL,
    version integer NOT NULL,
    is_damaged boolean NOT NULL DEFAULT false
)
""")
# Without fastupdate no search has to read a list of what was written lately.
_CREATE: Final = SQL("""
CREATE TABLE {document} (
    product_id bigint NOT NULL,
    fingerprint text NOT NULL,
    found_by tsvector NOT NULL,
    ranked_by tsvector NOT NULL,
    offered text[] NOT NULL,
    filters text[] NOT NULL
);
CREATE TABLE {word} (
    kind text NOT NULL,
    word text COLLATE "C" NOT NULL,
    documents integer NOT NULL
)
""")
_INDEX: Final = SQL("""
ALTER TABLE {document} ADD PRIMARY KEY (product_id);
CREATE INDEX ON {document} USING gin (found_by) WITH (fastupdate = off);
CREATE INDEX ON {document} USING gin (filters) WITH (fastupdate = off);
ALTER TABLE {word} ADD PRIMARY KEY (kind, word);
ANALYZE {document};
ANALYZE {word}
""")
_DROPS: Final = (SQL("DROP TABLE IF EXISTS {word}"), SQL("DROP TABLE IF EXISTS {document}"))

TOKEN: Final = "token"  # noqa: S105  (a kind of word, not a secret)
WORD: Final = "word"


class Generation:
    """The two tables of one generation."""

    def __init__(self, schema: str, name: str) -> None:
        self.name = name
        self.document = Identifier(schema, f"document_{name}")
        self.word = Identifier(schema, f"word_{name}")

    def create(self) -> Composed:
        return self.named(_CREATE)

    def index(self) -> Composed:
        """After the rows are in, which is several times faster than before."""
        return self.named(_INDEX)

    def drops(self) -> list[Composed]:
        """One statement for each table, each for a transaction of its own.

        Whoever waits for one table while holding another makes a circle with a reader that holds
        the other one.
        """
        return [self.named(statement) for statement in _DROPS]

    def named(self, statement: SQL) -> Composed:
        """The statement with the names of these tables."""
        return statement.format(document=self.document, word=self.word)
