"""The Whoosh backend: each search looks where the pointer points, one process at a time writes."""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from threading import Lock
from typing import Final

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex, LockError
from whoosh.reading import IndexReader, SegmentReader
from whoosh.searching import Searcher
from whoosh.writing import IndexWriter

from app.search.answers import NO_FILTERS, answer, offers, window_of
from app.search.backend import IndexHealth, SearchDocument, SearchFilters, SearchResult
from app.search.errors import IndexBusy, IndexUnavailable, Trouble
from app.search.fields import fingerprint
from app.search.questions import All, Any, Question
from app.search.synonyms import NO_SYNONYMS, Synonyms
from app.search.whoosh_backend.generations import Generations
from app.search.whoosh_backend.lexicon import WhooshLexicon
from app.search.whoosh_backend.matching import Segment, best
from app.search.whoosh_backend.postings import Kept
from app.search.whoosh_backend.schema import SEARCHED, row, schema
from app.search.whoosh_backend.seals import Stamp, checked, seal, unchanged

_TRIES: Final = 5
_WRITER_MEGABYTES: Final = 32
_MOST_PRODUCTS: Final = 16_384
_logger = logging.getLogger(__name__)


class _MovedOn(OSError):
    """The files went away under a reader because a rebuild had just replaced them."""


@dataclass(frozen=True, slots=True)
class _Opened:
    """A searcher and what it reads: the folder, Whoosh's own count of commits in it, its files, and
    the segments that these hold. `product_of` says which product a document is.
    """

    folder: Path
    index: FileIndex
    commits: int
    files: Mapping[str, Stamp]
    searcher: Searcher
    segments: Sequence[Segment]
    product_of: Callable[[int], int]

    def is_current(self, folder: Path) -> bool:
        return (
            self.folder == folder
            and self.index.latest_generation() == self.commits
            and unchanged(folder, self.files)
        )


class WhooshBackend:
    """A SearchBackend in one directory of this machine. Safe to share between threads.

    `patience` is how many seconds a writer waits for another before it raises IndexBusy.
    """

    def __init__(self, directory: Path, *, patience: float = 5.0) -> None:
        self._generations = Generations(directory, patience=patience)
        self._opened: _Opened | None = None
        self._turn = Lock()
        self._kept = Kept()

    def exclusive(self) -> AbstractContextManager[None]:
        return self._generations.exclusive()

    def rebuild(self, documents: Iterable[SearchDocument]) -> int:
        with self._generations.replacement() as folder:
            index = FileStorage(folder).create_index(schema())
            seen: set[int] = set()
            with _written(index) as writer:
                for document in documents:
                    if document.product_id not in seen:
                        seen.add(document.product_id)
                        writer.add_document(**row(document))
            seal(folder)
        return len(seen)

    def apply(self, upserts: Iterable[SearchDocument], deletes: Iterable[int]) -> None:
        # Whoosh keeps both when one writer updates an id twice, so an id is written at most once.
        latest = {document.product_id: document for document in upserts}
        unwanted = set(deletes) - latest.keys()
        with self.exclusive():
            with self._reading() as opened:
                known = _fingerprints(opened.searcher, [*latest, *unwanted])
            changed = {
                key: row(document)
                for key, document in latest.items()
                if known.get(key) != fingerprint(document)
            }
            if changed or unwanted & known.keys():
                self._replace(opened.folder, changed, unwanted & known.keys())

    def query(
        self,
        text: str,
        *,
        filters: SearchFilters | None = None,
        synonyms: Synonyms = NO_SYNONYMS,
        limit: int = 24,
        offset: int = 0,
    ) -> SearchResult:
        with self._reading() as opened:
            shelf = _WhooshShelf(opened, filters or NO_FILTERS)
            return answer(shelf, text, synonyms, window_of(limit, offset))

    def suggest(self, prefix: str, *, limit: int = 4) -> list[str]:
        with self._reading() as opened:
            return offers(_WhooshShelf(opened, NO_FILTERS), prefix, limit)

    def indexed_ids(self) -> frozenset[int]:
        with self._reading() as opened:
            rows = opened.searcher.reader().all_stored_fields()
            return frozenset(int(stored["product_id"]) for stored in rows)

    def health(self) -> IndexHealth:
        try:
            with self._reading() as opened:
                reader = opened.searcher.reader()
                if count := reader.doc_count_all():
                    reader.stored_fields(count - 1)
                return IndexHealth(None, reader.doc_count(), opened.folder.name)
        except IndexUnavailable as error:
            return IndexHealth(error.trouble)

    def _replace(
        self, folder: Path, changed: Mapping[int, dict[str, str]], gone: Iterable[int]
    ) -> None:
        with self._judging(folder):
            with _written(_index_in(folder)) as writer:
                for key in (*gone, *changed):
                    writer.delete_by_term("product_id", str(key))
                for fields in changed.values():
                    writer.add_document(**fields)
            seal(folder)

    @contextmanager
    def _reading(self) -> Iterator[_Opened]:
        # One question at a time: threads that share a searcher move each other's place in its
        # files. They would take turns anyway, there being nothing in it but Python.
        with self._turn:
            opened = self._current()
            try:
                yield opened
            except Exception as error:
                # The files were checked, so this is one question gone wrong; nothing is condemned.
                _logger.exception("search index %s could not answer", opened.folder.name)
                raise IndexUnavailable(Trouble.FAILED) from error

    def _current(self) -> _Opened:
        for _ in range(_TRIES):
            folder = self._generations.current()
            # A file that vanishes means that a writer has just moved on: look at the pointer again.
            with suppress(OSError), self._judging(folder):
                if self._opened is None or not self._opened.is_current(folder):
                    self._opened = _open(folder, self._opened, self._kept)
                return self._opened
        raise IndexUnavailable(Trouble.DAMAGED)

    @contextmanager
    def _judging(self, folder: Path) -> Iterator[None]:
        """Condemn a generation that cannot be opened or written, with whatever kind of error."""
        try:
            yield
        except (OSError, IndexBusy):
            raise
        except Exception as error:
            if self._generations.has_left(folder):
                raise _MovedOn from error
            _logger.exception("search index %s cannot be used", folder.name)
            self._generations.condemn(folder)
            raise IndexUnavailable(Trouble.DAMAGED) from error


def _index_in(folder: Path) -> FileIndex:
    index: FileIndex = FileStorage(folder).open_index(schema=schema())
    return index


def _open(folder: Path, before: _Opened | None, kept: Kept) -> _Opened:
    files = checked(folder, before.files if before and before.folder == folder else {})
    index = _index_in(folder)
    contents = TOC.read(index.storage, index.indexname, schema=schema())
    # The public ways do not serve: Index.reader() waits half a second before it believes that a
    # file is missing, and Searcher.refresh() of whoosh3 3.54 shows deleted documents again.
    reader = FileIndex._reader(  # noqa: SLF001
        index.storage, contents.schema, contents.segments, contents.generation
    )
    searcher = Searcher(reader, fromindex=index)
    segments = [
        Segment(leaf, first, kept)
        for leaf, first in reader.leaf_readers()
        if isinstance(leaf, SegmentReader)
    ]
    product_of = lru_cache(_MOST_PRODUCTS)(partial(_product_of, reader))
    return _Opened(folder, index, contents.generation, files, searcher, segments, product_of)


def _product_of(reader: IndexReader, document: int) -> int:
    """A search page has up to a thousand of them looked up, which are unpacked one by one."""
    return int(reader.stored_fields(document)["product_id"])


@contextmanager
def _written(index: FileIndex) -> Iterator[IndexWriter]:
    try:
        writer = index.writer(limitmb=_WRITER_MEGABYTES)
    except LockError as error:
        raise IndexBusy from error
    try:
        yield writer
    except BaseException:
        writer.cancel()
        raise
    writer.commit()


def _fingerprints(searcher: Searcher, ids: Iterable[int]) -> dict[int, str]:
    """What is stored of those of `ids` that are in the index."""
    found = ((key, searcher.document(product_id=str(key))) for key in ids)
    return {key: stored["fingerprint"] for key, stored in found if stored is not None}


class _WhooshShelf:
    """A Shelf over what is opened. Every match is scored and counted."""

    def __init__(self, opened: _Opened, filters: SearchFilters) -> None:
        self._reader = opened.searcher.reader()
        self._segments = opened.segments
        self._product_of = opened.product_of
        self._filters = filters
        self.lexicon = WhooshLexicon(self._reader)

    def found(self, asked: Sequence[Question], window: slice, *, every: bool) -> SearchResult:
        wanted = All(tuple(asked)) if every else Any(tuple(asked))
        documents: list[int] = []
        scores: list[float] = []
        for segment in self._segments:
            matching = segment.matching(wanted, self._filters)
            documents += [segment.first + document for document in matching]
            scores += segment.scores(wanted, matching, self._rarity)
        shown = best(documents, scores, window.stop)[window]
        return SearchResult(tuple(map(self._product_of, shown)), len(documents))

    def has_any(self, asked: Sequence[Question]) -> bool:
        return any(segment.has_any(All(tuple(asked))) for segment in self._segments)

    def _rarity(self, token: str) -> float:
        """More for what few documents have."""
        having = self._reader.doc_frequency(SEARCHED, token)
        return math.log(self._reader.doc_count_all() / (having + 1)) + 1
