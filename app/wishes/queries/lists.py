"""Wish lists as their owners see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.catalog.models import Product, ProductState, Variant
from app.catalog.queries.cards import Card, cards
from app.platform.configuration import settings
from app.platform.db import db
from app.platform.money import Money
from app.platform.rbac import found
from app.wishes.kept import Kept
from app.wishes.models import Wish


@dataclass(frozen=True, slots=True)
class Offered:
    """A product the shop shows, with its lowest price in minor units."""

    product_id: int
    price: int


@dataclass(frozen=True, slots=True)
class Wished:
    """A product on somebody's list. `variant_id` is the only variant's, None when there are
    several.
    """

    card: Card
    price_seen: Money
    variant_id: int | None

    @property
    def price_before(self) -> Money | None:
        """What it cost when it was put on the list, if that was another price."""
        return self.price_seen if self.price_seen.minor != self.card.price.minor else None

    @property
    def is_cheaper(self) -> bool:
        return self.card.price.minor < self.price_seen.minor


def offered(number: int) -> Offered:
    """By its №; raises NotFound for what the public may not see."""
    row = db.session.execute(
        select(Product.id, func.min(Variant.price).label("price"))
        .join(Variant, Variant.product_id == Product.id)
        .where(
            Product.number == number,
            Product.state == ProductState.LIVE,
            Variant.retired.is_(False),
        )
        .group_by(Product.id)
    ).one_or_none()
    known = found(row)
    return Offered(known.id, int(known.price))


def id_of(number: int) -> int | None:
    """Also of what is not shown any more."""
    return db.session.scalar(select(Product.id).where(Product.number == number))


def ids_of(numbers: Sequence[int]) -> dict[int, int]:
    """Ids of what the public may see, by №."""
    rows = db.session.execute(
        select(Product.number, Product.id).where(
            Product.number.in_(numbers), Product.state == ProductState.LIVE
        )
    )
    return dict(rows.all())


def of_customer(customer_id: int) -> tuple[Kept, ...]:
    """An account's list, the newest first."""
    rows = db.session.execute(
        select(Product.number, Wish.price_seen)
        .join(Wish, Wish.product_id == Product.id)
        .where(Wish.customer_id == customer_id)
        .order_by(Wish.added_at.desc(), Wish.product_id.desc())
    )
    return tuple(Kept(row.number, row.price_seen) for row in rows)


def since(customer_id: int) -> list[tuple[int, datetime]]:
    """(№, when it was put on the list), the oldest first."""
    rows = db.session.execute(
        select(Product.number, Wish.added_at)
        .join(Wish, Wish.product_id == Product.id)
        .where(Wish.customer_id == customer_id)
        .order_by(Wish.added_at)
    )
    return [(row.number, row.added_at) for row in rows]


def wished(kept: Sequence[Kept], *, now: datetime) -> list[Wished]:
    """What of a list the public may see, in its order: five queries however long it is."""
    ids = ids_of([one.number for one in kept])
    shown = {card.number: card for card in cards(list(ids.values()), now=now)}
    only = _only_variants(list(ids.values()))
    currency = settings().currency
    return [
        Wished(shown[one.number], Money(one.price, currency), only.get(ids[one.number]))
        for one in kept
        if one.number in shown
    ]


def _only_variants(product_ids: Sequence[int]) -> dict[int, int]:
    """The variant of each product that has just one."""
    statement = (
        select(Variant.product_id, func.min(Variant.id))
        .where(Variant.product_id.in_(product_ids), Variant.retired.is_(False))
        .group_by(Variant.product_id)
        .having(func.count() == 1)
    )
    return dict(db.session.execute(statement).all())
