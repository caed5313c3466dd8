"""The demo catalogue as search documents, without drawing its pictures or filling a database."""

from __future__ import annotations

from app.catalog.queries.words import ProductWords, in_every_language, measured
from app.demo.copy.catalogue import PIECES, PRODUCTS
from app.demo.copy.types import Piece, Product
from app.search.backend import SearchDocument
from app.search.documents import document_of


def documents() -> dict[str, SearchDocument]:
    """Every item by its SKU, numbered in the order of the catalogue."""
    items: tuple[Piece | Product, ...] = (*PIECES, *PRODUCTS)
    return {item.sku: document_of(_words(item, place)) for place, item in enumerate(items, start=1)}


def _words(item: Piece | Product, number: int) -> ProductWords:
    piece = item if isinstance(item, Piece) else None
    goods = item if isinstance(item, Product) else None
    variants = [variant.sku for variant in goods.variants] if goods else [item.sku]
    options = goods.options if goods else ()
    return ProductWords(
        product_id=number,
        number=number,
        titles=item.title.bilingual(),
        stories=item.story.bilingual(),
        brand=item.brand,
        era=piece.era if piece else "",
        year=str(piece.year or "") if piece else "",
        materials=item.material.bilingual(),
        origin=item.origin if piece else "",
        colour=item.colour,
        garment=item.garment,
        options=tuple(
            word
            for option in options
            for choice in option.choices
            for word in (choice.name.en, choice.name.zh)
        ),
        tags=in_every_language(item.tags),
        skus=tuple(sku.upper() for sku in variants),
        measurements=measured(piece.measurements if piece else {}),
        collections=item.collections,
        version=1,
    )
