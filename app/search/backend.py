"""What the shop asks of a search engine, and the values that go in and out."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from app.search.errors import Trouble
from app.search.synonyms import NO_SYNONYMS, Synonyms

MOST_RESULTS = 1_000
MOST_SUGGESTIONS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchDocument:
    """What a product can be found by. Only products that anyone may see are made into one.

    Texts may hold both languages ("Levi's 李维斯"). `measurements` are a part and centimetres, as
    "胸围 104" or "chest 104". A change of `marker` alone makes the product be indexed again.
    """

    product_id: int
    number: str = ""
    title_en: str = ""
    title_zh: str = ""
    brand: str = ""
    era: str = ""
    year: str = ""
    material: str = ""
    origin: str = ""
    colour: str = ""
    garment: str = ""
    options: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    skus: tuple[str, ...] = ()
    description_en: str = ""
    description_zh: str = ""
    measurements: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    marker: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFilters:
    """Values a product must have exactly (letter case aside); an empty one asks nothing.

    `collection` is a slug; `era` may name a decade in any spelling. Price, stock and visibility are
    the database's to filter.
    """

    collection: str = ""
    brand: str = ""
    era: str = ""
    origin: str = ""
    tag: str = ""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Product ids, best first, from `offset`; `total` counts all that match.

    Of a `loosened` result no product has everything that was asked for: these come close, and
    `did_you_mean` may be a spelling that finds something exactly.
    """

    ids: tuple[int, ...] = ()
    total: int = 0
    did_you_mean: str | None = None
    loosened: bool = False


@dataclass(frozen=True, slots=True)
class IndexHealth:
    """Whether the index can answer, and what is in it."""

    trouble: Trouble | None
    documents: int = 0
    generation: str = ""

    @property
    def is_good(self) -> bool:
        return self.trouble is None


class SearchBackend(Protocol):
    """One search engine. Reading may raise IndexUnavailable; writing that, or IndexBusy."""

    def exclusive(self) -> AbstractContextManager[None]:
        """Be the only writer inside the block, in any process; raises IndexBusy after a short wait.

        Whoever loads documents in order to write them does both inside, so that an older state
        never overwrites a newer one. `rebuild` and `apply` may be called inside or alone.
        """
        ...

    def rebuild(self, documents: Iterable[SearchDocument]) -> int:
        """Replace the whole index at once by these, which may be a stream; returns their number.

        Until the last one is written, and if writing fails, readers keep the index there was.
        """
        ...

    def apply(self, upserts: Iterable[SearchDocument], deletes: Iterable[int]) -> None:
        """Write these and take those out, all in one step; of one product the last document counts.

        Doing it twice changes nothing. A product named in both is written.
        """
        ...

    def query(
        self,
        text: str,
        *,
        filters: SearchFilters | None = None,
        synonyms: Synonyms = NO_SYNONYMS,
        limit: int = 24,
        offset: int = 0,
    ) -> SearchResult:
        """Products that have every word of `text`, taken as plain words whatever signs it holds.

        A text without words finds nothing. Only when nothing matches is spelling forgiven.
        """
        ...

    def suggest(self, prefix: str, *, limit: int = 4) -> list[str]:
        """Searches that begin as typed and find something, for one Chinese or two Latin letters."""
        ...

    def indexed_ids(self) -> frozenset[int]:
        """The products in the index."""
        ...

    def health(self) -> IndexHealth:
        """Looks at the index as a reader would; never raises IndexUnavailable."""
        ...
