"""How a document lies in the index: fields to find it by, words to offer, values to filter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields as dataclass_fields
from hashlib import blake2b
from typing import Final

from whoosh.fields import ID, KEYWORD, STORED, Schema

from app.search.backend import SearchDocument, SearchFilters
from app.search.tokens import decades, plain, tokens, words

# Raise it whenever tokens or fields change: an index of another version is never read.
SCHEMA_VERSION: Final = 2

# One field is searched, with a token repeated as often as its place weighs: it ranks like several
# weighted fields and costs a third of them. A number as typed is nearly always that on the label.
SEARCHED: Final = "found_by"
IN_TITLE: Final = 4
IN_FACTS: Final = 2
NUMBER_WEIGHT: Final = 12.0
WORDS: Final = "words"
FILTERS: Final = tuple(field.name for field in dataclass_fields(SearchFilters))


def schema() -> Schema:
    """Tokens are cut before they get here, so the index holds no analyzer of ours."""
    return Schema(
        product_id=ID(unique=True, stored=True),
        fingerprint=STORED,
        found_by=KEYWORD(),
        words=KEYWORD(commas=True),
        **{f"by_{name}": KEYWORD(commas=True) for name in FILTERS},
    )


def row(document: SearchDocument) -> dict[str, str]:
    """The document as Whoosh stores it."""
    era = [*tokens(document.era), *decades(document.era)]
    return {
        "product_id": str(document.product_id),
        "fingerprint": fingerprint(document),
        "found_by": " ".join(_found_by(document, era)),
        "words": _listed(_offered(document)),
        "by_collection": _listed(document.collections),
        "by_brand": _listed([document.brand]),
        "by_era": _listed([document.era, *era]),
        "by_origin": _listed([document.origin]),
        "by_tag": _listed(document.tags),
    }


def number_token(number: str) -> str:
    """The token of a number that is the piece's own: 427 may also be a length, №427 may not."""
    return f"no={number}"


def fingerprint(document: SearchDocument) -> str:
    """Equal for equal documents, so that a repeated delivery writes nothing."""
    return blake2b(repr(document).encode("utf-8", "replace"), digest_size=16).hexdigest()


def listed(value: str) -> str:
    """A value as one item of a field whose items are parted by commas."""
    return plain(value.replace(",", " ").replace("，", " "))


def _found_by(document: SearchDocument, era: list[str]) -> list[str]:
    titles = _tokens(document.title_en, document.title_zh, document.brand)
    facts = _tokens(document.material, document.origin, *document.tags, *document.measurements)
    facts += [*era, *_tokens(*document.skus)]
    body = _tokens(document.description_en, document.description_zh)
    own = _tokens(document.number)
    return [*titles * IN_TITLE, *facts * IN_FACTS, *body, *own, *map(number_token, own)]


def _tokens(*texts: str) -> list[str]:
    return [token for text in texts for token in tokens(text)]


def _listed(values: Iterable[str]) -> str:
    return ",".join(dict.fromkeys(filter(None, map(listed, values))))


def _offered(document: SearchDocument) -> list[str]:
    """What a completion may be: brand, era and tags whole, and the words of titles and facts."""
    texts = [document.brand, document.era, *document.tags]
    single = (document.title_en, document.title_zh, document.material, document.origin, *texts)
    return [*texts, *(word for text in single for word in words(text) if len(word) > 1)]
