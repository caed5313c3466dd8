"""Documents as rows, tokens as the text of a tsvector or a tsquery."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.search.backend import SearchDocument, SearchFilters
from app.search.fields import FILTERS, fields_of, fingerprint, required_values
from app.search.postgres_backend.tables import TOKEN, WORD
from app.search.questions import All, Any, Has, Question

WordKey = tuple[str, str]
"""Kind and word."""


@dataclass(frozen=True, slots=True)
class Row:
    """One document as it is stored."""

    product_id: int
    fingerprint: str
    tokens: tuple[str, ...]
    ranked_by: str
    offered: list[str]
    filters: list[str]

    @property
    def found_by(self) -> str:
        return " ".join(map(quoted, self.tokens))

    @property
    def columns(self) -> tuple[object, ...]:
        return (
            self.product_id, self.fingerprint, self.found_by, self.ranked_by, self.offered,
            self.filters,
        )  # fmt: skip


def row(document: SearchDocument) -> Row:
    fields = fields_of(document)
    weighed = [(token, "A") for token in fields.title]
    weighed += [(token, "B") for token in (*fields.facts, *fields.sounds)]
    # A place beside each token is where PostgreSQL keeps its weight; only the weight is read.
    ranked_by = " ".join(
        f"{quoted(token)}:{place}{weight}"
        for place, (token, weight) in enumerate(dict.fromkeys(weighed), start=1)
    )
    return Row(
        document.product_id,
        fingerprint(document),
        tuple(dict.fromkeys([*fields.title, *fields.facts, *fields.body, *fields.sounds])),
        ranked_by,
        fields.offered,
        [_filter(name, value) for name in FILTERS for value in fields.filters[name]],
    )


def required(filters: SearchFilters) -> list[str]:
    """What `filters` of a row must contain."""
    return [_filter(name, value) for name, value in required_values(filters)]


def counted(rows: Iterable[Row]) -> Counter[WordKey]:
    """In how many of the rows each word is."""
    count: Counter[WordKey] = Counter()
    for one in rows:
        count.update(word_keys(one.tokens, one.offered))
    return count


def word_keys(tokens: Iterable[str], offered: Iterable[str]) -> list[WordKey]:
    """The words of one document, each once."""
    return [*((TOKEN, token) for token in tokens), *((WORD, word) for word in offered)]


def tsquery(question: Question) -> str:
    """The text of a tsquery. Every token is quoted, so none can be an operator."""
    match question:
        case Has(token):
            return quoted(token)
        case All(parts):
            return _joined(" & ", parts)
        case Any(parts):
            return _joined(" | ", parts)


def quoted(token: str) -> str:
    """A lexeme that means itself, whatever signs it holds."""
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"


def _joined(sign: str, parts: Sequence[Question]) -> str:
    return "(" + sign.join(map(tsquery, parts)) + ")"


def _filter(name: str, value: str) -> str:
    return f"{name}={value}"
