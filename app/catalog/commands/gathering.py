"""Collections by rule: who is in is written down, so that promotions, search and filters need not
know of rules. Every change of a product asks the rules again; time does so in the background.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, insert, literal, select

from app.catalog.collecting import Rule
from app.catalog.events import ProductsChanged
from app.catalog.models import GatheredProduct, ListedProduct
from app.catalog.queries.listing.rules import matching, ruled
from app.platform import clock
from app.platform.db import db, insert_rows
from app.platform.facts import publish
from app.platform.transaction import command

AT_ONCE = 1_000
"""Products told of in one fact."""


def gather_all(collection_id: int, rule: Rule | None, *, now: datetime) -> list[int]:
    """Make the rule's members those that it gathers now; returns the products that came or went."""
    own = GatheredProduct.collection_id == collection_id
    is_in = select(GatheredProduct.product_id).where(own)
    gathers = select(literal(0)).where(literal(0) == 1) if rule is None else matching(rule, now)
    went = own & GatheredProduct.product_id.not_in(gathers)
    gone = db.session.scalars(select(GatheredProduct.product_id).where(went)).all()
    come: Sequence[int] = ()
    if rule is not None:
        new = gathers.where(ListedProduct.product_id.not_in(is_in))
        come = db.session.scalars(new).all()
        source = new.add_columns(literal(collection_id))
        columns = ["product_id", "collection_id"]
        db.session.execute(insert(GatheredProduct).from_select(columns, source))
    db.session.execute(delete(GatheredProduct).where(went))
    return _tell([*gone, *come], now)


def regather(product_ids: Sequence[int], *, now: datetime) -> set[int]:
    """Ask every rule about these products; returns those whose collections are others now."""
    changed: set[int] = set()
    for collection_id, rule in ruled():
        own = GatheredProduct.collection_id == collection_id
        of_these = own & GatheredProduct.product_id.in_(product_ids)
        before = set(db.session.scalars(select(GatheredProduct.product_id).where(of_these)))
        found = matching(rule, now).where(ListedProduct.product_id.in_(product_ids))
        after = set(db.session.scalars(found))
        if before - after:
            gone = GatheredProduct.product_id.in_(before - after)
            db.session.execute(delete(GatheredProduct).where(own, gone))
        rows = [{"collection_id": collection_id, "product_id": one} for one in after - before]
        insert_rows(GatheredProduct, rows)
        changed |= before ^ after
    return set(_tell(sorted(changed), now))


@command
def refresh() -> None:
    """Let what has grown old leave the collections of new things."""
    now = clock.now()
    for collection_id, rule in ruled():
        if rule.wears_off:
            gather_all(collection_id, rule, now=now)


def _tell(product_ids: list[int], now: datetime) -> list[int]:
    for start in range(0, len(product_ids), AT_ONCE):
        publish(ProductsChanged(product_ids[start : start + AT_ONCE], now))
    return product_ids
