"""Which engine answers in this process and where documents come from, wired by the factory.

    index.configure(settings.search_dir)
    index.feed_from(load_documents=catalog.search_documents, all_ids=catalog.searchable_ids)

PostgreSQL joins here: `configure` will choose its backend instead of a directory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.search.backend import SearchBackend, SearchDocument
from app.search.whoosh_backend import WhooshBackend


@dataclass(frozen=True, slots=True)
class DocumentSource:
    """The products as they are now.

    `load_documents` gives one document for each of the ids that anyone may see and none for the
    others; `all_ids` names every product that anyone may see.
    """

    load_documents: Callable[[Sequence[int]], list[SearchDocument]]
    all_ids: Callable[[], Iterable[int]]


class NotWired(RuntimeError):
    """The factory has not said where the index or its documents are."""


@dataclass(slots=True)
class _Wiring:
    backend: SearchBackend | None = None
    source: DocumentSource | None = None


_wiring = _Wiring()


def configure(directory: Path) -> None:
    """Search in this directory from now on; nothing is read or written yet."""
    _wiring.backend = WhooshBackend(directory)


def feed_from(
    *,
    load_documents: Callable[[Sequence[int]], list[SearchDocument]],
    all_ids: Callable[[], Iterable[int]],
) -> None:
    """Take documents from here when the index is written."""
    _wiring.source = DocumentSource(load_documents, all_ids)


def backend() -> SearchBackend:
    """The engine to ask; raises NotWired before `configure`."""
    if _wiring.backend is None:
        raise NotWired("app.search.index.configure(directory) has not been called")
    return _wiring.backend


def source() -> DocumentSource:
    """Where documents come from; raises NotWired before `feed_from`."""
    if _wiring.source is None:
        raise NotWired("app.search.index.feed_from(…) has not been called")
    return _wiring.source
