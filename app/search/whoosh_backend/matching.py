"""What a shopper's terms become as Whoosh queries. Built from parts, never parsed from text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from whoosh.query.compound import And, Or, Require
from whoosh.query.qcore import Query
from whoosh.query.terms import Term as Has
from whoosh.reading import IndexReader

from app.search.backend import SearchFilters
from app.search.tokens import Term, terms
from app.search.whoosh_backend.schema import (
    FILTERS,
    NUMBER_WEIGHT,
    SEARCHED,
    listed,
    number_token,
)

_NEAR_WEIGHT: Final = 0.5
_SHORTEST_MISSPELT: Final = {"word": 4, "chinese": 3}
_MOST_SPELLINGS: Final = 12
_NEAR_CENTIMETRES: Final = 2


def all_of(asked: Sequence[Term], filters: SearchFilters) -> Query:
    """Documents that have every term as it was written."""
    return _narrowed(And([_exactly(term) for term in asked]), filters)


def close_to(asked: Sequence[Term], filters: SearchFilters, reader: IndexReader) -> Query:
    """Documents that have every term or something one letter, or two centimetres, away from it."""
    loosely = [Or([_exactly(term), *_near(term, reader)]) for term in asked]
    return _narrowed(And(loosely), filters)


def any_of(asked: Sequence[Term], filters: SearchFilters) -> Query:
    """Documents that have at least one of several terms."""
    return _narrowed(Or([_exactly(term) for term in asked]), filters)


def _narrowed(wanted: Query, filters: SearchFilters) -> Query:
    # Whoosh's own filter= keeps every filter it ever saw in memory; a required term does not.
    required = [
        Has(f"by_{name}", _filter_value(name, value))
        for name in FILTERS
        if (value := getattr(filters, name))
    ]
    return Require(wanted, And(required)) if required else wanted


def _filter_value(name: str, value: str) -> str:
    if name == "era":
        asked = terms(value)
        if len(asked) == 1 and asked[0].kind == "decade":
            return asked[0].tokens[0]
    return listed(value)


def _exactly(term: Term) -> Query:
    together = And([_has(token) for token in term.tokens])
    if term.kind == "number":
        return Or([together, _has(number_token(term.tokens[0]), NUMBER_WEIGHT)])
    # The pairs of a Chinese word imply the word; of M-65 an index may know m and 65, or m65.
    return Or([together, _has(term.whole)]) if term.kind == "word" and term.whole else together


def _has(token: str, weight: float = 1.0) -> Query:
    return Has(SEARCHED, token, boost=weight)


def _near(term: Term, reader: IndexReader) -> list[Query]:
    if term.kind == "measure":
        part, _, size = term.tokens[0].partition("=")
        around = range(int(size) - _NEAR_CENTIMETRES, int(size) + _NEAR_CENTIMETRES + 1)
        return [_has(f"{part}={near}", _NEAR_WEIGHT) for near in around]
    written = term.whole or term.tokens[0]
    shortest = _SHORTEST_MISSPELT.get(term.kind)
    if shortest is None or len(written) < shortest:
        return []
    return [
        _has(spelling, _NEAR_WEIGHT)
        for spelling in _spellings(written, reader)
        if len(spelling) >= shortest
    ]


def _spellings(written: str, reader: IndexReader) -> list[str]:
    """The commonest words one letter away that begin alike; wider nets cost half a second."""
    found = set(reader.terms_within(SEARCHED, written, 1, prefix=1))
    common = sorted(found, key=lambda word: (-reader.doc_frequency(SEARCHED, word), word))
    return common[:_MOST_SPELLINGS]
