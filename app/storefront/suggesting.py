"""Rows below the search field: at most eight while somebody types, and what to begin with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.catalog.queries import cards, collections
from app.search import index
from app.search.backend import SearchResult
from app.search.errors import IndexUnavailable
from app.search.tokens import plain, terms
from app.storefront.looking import look

MOST_ROWS: Final = 8
MOST_WORDS: Final = 4
MOST_PIECES: Final = 3
FEWEST_FOR_SCOPE: Final = 2


@dataclass(frozen=True, slots=True)
class Suggestions:
    """`all_of` is the search that `found` answers: as typed, else as the best completion.

    `scope` is the collection (slug, title) that most of it is in.
    """

    text: str
    words: tuple[str, ...] = ()
    scope: tuple[str, str] | None = None
    piece_ids: tuple[int, ...] = ()
    all_of: str = ""
    total: int = 0


def suggestions(text: str) -> Suggestions:
    """For one Chinese or two Latin characters; less suggests nothing."""
    if not _is_enough(text):
        return Suggestions(text)
    words = _completions(text)
    all_of, found = _answered(text, words)
    live = cards.visible_ids(found.ids)
    scope = collections.holding_most(live, at_least=FEWEST_FOR_SCOPE)
    pieces = tuple(live[:MOST_PIECES])
    room = MOST_ROWS - len(pieces) - (scope is not None) - bool(live)
    return Suggestions(
        text=text,
        words=tuple(words[: min(MOST_WORDS, room)]),
        scope=scope,
        piece_ids=pieces,
        all_of=all_of if live else "",
        total=found.total,
    )


def _is_enough(text: str) -> bool:
    bare = plain(text)
    return len(bare) > 1 or any(term.kind == "chinese" for term in terms(bare))


def _answered(text: str, words: list[str]) -> tuple[str, SearchResult]:
    """Half a word matches nothing yet: then its completion speaks for it."""
    found = look(text, limit=cards.PAGE_SIZE)
    if words and (found.loosened or not found.total):
        return words[0], look(words[0], limit=cards.PAGE_SIZE)
    return text, found


def _completions(text: str) -> list[str]:
    try:
        return index.backend().suggest(text, limit=MOST_WORDS)
    except IndexUnavailable:
        return []
