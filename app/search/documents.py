"""Products as documents of the index."""

from __future__ import annotations

from collections.abc import Sequence

from app.catalog.queries.words import ProductWords, words_of
from app.search.backend import SearchDocument


def load_documents(product_ids: Sequence[int]) -> list[SearchDocument]:
    """One document for each of the ids that anyone may see."""
    return [_document(words) for words in words_of(product_ids)]


def _document(words: ProductWords) -> SearchDocument:
    return SearchDocument(
        product_id=words.product_id,
        number=f"{words.number:04d}",
        title_en=words.titles.get("en", ""),
        title_zh=words.titles.get("zh-Hans", ""),
        brand=words.brand,
        era=words.era,
        material=" ".join(words.materials.values()),
        origin=words.origin,
        tags=words.tags,
        skus=words.skus,
        description_en=words.stories.get("en", ""),
        description_zh=words.stories.get("zh-Hans", ""),
        measurements=words.measurements,
        collections=words.collections,
        marker=str(words.version),
    )
