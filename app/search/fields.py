"""What of a document is looked at, and how much each place weighs: the same for every engine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import fields as dataclass_fields
from hashlib import blake2b
from typing import Final

from app.search.backend import SearchDocument, SearchFilters
from app.search.sounds import sounds, spoken
from app.search.tokens import decades, plain, terms, tokens, words

# Raise it whenever tokens or fields change: an index of another version is never read.
SCHEMA_VERSION: Final = 6

IN_TITLE: Final = 4
IN_FACTS: Final = 2
IN_BODY: Final = 1
_SPACES: Final = str.maketrans(dict.fromkeys(",，=", " "))
FILTERS: Final = tuple(field.name for field in dataclass_fields(SearchFilters))


@dataclass(frozen=True, slots=True)
class Fields:
    """A document taken apart: tokens to find it by, words to offer, values to filter by."""

    title: list[str]
    facts: list[str]
    body: list[str]
    sounds: list[str]
    offered: list[str]
    filters: dict[str, list[str]]


def fields_of(document: SearchDocument) -> Fields:
    """The document as an engine stores it."""
    era = [*tokens(f"{document.era} {document.year}"), *decades(f"{document.era} {document.year}")]
    own = tokens(document.number)
    return Fields(
        title=_tokens(document.title_en, document.title_zh, document.brand),
        facts=[
            *_tokens(*_facts(document), *document.measurements),
            *era,
            *_tokens(*document.skus),
            *own,
            *map(number_token, own),
        ],
        body=_tokens(document.description_en, document.description_zh),
        sounds=sounds(f"{document.title_zh} {' '.join([document.brand, *_facts(document)])}"),
        offered=_with_sounds(_distinct(_offered(document))),
        filters={
            "collection": _distinct(document.collections),
            "brand": _distinct([document.brand]),
            "era": _distinct([document.era, *era]),
            "origin": _distinct([document.origin]),
            "tag": _distinct(document.tags),
        },
    )


def number_token(number: str) -> str:
    """The token of a number that is the piece's own: 427 may also be a length, №427 may not."""
    return f"no={number}"


def fingerprint(document: SearchDocument) -> str:
    """Equal for equal documents, so that a repeated delivery writes nothing."""
    return blake2b(repr(document).encode("utf-8", "replace"), digest_size=16).hexdigest()


def required_values(filters: SearchFilters) -> list[tuple[str, str]]:
    """The filters that ask something, each with its value as `Fields.filters` holds it."""
    return [
        (name, _filter_value(name, value)) for name in FILTERS if (value := getattr(filters, name))
    ]


def _filter_value(name: str, value: str) -> str:
    if name == "era":
        asked = terms(value)
        if len(asked) == 1 and asked[0].kind == "decade":
            return asked[0].tokens[0]
    return _listed(value)


def _tokens(*texts: str) -> list[str]:
    return [token for text in texts for token in tokens(text)]


def _facts(document: SearchDocument) -> tuple[str, ...]:
    return (
        document.material, document.origin, document.colour, document.garment, *document.options,
        *document.tags,
    )  # fmt: skip


def _distinct(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, map(_listed, values))))


def _listed(value: str) -> str:
    """A value as one item of a list that an engine may part by commas; `=` is ours."""
    return plain(value.translate(_SPACES))


def _with_sounds(offered: list[str]) -> list[str]:
    """The words, and each short Chinese one once more behind its sound: niuzai=牛仔."""
    return [*offered, *(f"{sound}={word}" for word in offered for sound in spoken(word))]


def _offered(document: SearchDocument) -> list[str]:
    """What a completion may be: brand, era and tags whole, and the words of titles and facts."""
    texts = [document.brand, document.era, *document.tags]
    single = (document.title_en, document.title_zh, document.material, document.origin, *texts)
    return [*texts, *(word for text in single for word in words(text) if len(word) > 1)]
