"""Asks the index, or the database while the index is away: less clever, but it answers."""

from __future__ import annotations

from typing import Final

from app.catalog.queries import cards, collections
from app.search import queries
from app.search.backend import SearchFilters, SearchResult
from app.search.errors import IndexUnavailable

FROM_DATABASE: Final = 60


def look(text: str, *, limit: int, offset: int = 0, within: str = "") -> SearchResult:
    """Product ids for these words, best first; `within` is the slug of a collection."""
    try:
        return queries.found(
            text, filters=SearchFilters(collection=within), limit=limit, offset=offset
        )
    except IndexUnavailable:
        ids = cards.found_by_text(text, FROM_DATABASE)
        if within:
            ids = collections.members_among(ids, within)
        return SearchResult(tuple(ids[offset : offset + limit]), len(ids))
