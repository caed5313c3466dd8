"""Keep what each variant of a product is sold at, in the transaction that changes it."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from sqlalchemy import select

from app.catalog.models import PriceChange, Product, ProductState, Variant
from app.catalog.price_history import Asked, lowest_before
from app.platform.db import db


def keep(product: Product, *, now: datetime) -> None:
    """Add a row for each variant that is sold at another price than before, or no longer."""
    variants = db.session.scalars(select(Variant).where(Variant.product_id == product.id)).all()
    known = _histories(product.id)
    is_live = product.state == ProductState.LIVE
    for variant in variants:
        asked = variant.price if is_live and not variant.retired else None
        history = known[variant.id]
        if asked == (history[-1].price if history else None):
            continue
        db.session.add(PriceChange(variant_id=variant.id, price=asked, at=now))
        variant.lowest_before = lowest_before([*history, Asked(asked, now)])
    db.session.flush()


def _histories(product_id: int) -> defaultdict[int, list[Asked]]:
    statement = (
        select(PriceChange)
        .join(Variant, Variant.id == PriceChange.variant_id)
        .where(Variant.product_id == product_id)
    )
    found: defaultdict[int, list[Asked]] = defaultdict(list)
    for row in db.session.scalars(statement.order_by(PriceChange.id)):
        found[row.variant_id].append(Asked(row.price, row.at))
    return found
