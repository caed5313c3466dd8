"""Which collections products are in, put there by hand or gathered by a rule."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Subquery, select, union

from app.catalog.models import CollectionProduct, GatheredProduct


def memberships(product_ids: Sequence[int]) -> Subquery:
    """Rows of (collection_id, product_id), each once."""
    by_hand = select(CollectionProduct.collection_id, CollectionProduct.product_id).where(
        CollectionProduct.product_id.in_(product_ids)
    )
    by_rule = select(GatheredProduct.collection_id, GatheredProduct.product_id).where(
        GatheredProduct.product_id.in_(product_ids)
    )
    return union(by_hand, by_rule).subquery("membership")
