"""The index follows the catalogue, a moment later."""

from __future__ import annotations

from app.catalog.events import ProductsChanged
from app.platform.facts import on
from app.search.commands import indexing


def index_products(fact: ProductsChanged) -> None:
    indexing.sync(fact.product_ids)


SUBSCRIPTIONS = (on(ProductsChanged, index_products),)
