"""How every engine answers: exactly if it can, else as closely as it must, and it says which."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from app.search.backend import MOST_RESULTS, MOST_SUGGESTIONS, SearchFilters, SearchResult
from app.search.questions import Question, exactly, freely, nearly, possible
from app.search.synonyms import NO_SYNONYMS, Synonyms, wanted
from app.search.wording import Lexicon, completions, corrected

_TRIED_FOR_EACH = 3


class Shelf(Protocol):
    """An index opened for one search."""

    @property
    def lexicon(self) -> Lexicon: ...

    def found(self, asked: Sequence[Question], window: slice, *, every: bool) -> SearchResult:
        """Documents of which every question is true, or at least one; best first."""
        ...

    def has_any(self, asked: Sequence[Question]) -> bool:
        """Whether there is a document of which every question is true, whatever the filters."""
        ...


NO_FILTERS = SearchFilters()


def window_of(limit: int, offset: int) -> slice:
    """The part of all results that is wanted, absurd numbers put right."""
    start = max(0, offset)
    return slice(start, start + max(1, min(limit, MOST_RESULTS)))


def answer(shelf: Shelf, text: str, synonyms: Synonyms, window: slice) -> SearchResult:
    """What has every word in one way of reading it; else what has nearly every word, or some."""
    asked = wanted(text, synonyms)
    if not asked:
        return SearchResult()
    exact, free = (possible(ask(asked), shelf.lexicon) for ask in (exactly, freely))
    for questions in [exact] if free == exact else [exact, free]:
        found = _having_all(shelf, questions, window)
        if found.total:
            return found
    near = _having_all(shelf, possible(nearly(asked, shelf.lexicon), shelf.lexicon), window)
    some = [question for question in exact if question is not None]
    if some and not near.total and len(asked) > 1:
        near = shelf.found(some, window, every=False)
    better = _better(shelf, text, synonyms)
    return SearchResult(near.ids, near.total, better, loosened=near.total > 0)


def offers(shelf: Shelf, prefix: str, limit: int) -> list[str]:
    """Searches that begin so and find something, at most `limit`."""
    most = max(0, min(limit, MOST_SUGGESTIONS))
    offered: dict[str, None] = {}
    for tried, text in enumerate(completions(prefix, shelf.lexicon)):
        if len(offered) >= most or tried >= most * _TRIED_FOR_EACH:
            break
        if text not in offered and _finds(shelf, text, NO_SYNONYMS):
            offered[text] = None
    return list(offered)


def _having_all(shelf: Shelf, questions: Sequence[Question | None], window: slice) -> SearchResult:
    """Nothing, without a search, when one of the questions is true of no document."""
    asked = [question for question in questions if question is not None]
    if len(asked) < len(questions):
        return SearchResult()
    return shelf.found(asked, window, every=True)


def _better(shelf: Shelf, text: str, synonyms: Synonyms) -> str | None:
    spelling = corrected(text, shelf.lexicon)
    return spelling if spelling is not None and _finds(shelf, spelling, synonyms) else None


def _finds(shelf: Shelf, text: str, synonyms: Synonyms) -> bool:
    asked = wanted(text, synonyms)
    return bool(asked) and shelf.has_any(exactly(asked))
