"""Questions as Whoosh queries."""

from __future__ import annotations

from collections.abc import Sequence

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
        case Any(parts):
            return Or([_query(part) for part in parts])
