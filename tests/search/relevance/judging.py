"""The judged queries, and the figures of a backend that answers them.

- MRR: one divided by the place of the first relevant result; 1 is "the first one is right".
- precision: of the first N results, N being how many are relevant, the share that is.
- recall: the share of what is relevant among the first page of 24.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from app.demo.copy.words import SYNONYMS
from app.search.backend import SearchBackend, SearchDocument
from app.search.synonyms import Synonyms

JUDGED = Path(__file__).with_name("judged.txt")
FIRST_PAGE = 24


@dataclass(frozen=True)
class Judgement:
    """A query and the SKUs that should be found."""

    query: str
    relevant: frozenset[str]


@dataclass(frozen=True)
class Answer:
    """A judgement, and the SKUs a backend gave for it, best first."""

    judgement: Judgement
    found: tuple[str, ...]

    @property
    def reciprocal_rank(self) -> float:
        places = [
            place for place, sku in enumerate(self.found, 1) if sku in self.judgement.relevant
        ]
        return 1 / places[0] if places else 0.0

    @property
    def precision(self) -> float:
        relevant = self.judgement.relevant
        return len(relevant & set(self.found[: len(relevant)])) / len(relevant)

    @property
    def recall(self) -> float:
        relevant = self.judgement.relevant
        return len(relevant & set(self.found)) / len(relevant)


@dataclass(frozen=True)
class Figures:
    """Means over all answers."""

    mrr: float
    precision: float
    recall: float


def judgements(skus: Sequence[str]) -> list[Judgement]:
    """Every judged query; a beginning that names no SKU, or several, is a mistake."""
    return list(_read(skus))


def answers(backend: SearchBackend, catalogue: Mapping[str, SearchDocument]) -> list[Answer]:
    """What a backend that holds the catalogue answers to every judged query."""
    skus = {document.product_id: sku for sku, document in catalogue.items()}
    synonyms = Synonyms(SYNONYMS)
    return [
        Answer(
            one,
            tuple(
                skus[key]
                for key in backend.query(one.query, synonyms=synonyms, limit=FIRST_PAGE).ids
            ),
        )
        for one in judgements(list(catalogue))
    ]


def figures(answered: Sequence[Answer]) -> Figures:
    return Figures(
        fmean(one.reciprocal_rank for one in answered),
        fmean(one.precision for one in answered),
        fmean(one.recall for one in answered),
    )


def _read(skus: Sequence[str]) -> Iterator[Judgement]:
    for line in JUDGED.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            query, _, beginnings = line.rpartition("|")
            yield Judgement(
                query.strip(), frozenset(_named(start, skus) for start in beginnings.split())
            )


def _named(beginning: str, skus: Sequence[str]) -> str:
    (sku,) = [sku for sku in skus if sku.startswith(beginning)]
    return sku
