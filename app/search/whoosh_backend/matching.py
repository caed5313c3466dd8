"""Questions as Whoosh queries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from whoosh.query.compound import And, Or, Require
from whoosh.query.qcore import Query
from whoosh.query.terms import Term

from app.search.backend import SearchFilters
from app.search.fields import required_values
from app.search.questions import All, Any, Has, Question
from app.search.whoosh_backend.schema import SEARCHED


def matching(asked: Sequence[Question], *, every: bool) -> Query:
    """Documents of which every question is true, or at least one."""
    parts = tuple(asked)
    return _query(All(parts) if every else Any(parts))


def narrowed(wanted: Query, filters: SearchFilters) -> Query:
    """Those of the wanted documents that also have what the filters ask."""
    # Whoosh's own filter= keeps every filter it ever saw in memory; a required term does not.
    required = [Term(f"by_{name}", value) for name, value in required_values(filters)]
    return Require(wanted, And(required)) if required else wanted


def _query(question: Question) -> Query:
    match question:
        case Has(token, weight):
            return Term(SEARCHED, token, boost=weight)
        case All(parts):
            return And([_query(part) for part in parts])
        case Any():
            either = [_query(part) for part in _either(question)]
            return either[0] if len(either) == 1 else _or(either)


def _or(parts: list[Query]) -> Query:
    """Where each part is nothing but a list of documents, these are added up many at a time."""
    union = Or(parts)
    if all(isinstance(part, Term) for part in parts):
        union.matcher_type = Or.ARRAY_MATCHER
    return union


def _either(question: Any) -> Iterator[Question]:
    """The parts of it, each token once with all of its weight: that scores the same, and the list
    of who has it is gone through once.
    """
    weights: dict[str, float] = {}
    others: list[Question] = []
    for part in _flat(question):
        if isinstance(part, Has):
            weights[part.token] = weights.get(part.token, 0.0) + part.weight
        else:
            others.append(part)
    yield from (Has(token, weight) for token, weight in weights.items())
    yield from others


def _flat(question: Any) -> Iterator[Question]:
    for part in question.parts:
        if isinstance(part, Any):
            yield from _flat(part)
        else:
            yield part
