"""The words of a Whoosh index."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Final

from whoosh.reading import IndexReader

from app.search.whoosh_backend.schema import SEARCHED, WORDS

_MOST_CANDIDATES: Final = 300


class WhooshLexicon:
    """A Lexicon over one opened index."""

    def __init__(self, reader: IndexReader) -> None:
        self._reader = reader
        self._near: dict[str, str | None] = {}

    def words_beginning(self, prefix: str) -> list[str]:
        raw = islice(self._reader.expand_prefix(WORDS, prefix), _MOST_CANDIDATES)
        found = {word.decode("utf-8") for word in raw}
        return sorted(found, key=lambda word: (-self._commonness(WORDS, word), len(word), word))

    def has_word(self, word: str) -> bool:
        return self._commonness(WORDS, word) > 0

    def known_tokens(self, tokens: Iterable[str]) -> set[str]:
        return {token for token in tokens if self._commonness(SEARCHED, token)}

    def word_near(self, word: str) -> str | None:
        if word not in self._near:
            # Two letters exchanged are two edits to Whoosh.
            found = self._reader.corrector(WORDS).suggest(word, limit=1, maxdist=2, prefix=1)
            self._near[word] = str(found[0]) if found else None
        return self._near[word]

    def tokens_near(self, token: str) -> list[str]:
        # The first letter may not differ: wider nets cost half a second.
        found = set(self._reader.terms_within(SEARCHED, token, 1, prefix=1)) - {token}
        found |= {near for near in _exchanged(token) if self._commonness(SEARCHED, near)}
        return sorted(found, key=lambda near: (-self._commonness(SEARCHED, near), near))

    def _commonness(self, field: str, word: str) -> int:
        return int(self._reader.doc_frequency(field, word))


def _exchanged(token: str) -> list[str]:
    """The token with each two neighbours after the first letter exchanged."""
    return [
        token[:place] + token[place + 1] + token[place] + token[place + 2 :]
        for place in range(1, len(token) - 1)
        if token[place] != token[place + 1]
    ]
