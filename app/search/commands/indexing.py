"""Verbs that write the index. They touch no table and run in the worker, in no transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from app.search import index
from app.search.backend import SearchDocument
from app.search.errors import IndexUnavailable

_LOADED_AT_ONCE: Final = 200


@dataclass(frozen=True, slots=True)
class Drift:
    """Products that should be found and are not indexed, and the other way round."""

    missing: frozenset[int]
    surplus: frozenset[int]


def sync(product_ids: Iterable[int]) -> None:
    """Make the index agree with these products as they are now; what is not public is taken out.

    Repeating it changes nothing. An index that cannot be used is written anew. Raises IndexBusy
    while another process writes: try again later.
    """
    ids = sorted(set(product_ids))
    if not ids:
        return
    backend = index.backend()
    # Loaded inside: whoever writes later has also read later, so nothing newer is overwritten.
    with backend.exclusive():
        try:
            for some in _batches(ids):
                documents = index.source().load_documents(some)
                found = {document.product_id for document in documents}
                backend.apply(documents, [key for key in some if key not in found])
        except IndexUnavailable:
            rebuild_all()


def rebuild_all() -> int:
    """Write the whole index anew while the old one goes on answering; returns how many products."""
    backend = index.backend()
    with backend.exclusive():
        return backend.rebuild(_every_document())


def ensure() -> bool:
    """Rebuild an index that cannot answer, else mend what drifted; tells if anything was wrong."""
    if not index.backend().health().is_good:
        rebuild_all()
        return True
    found = drift()
    sync(found.missing | found.surplus)
    return bool(found.missing or found.surplus)


def drift() -> Drift:
    """What the index and the products disagree about; raises IndexUnavailable."""
    wanted = frozenset(index.source().all_ids())
    indexed = index.backend().indexed_ids()
    return Drift(missing=wanted - indexed, surplus=indexed - wanted)


def _every_document() -> Iterator[SearchDocument]:
    for some in _batches(index.source().all_ids()):
        yield from index.source().load_documents(some)


def _batches(ids: Iterable[int]) -> Iterator[list[int]]:
    remaining = iter(ids)
    while some := list(islice(remaining, _LOADED_AT_ONCE)):
        yield some
