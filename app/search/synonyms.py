"""A shopper's words with what else they are called.

Synonyms belong to the question, never to the index: a word that staff add counts at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from app.search.tokens import Term, terms

LONGEST_PHRASE: Final = 4
"""Terms of a phrase; a longer one is no word."""

_MOST_OTHERS: Final = 12
_MOST_WIDENED: Final = 4

Phrase = tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Groups of words and phrases of one meaning."""

    groups: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing a shopper asks for, as it was written and in other words."""

    terms: Phrase
    others: tuple[Phrase, ...] = ()


NO_SYNONYMS = Synonyms()


def wanted(text: str, synonyms: Synonyms) -> tuple[Wanted, ...]:
    """What the words ask for; at most `_MOST_WIDENED` things are widened by synonyms."""
    asked = terms(text)
    known = _by_key(synonyms.groups)
    if not known:
        return tuple(Wanted((term,)) for term in asked)
    return tuple(_widened(asked, known))


def key(phrase: Sequence[Term]) -> str:
    """Equal for phrases that are the same to a search, however a dictionary cuts them."""
    parts = (
        term.text if term.kind == "chinese" else f" {' '.join(term.tokens)} " for term in phrase
    )
    return "".join(parts).strip()


def _widened(asked: Phrase, known: dict[str, tuple[Phrase, ...]]) -> Iterator[Wanted]:
    start = widened = 0
    while start < len(asked):
        end = _end_of_known(asked, start, known) if widened < _MOST_WIDENED else 0
        if end:
            phrase = asked[start:end]
            others = (other for other in known[key(phrase)] if key(other) != key(phrase))
            yield Wanted(phrase, tuple(others))
            widened += 1
        else:
            end = start + 1
            yield Wanted(asked[start:end])
        start = end


def _end_of_known(asked: Phrase, start: int, known: dict[str, tuple[Phrase, ...]]) -> int:
    """Where the longest known phrase that begins at `start` ends; 0 when none does."""
    for end in range(min(start + LONGEST_PHRASE, len(asked)), start, -1):
        if key(asked[start:end]) in known:
            return end
    return 0


@lru_cache(maxsize=8)
def _by_key(groups: tuple[tuple[str, ...], ...]) -> dict[str, tuple[Phrase, ...]]:
    """All phrases of its groups under each phrase. Read once for as long as nobody changes them."""
    found: dict[str, tuple[Phrase, ...]] = {}
    for group in groups:
        phrases = tuple(
            phrase for word in group if 0 < len(phrase := terms(word)) <= LONGEST_PHRASE
        )
        for one in dict.fromkeys(map(key, phrases)):
            found[one] = (*found.get(one, ()), *phrases)[: _MOST_OTHERS + 1]
    return found
