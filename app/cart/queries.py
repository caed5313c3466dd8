"""Reads of the bag."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, func, select

from app.cart.commands import Wish
from app.cart.models import Bag, BagLine
from app.catalog.models import Variant
from app.catalog.queries.sellable import Sellable, sellable
from app.catalog.queries.units import units_of_each_variant
from app.catalog.queries.variants import option_label
from app.platform.configuration import settings
from app.platform.db import db
from app.platform.money import Money
from app.presale.queries.offers import Asked, Offer, offers


@dataclass(frozen=True, slots=True)
class BagItem:
    """A line with what it would cost now; a presale line has the `offer` it joins by.

    `state` is available, short, reserved, sold, withdrawn, full or over.
    """

    item: Sellable
    quantity: int
    price_seen: int
    offer: Offer | None = None
    tolerance: int = 0
    link_id: int | None = None
    waiting_id: int | None = None
    listed_id: int | None = None

    @property
    def units(self) -> int:
        """What is put into the order: what is wanted, and what more may be added to it."""
        return self.quantity + self.tolerance

    @property
    def most(self) -> int:
        """How many could be had."""
        return self.item.units.free if self.offer is None else self.offer.free

    @property
    def state(self) -> str:
        if not self.item.is_live:
            return "withdrawn"
        if self.offer is not None:
            return self._state_of_offer(self.offer)
        if self.item.units.free >= self.quantity:
            return "available"
        if self.item.units.free > 0:
            return "short"
        return "reserved" if self.item.units.held else "sold"

    def _state_of_offer(self, offer: Offer) -> str:
        if not offer.is_open:
            return "over"
        if offer.free >= self.units:
            return "available"
        return "short" if offer.free > 0 else "full"

    @property
    def can_be_bought(self) -> bool:
        return self.state == "available"

    @property
    def price(self) -> Money:
        minor = self.item.price if self.offer is None else self.offer.terms.price
        return Money(minor, settings().currency)

    @property
    def choice(self) -> str:
        """`M · Indigo`: what was chosen of several; empty for a piece."""
        return option_label(self.item.options)

    @property
    def total(self) -> Money:
        return self.price * self.units

    @property
    def due_now(self) -> Money:
        """What is asked for at once: the deposit where there is one."""
        if self.offer is None:
            return self.total
        return Money(self.offer.terms.now * self.units, settings().currency)

    @property
    def balance(self) -> Money:
        """What is asked for when the goods are there."""
        later = self.offer.terms.balance if self.offer is not None else 0
        return Money(later * self.units, settings().currency)

    @property
    def path(self) -> str:
        """The page it was put in from."""
        return self.offer.path if self.offer is not None else self.item.path

    @property
    def price_before(self) -> Money | None:
        """What it cost when it was put in, if that was another price."""
        changed = self.price_seen != self.price.minor
        return Money(self.price_seen, settings().currency) if changed else None


@dataclass(frozen=True, slots=True)
class BagView:
    """`id` is None for a bag that nothing was ever put into; `code` is the one entered."""

    id: int | None
    items: tuple[BagItem, ...]
    code: str = ""

    @property
    def units(self) -> int:
        return sum(item.quantity for item in self.items)

    @property
    def buyable(self) -> tuple[BagItem, ...]:
        return tuple(item for item in self.items if item.can_be_bought)

    @property
    def goods_total(self) -> Money:
        return Money.total((item.total for item in self.buyable), settings().currency)

    @property
    def by_arrival(self) -> tuple[tuple[bool, tuple[BagItem, ...]], ...]:
        """(whether it is a presale, its lines): what is there already comes first."""
        parts = (
            (False, tuple(item for item in self.items if item.offer is None)),
            (True, tuple(item for item in self.items if item.offer is not None)),
        )
        return tuple((is_presale, items) for is_presale, items in parts if items)


EMPTY = BagView(None, ())


def bag(key: str | None, *, now: datetime, sparing: str = "") -> BagView:
    """The bag behind a cookie; `sparing` names the holder whose own holds do not count against
    it.
    """
    rows = db.session.execute(_BAG, {"key": key}).all() if key else ()
    if not rows:
        return EMPTY
    found: Bag = rows[0].Bag
    lines: list[BagLine] = [row.BagLine for row in rows if row.BagLine is not None]
    items = sellable([line.variant_id for line in lines], now=now, sparing=sparing)
    asked = [
        Asked(line.sku_id, line.link_id, line.waiting_id)
        for line in lines
        if line.sku_id is not None
    ]
    joined = offers(asked, now=now, sparing=sparing)
    return BagView(
        found.id,
        tuple(
            BagItem(
                items[line.variant_id], line.quantity, line.price_seen,
                joined.get(line.sku_id or 0), line.tolerance, line.link_id, line.waiting_id,
                line.listed_id,
            )
            for line in lines
            if line.variant_id in items
        ),
        found.code,
    )  # fmt: skip


def is_short(key: str, *, now: datetime) -> bool:
    """Whether something in the bag may not lie there for it, at a first look in one query: what the
    bag's own checkout holds counts as taken.
    """
    asked = {"key": key, "now": now, "sparing": ""}
    return db.session.execute(_SHORT, asked).first() is not None


_BAG: Final = (
    select(Bag, BagLine)
    .outerjoin(BagLine, BagLine.bag_id == Bag.id)
    .where(Bag.key == bindparam("key"))
    .order_by(BagLine.added_at.desc())
)


_on_hand, _held, _ = units_of_each_variant()
_SHORT: Final = (
    select(BagLine.variant_id)
    .join(Bag, Bag.id == BagLine.bag_id)
    .join(Variant, Variant.id == BagLine.variant_id)
    .where(
        Bag.key == bindparam("key"),
        BagLine.sku_id.is_(None),
        func.coalesce(_on_hand.element, 0) - func.coalesce(_held.element, 0) < BagLine.quantity,
    )
    .limit(1)
)


def wish_behind(key: str, variant_id: int) -> Wish | None:
    """How a presale line came into the bag; None for what is no presale's or not there."""
    statement = (
        select(BagLine)
        .join(Bag, Bag.id == BagLine.bag_id)
        .where(Bag.key == key, BagLine.variant_id == variant_id)
    )
    line = db.session.scalar(statement)
    if line is None or line.sku_id is None:
        return None
    return Wish(line.sku_id, line.link_id, line.tolerance, line.waiting_id, line.listed_id)


def unit_count(key: str | None) -> int:
    """How many units lie in a bag: all that the header's badge needs."""
    if not key:
        return 0
    statement = (
        select(func.coalesce(func.sum(BagLine.quantity), 0))
        .join(Bag, Bag.id == BagLine.bag_id)
        .where(Bag.key == key)
    )
    return int(db.session.scalar(statement) or 0)
