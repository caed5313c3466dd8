"""The index follows the catalogue, a moment later."""

from __future__ import annotations

from app.catalog.events import ProductChanged
from app.platform.facts import on
from app.search.commands import indexing


def index_product(fact: ProductChanged) -> None:
    indexing.sync([fact.product_id])


SUBSCRIPTIONS = (on(ProductChanged, index_product),)
