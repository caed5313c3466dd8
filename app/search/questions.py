"""What a shopper's terms ask of an index. Built from parts, never parsed from what was typed."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from app.search import sounds
from app.search.fields import number_token
from app.search.synonyms import Wanted
from app.search.tokens import Term, terms
from app.search.wording import Lexicon

NUMBER_WEIGHT: Final = 12.0
"""A number as typed is nearly always that on the label."""

_NEAR_WEIGHT: Final = 0.5
_OTHER_WEIGHT: Final = 0.4
"""What was typed comes before what staff say is the same."""

_SIZES_AROUND: Final = {0: 4.0, 1: 2.0, -1: 2.0, 2: 1.0, -2: 1.0}
"""A tape lies differently every time: centimetres away, and what that is worth."""

_SHORTEST_MISSPELT: Final = {"word": 4, "chinese": 3}
_MOST_SPELLINGS: Final = 12
_LONG_CHINESE: Final = range(3, 7)


@dataclass(frozen=True, slots=True)
class Has:
    """The document holds this token."""

    token: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class All:
    """Each of the parts is true of the document."""

    parts: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one of the parts is true of the document."""

    parts: tuple[Question, ...]


Question = Has | All | Any


def exactly(asked: Sequence[Wanted]) -> list[Question]:
    """One question for each thing wanted: does the document have it as it was written?"""
    return [_meant(one, _exactly) for one in asked]


def freely(asked: Sequence[Wanted]) -> list[Question]:
    """The same, content also with Chinese that sounds like what was typed in Latin letters, and
    with the parts of a Chinese word apart from each other.
    """
    return [_meant(one, lambda term: _any(_exactly(term), _otherwise(term))) for one in asked]


def nearly(asked: Sequence[Wanted], lexicon: Lexicon) -> list[Question]:
    """The same, content with what is one letter away."""
    return [_meant(one, lambda term: _any(_exactly(term), _near(term, lexicon))) for one in asked]


def possible(asked: Sequence[Question], lexicon: Lexicon) -> list[Question | None]:
    """Each question without what no document can have; None where nothing is left of it.

    A search that cannot find anything is then known before it is made.
    """
    known = lexicon.known_tokens({leaf.token for question in asked for leaf in leaves(question)})
    return [_pruned(question, known) for question in asked]


def leaves(question: Question) -> Iterator[Has]:
    """The tokens a question is made of."""
    match question:
        case Has():
            yield question
        case All(parts) | Any(parts):
            for part in parts:
                yield from leaves(part)


def _pruned(question: Question, known: Container[str]) -> Question | None:
    match question:
        case Has(token):
            return question if token in known else None
        case All(parts):
            kept = [left for part in parts if (left := _pruned(part, known)) is not None]
            return All(tuple(kept)) if len(kept) == len(parts) else None
        case Any(parts):
            kept = [left for part in parts if (left := _pruned(part, known)) is not None]
            return Any(tuple(kept)) if len(kept) > 1 else next(iter(kept), None)


def _meant(one: Wanted, reading: Callable[[Term], Question]) -> Question:
    """As it was written, read so; or exactly as it is said in other words."""
    others = [
        _weighed(_all([_exactly(term) for term in phrase]), _OTHER_WEIGHT) for phrase in one.others
    ]
    return _any(_all([reading(term) for term in one.terms]), others)


def _weighed(question: Question, weight: float) -> Question:
    match question:
        case Has(token, own):
            return Has(token, own * weight)
        case All(parts):
            return All(tuple(_weighed(part, weight) for part in parts))
        case Any(parts):
            return Any(tuple(_weighed(part, weight) for part in parts))


def _all(parts: Sequence[Question]) -> Question:
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def _any(exact: Question, others: Sequence[Question]) -> Question:
    return Any((exact, *others)) if others else exact


def _exactly(term: Term) -> Question:
    together = _together(term.tokens)
    if term.kind == "number":
        return Any((together, Has(number_token(term.tokens[0]), NUMBER_WEIGHT)))
    if term.kind == "measure":
        return _around(term.tokens[0])
    # The pairs of a Chinese word imply the word; of M-65 an index may know m and 65, or m65.
    return Any((together, Has(term.whole))) if term.kind == "word" and term.whole else together


def _around(measured: str) -> Question:
    part, _, size = measured.partition("=")
    around = ((int(size) + away, weight) for away, weight in _SIZES_AROUND.items())
    return Any(tuple(Has(f"{part}={near}", weight) for near, weight in around if near >= 0))


def _otherwise(term: Term) -> list[Question]:
    if term.kind == "word":
        return [_together(tokens) for tokens in sounds.heard(term.text)]
    # 帆布包 is a word to the dictionary, and what it means is called 帆布托特包.
    apart = term.kind == "chinese" and len(term.text) in _LONG_CHINESE
    return [_together(tuple(dict.fromkeys(term.text)))] if apart else []


def _together(tokens: Sequence[str]) -> Question:
    return _all([Has(token) for token in tokens])


def _near(term: Term, lexicon: Lexicon) -> list[Question]:
    written = term.whole or term.tokens[0]
    shortest = _SHORTEST_MISSPELT.get(term.kind)
    if shortest is None or len(written) < shortest:
        return []
    spellings = (near for near in lexicon.tokens_near(written) if len(near) >= shortest)
    found: list[Question] = [Has(near, _NEAR_WEIGHT) for near in islice(spellings, _MOST_SPELLINGS)]
    # Endings hide likeness: guernsy and guernsey are two letters apart once they are stemmed.
    word = lexicon.word_near(term.text)
    return found + [_weighed(_exactly(other), _NEAR_WEIGHT) for other in terms(word or "")]
