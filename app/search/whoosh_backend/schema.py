"""How a document lies in the index.

One field is searched, with a token repeated as often as its place weighs: it ranks like several
weighted fields and costs a third of them.
"""

from __future__ import annotations

from typing import Final

from whoosh.fields import ID, KEYWORD, STORED, Schema

from app.search.backend import SearchDocument
from app.search.fields import FILTERS, IN_BODY, IN_FACTS, IN_TITLE, fields_of, fingerprint

SEARCHED: Final = "found_by"
WORDS: Final = "words"


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
    fields = fields_of(document)
    found_by = [*fields.title * IN_TITLE, *fields.facts * IN_FACTS, *fields.body * IN_BODY]
    found_by += fields.sounds
    return {
        "product_id": str(document.product_id),
        "fingerprint": fingerprint(document),
        "found_by": " ".join(found_by),
        "words": ",".join(fields.offered),
        **{f"by_{name}": ",".join(fields.filters[name]) for name in FILTERS},
    }
