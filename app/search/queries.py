"""What a search found, and the words that staff look after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.platform.db import db
from app.platform.rbac import found as found_or_missing
from app.search import index
from app.search.backend import SearchFilters, SearchResult
from app.search.models import SearchHotWord, SearchMiss, SearchSynonym
from app.search.synonyms import Synonyms

MISSES_PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class SynonymRow:
    """One group of words of one meaning."""

    id: int
    words: tuple[str, ...]
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class MissRow:
    """A search that found nothing, how often, and when last."""

    id: int
    text: str
    count: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class MissPage:
    """The most frequent misses from `offset`."""

    rows: tuple[MissRow, ...]
    total: int
    offset: int

    @property
    def next_offset(self) -> int | None:
        after = self.offset + MISSES_PER_PAGE
        return after if after < self.total else None


def found(
    text: str, *, filters: SearchFilters | None = None, limit: int = 24, offset: int = 0
) -> SearchResult:
    """What the index has for these words and their synonyms; raises IndexUnavailable."""
    return index.backend().query(
        text, filters=filters, synonyms=synonyms(), limit=limit, offset=offset
    )


def synonyms() -> Synonyms:
    """Every group, as an engine wants them."""
    groups = db.session.scalars(select(SearchSynonym.words).order_by(SearchSynonym.id))
    return Synonyms(tuple(tuple(words) for words in groups))


def synonym_rows() -> list[SynonymRow]:
    """Every group, the last changed first."""
    statement = select(SearchSynonym).order_by(
        SearchSynonym.changed_at.desc(), SearchSynonym.id.desc()
    )
    return [_synonym_row(group) for group in db.session.scalars(statement)]


def synonym_row(group_id: int) -> SynonymRow:
    """One group; NotFound when it is not there."""
    return _synonym_row(found_or_missing(db.session.get(SearchSynonym, group_id)))


def hot_words() -> list[str]:
    """What is offered before anybody types, in order."""
    return list(db.session.scalars(select(SearchHotWord.word).order_by(SearchHotWord.position)))


def misses(*, offset: int = 0) -> MissPage:
    """Searches that found nothing, the most frequent first."""
    total = db.session.scalar(select(func.count()).select_from(SearchMiss)) or 0
    statement = (
        select(SearchMiss)
        .order_by(SearchMiss.count.desc(), SearchMiss.last_at.desc(), SearchMiss.id.desc())
        .limit(MISSES_PER_PAGE)
        .offset(offset)
    )
    rows = (
        MissRow(miss.id, miss.text, miss.count, miss.last_at)
        for miss in db.session.scalars(statement)
    )
    return MissPage(tuple(rows), total, offset)


def _synonym_row(group: SearchSynonym) -> SynonymRow:
    return SynonymRow(group.id, tuple(group.words), group.changed_at)
