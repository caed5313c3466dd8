"""Products as documents of the index."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from babel import Locale

from app.catalog.queries.words import ProductWords, words_of
from app.platform.i18n import LANGUAGES
from app.search.backend import SearchDocument
from app.search.vocabulary import COLOURS, GARMENTS, PEOPLES


def load_documents(product_ids: Sequence[int]) -> list[SearchDocument]:
    """One document for each of the ids that anyone may see."""
    return [document_of(words) for words in words_of(product_ids)]


def document_of(words: ProductWords) -> SearchDocument:
    """What the words of a product can be found by, in both languages."""
    return SearchDocument(
        product_id=words.product_id,
        number=f"{words.number:04d}",
        title_en=words.titles.get("en", ""),
        title_zh=words.titles.get("zh-Hans", ""),
        brand=words.brand,
        era=words.era,
        year=words.year,
        material=" ".join(words.materials.values()),
        origin=_country(words.origin),
        colour=COLOURS.get(words.colour, words.colour),
        garment=GARMENTS.get(words.garment, ""),
        options=words.options,
        tags=words.tags,
        skus=words.skus,
        description_en=words.stories.get("en", ""),
        description_zh=words.stories.get("zh-Hans", ""),
        measurements=words.measurements,
        collections=words.collections,
        marker=str(words.version),
    )


@cache
def _country(code: str) -> str:
    """All words for a country of ISO 3166: FR is France, French and 法国. Others are kept."""
    locales = (Locale.parse(language.replace("-", "_")) for language in LANGUAGES)
    names = [str(locale.territories[code]) for locale in locales if code in locale.territories]
    return " ".join([*names, *filter(None, [PEOPLES.get(code)])]) or code
