"""Questions answered out of postings: who has what is asked is joined as bits, and only those who
have it are scored.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from heapq import nlargest
from operator import add, or_
from typing import Final

from whoosh.reading import SegmentReader

from app.search.backend import SearchFilters
from app.search.fields import required_values
from app.search.questions import All, Any, Has, Question
from app.search.whoosh_backend.postings import MOST_WEIGHT, Kept, numbers
from app.search.whoosh_backend.schema import SEARCHED

_SATURATION: Final = 1.2
_FIT: Final = tuple(
    (_SATURATION + 1) * weight / (weight + _SATURATION) for weight in range(MOST_WEIGHT + 1)
)
"""The same word again counts less and less: BM25 without a text's length, and without rarity."""


class Segment:
    """One segment of an index, whose documents are numbered from `first` on in the whole of it."""

    def __init__(self, reader: SegmentReader, first: int, kept: Kept) -> None:
        self.first = first
        self._reader = reader
        self._kept = kept
        self._present = (1 << reader.doc_count_all()) - 1
        for gone in reader.deleted_docs_set:
            self._present ^= 1 << gone

    def has_any(self, question: Question) -> bool:
        return bool(self._having(question) & self._present)

    def matching(self, question: Question, filters: SearchFilters) -> list[int]:
        """The documents of which it is true and that have what the filters ask."""
        found = self._having(question) & self._present
        for name, value in required_values(filters):
            found &= self._kept.of(self._reader, f"by_{name}", value).having
        return numbers(found)

    def scores(
        self, question: Question, documents: Sequence[int], rarity: Callable[[str], float]
    ) -> list[float]:
        """How well each of the documents fits; 0 where the question is not true of it."""
        match question:
            case Has(token, weight):
                worth = weight * rarity(token)
                weights = self._kept.of(self._reader, SEARCHED, token).of(documents)
                return [worth * _FIT[weight] for weight in weights]
            case All(parts):
                return reduce(_both, (self.scores(part, documents, rarity) for part in parts))
            case Any(parts):
                return reduce(_either, (self.scores(part, documents, rarity) for part in parts))

    def _having(self, question: Question) -> int:
        match question:
            case Has(token):
                return self._kept.of(self._reader, SEARCHED, token).having
            case All(parts):
                return self._having_all(parts)
            case Any(parts):
                return reduce(or_, map(self._having, parts), 0)

    def _having_all(self, parts: Sequence[Question]) -> int:
        found = self._present
        for part in parts:
            if not found:
                break
            found &= self._having(part)
        return found


def _both(some: list[float], others: list[float]) -> list[float]:
    pairs = zip(some, others, strict=True)
    return [one + other if one and other else 0.0 for one, other in pairs]


def _either(some: list[float], others: list[float]) -> list[float]:
    return list(map(add, some, others))


def best(documents: Sequence[int], scores: Sequence[float], most: int) -> list[int]:
    """Those with the highest scores, of equal ones the first."""
    places: Sequence[int] = range(len(scores))
    if len(scores) > most:
        least = nlargest(most, scores)[-1]
        places = [place for place, score in enumerate(scores) if score >= least]
    ordered = sorted(places, key=scores.__getitem__, reverse=True)
    return [documents[place] for place in ordered[:most]]
