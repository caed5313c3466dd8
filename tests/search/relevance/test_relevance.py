"""What people mean is found by both engines; `make bench` prints the figures."""

from __future__ import annotations

from app.search.backend import SearchBackend
from tests.search.relevance.catalogue import documents
from tests.search.relevance.judging import answers, figures, judgements

FLOOR_MRR, FLOOR_PRECISION, FLOOR_RECALL = 0.95, 0.93, 0.95


def test_the_judged_queries_are_many_and_of_both_languages() -> None:
    queries = [one.query for one in judgements(list(documents()))]

    assert len(set(queries)) == len(queries) >= 120
    assert sum(any(character >= "一" for character in query) for query in queries) >= 40
    assert sum(query.isascii() for query in queries) >= 40


def test_what_people_mean_is_found_first(empty: SearchBackend) -> None:
    catalogue = documents()
    empty.rebuild(catalogue.values())

    reached = figures(answers(empty, catalogue))

    assert reached.mrr >= FLOOR_MRR, reached
    assert reached.precision >= FLOOR_PRECISION, reached
    assert reached.recall >= FLOOR_RECALL, reached
