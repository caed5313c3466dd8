"""Keep what each variant of a product is sold at, in the transaction that changes it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from app.catalog.models import PriceChange, Product, ProductState, Variant
from app.catalog.price_history import Asked, lowest_before
from app.platform.db import JsonObject, db, insert_rows


def keep(products: Iterable[Product], *, now: datetime) -> None:
    """Add a row for each variant that is sold at another price than before, or no longer.

    What was never on sale has no prices to keep.
    """
    is_live = {
        product.id: product.state == ProductState.LIVE
        for product in products
        if product.first_live_at is not None
    }
    if not is_live:
        return
    variants = db.session.scalars(select(Variant).where(Variant.product_id.in_(is_live))).all()
    known = _histories(is_live)
    changes: list[JsonObject] = []
    for variant in variants:
        asked = variant.price if is_live[variant.product_id] and not variant.retired else None
        history = known.get(variant.id, [])
        if asked == (history[-1].price if history else None):
            continue
        changes.append({"variant_id": variant.id, "price": asked, "at": now})
        variant.lowest_before = lowest_before([*history, Asked(asked, now)])
    insert_rows(PriceChange, changes)
    db.session.flush()


def _histories(product_ids: Iterable[int]) -> Mapping[int, Sequence[Asked]]:
    statement = (
        select(PriceChange.variant_id, PriceChange.price, PriceChange.at)
        .join(Variant, Variant.id == PriceChange.variant_id)
        .where(Variant.product_id.in_(product_ids))
    )
    found: dict[int, list[Asked]] = defaultdict(list)
    for variant_id, price, at in db.session.execute(statement.order_by(PriceChange.id)):
        found[variant_id].append(Asked(price, at))
    return found
