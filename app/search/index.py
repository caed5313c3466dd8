"""Which engine answers for the application this code runs in, and where its documents come from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, cast

from flask import current_app

from app.search.backend import SearchBackend, SearchDocument

KEY: Final = "vitrine.search"


@dataclass(frozen=True, slots=True)
class DocumentSource:
    """The products as they are now.

    `load_documents` gives one document for each of the ids that anyone may see and none for the
    others; `all_ids` names every product that anyone may see.
    """

    load_documents: Callable[[Sequence[int]], list[SearchDocument]]
    all_ids: Callable[[], Iterable[int]]


@dataclass(frozen=True, slots=True)
class Wiring:
    """What one application searches, kept under KEY of its extensions."""

    backend: SearchBackend
    source: DocumentSource


def backend() -> SearchBackend:
    """The engine to ask."""
    return _wiring().backend


def source() -> DocumentSource:
    """Where documents come from."""
    return _wiring().source


def _wiring() -> Wiring:
    return cast(Wiring, current_app.extensions[KEY])
