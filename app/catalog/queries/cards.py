"""What a product card shows, for lists of any length in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, String, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from app.catalog.models import (
    Collection,
    CollectionProduct,
    Product,
    ProductKind,
    ProductState,
    Stock,
    Variant,
)
from app.catalog.queries.card_rows import card_rows
from app.catalog.queries.pictures import Picture, of_products
from app.catalog.rules import (
    DRAWINGS,
    KEY_MEASUREMENT,
    LONGEST_NUMBER,
    MEASUREMENT_NAMES,
    centimetres,
)
from app.platform.configuration import settings
from app.platform.db import db
from app.platform.i18n import pick
from app.platform.money import Money

NEW_FOR = timedelta(days=7)
PAGE_SIZE = 24
PAGE_ONE = range(1, 2)


@dataclass(frozen=True, slots=True)
class Card:
    """What `ui.product_card` shows. `state` is available, reserved (somebody is paying) or sold.

    A module above may set it to presale, say so in `note` and lead somewhere else.
    """

    product_id: int
    number: int
    slug: str
    title: str
    kind: str
    price: Money
    highest_price: Money
    was: Money | None
    grade: str
    era: str
    measured: tuple[str, int] | None
    image: Picture | None
    state: str
    garment: str
    is_new: bool
    note: str = ""
    leads_to: str = ""

    @property
    def url(self) -> str:
        return self.leads_to or product_path(self.number, self.slug)

    @property
    def no(self) -> str:
        return f"{self.number:04d}"

    @property
    def meta(self) -> str:
        return " · ".join(part for part in (self.era, self.grade) if part)

    @property
    def measure(self) -> str:
        """`Chest 104`: the one measurement that matters, in centimetres."""
        if self.measured is None:
            return ""
        key, millimetres = self.measured
        return f"{MEASUREMENT_NAMES[key]} {centimetres(millimetres)}"

    @property
    def is_piece(self) -> bool:
        return self.kind == ProductKind.PIECE


@dataclass(frozen=True, slots=True)
class CardPage:
    """Pages `first` to `page` of a list, as they stand below each other after “show more”."""

    cards: tuple[Card, ...]
    total: int
    page: int
    first: int = 1

    @property
    def has_more(self) -> bool:
        return self.page * PAGE_SIZE < self.total

    @property
    def shown(self) -> int:
        return min(self.page * PAGE_SIZE, self.total)


SORTS = ("new", "price_up", "price_down")


def product_path(number: int, slug: str) -> str:
    return f"/i/{number:04d}-{slug}" if slug else f"/i/{number:04d}"


def listing(
    *, now: datetime, collection_id: int | None = None, sort: str = "new", pages: range = PAGE_ONE,
    with_sold: bool = True,
) -> CardPage:  # fmt: skip
    """So many pages of live products, available ones first."""
    conditions: list[ColumnElement[bool]] = [Product.state == ProductState.LIVE]
    if collection_id is not None:
        conditions.append(
            exists().where(
                CollectionProduct.product_id == Product.id,
                CollectionProduct.collection_id == collection_id,
            )
        )
    if not with_sold:
        conditions.append(_on_hand() > 0)
    total = db.session.scalar(select(func.count()).select_from(Product).where(*conditions)) or 0
    statement = _ordered(select(Product.id).where(*conditions), sort)
    window = statement.limit(PAGE_SIZE * len(pages)).offset((pages[0] - 1) * PAGE_SIZE)
    ids = db.session.scalars(window).all()
    return CardPage(tuple(cards(ids, now=now)), total, pages[-1], pages[0])


def newest(limit: int, *, now: datetime) -> list[Card]:
    """What went live last and can still be bought."""
    statement = (
        select(Product.id)
        .where(Product.state == ProductState.LIVE, _on_hand() > 0)
        .order_by(Product.first_live_at.desc(), Product.id.desc())
        .limit(limit)
    )
    return cards(db.session.scalars(statement).all(), now=now)


def newest_and_count(limit: int, *, now: datetime) -> tuple[list[Card], int]:
    """What `newest` gives, and how many live products there are: asked for together."""
    every = aliased(Product)
    live = select(func.count()).select_from(every).where(every.state == ProductState.LIVE)
    rows = db.session.execute(
        select(Product.id, live.scalar_subquery())
        .where(Product.state == ProductState.LIVE, _on_hand() > 0)
        .order_by(Product.first_live_at.desc(), Product.id.desc())
        .limit(limit)
    ).all()
    count = rows[0][1] if rows else db.session.scalar(live) or 0
    return cards([product_id for product_id, _count in rows], now=now), count


def like(product_id: int, limit: int, *, now: datetime) -> list[Card]:
    """Other live things of the same garment type that can still be bought."""
    garment = select(Product.garment).where(Product.id == product_id).scalar_subquery()
    statement = (
        select(Product.id)
        .where(
            Product.state == ProductState.LIVE,
            Product.garment == garment,
            Product.id != product_id,
            _on_hand() > 0,
        )
        .order_by(Product.first_live_at.desc())
        .limit(limit)
    )
    return cards(db.session.scalars(statement).all(), now=now)


def visible_ids(product_ids: Sequence[int]) -> list[int]:
    """Those that the public may see, in the order given."""
    statement = select(Product.id).where(
        Product.id.in_(product_ids), Product.state == ProductState.LIVE
    )
    live = set(db.session.scalars(statement))
    return [product_id for product_id in product_ids if product_id in live]


def found_by_text(text: str, limit: int) -> list[int]:
    """Live products by plain comparison: what search falls back to while its index is away."""
    words = text.split()[:5]
    conditions = [
        or_(
            func.lower(Product.title.cast(String)).contains(word.lower(), autoescape=True),
            func.lower(Product.brand).contains(word.lower(), autoescape=True),
        )
        for word in words
    ]
    number = text.strip().lstrip("№").lstrip("0")
    where = and_(*conditions)
    if number.isdecimal() and len(number) <= LONGEST_NUMBER:
        where = or_(where, Product.number == int(number))
    statement = (
        select(Product.id)
        .where(Product.state == ProductState.LIVE, where)
        .order_by(Product.first_live_at.desc())
        .limit(limit)
    )
    return list(db.session.scalars(statement))


def cards(product_ids: Sequence[int], *, now: datetime) -> list[Card]:
    """Cards in the order of the ids: three queries however many."""
    if not product_ids:
        return []
    rows = {row.id: row for row in db.session.execute(card_rows(product_ids, now))}
    pictures = of_products(product_ids, first_only=True)
    return [
        _card(rows[product_id], pictures.get(product_id, []), now)
        for product_id in product_ids
        if product_id in rows
    ]


def collections() -> list[tuple[int, str, str, str]]:
    """Listed collections: (id, slug, title, description) in the reader's language."""
    statement = (
        select(Collection).where(Collection.listed).order_by(Collection.position, Collection.id)
    )
    return [
        (c.id, c.slug, pick(c.title), pick(c.description)) for c in db.session.scalars(statement)
    ]


def _card(row: Row[*tuple[Any, ...]], pictures: list[Picture], now: datetime) -> Card:
    currency = settings().currency
    is_reduced = row.is_reduced and row.low == row.high
    key = KEY_MEASUREMENT.get(row.garment, "")
    measured = (row.measurements or {}).get(key)
    return Card(
        product_id=row.id,
        number=row.number,
        slug=row.slug,
        title=pick(row.title),
        kind=row.kind,
        price=Money(int(row.low or 0), currency),
        highest_price=Money(int(row.high or 0), currency),
        was=Money(int(row.compare_at), currency) if is_reduced else None,
        grade=row.grade or "",
        era=row.era or "",
        measured=(key, int(measured)) if measured else None,
        image=pictures[0] if pictures else None,
        garment=DRAWINGS.get(row.garment, "coat"),
        state=availability(int(row.on_hand), int(row.held)),
        is_new=bool(row.first_live_at and now - row.first_live_at < NEW_FOR),
    )


def availability(on_hand: int, held: int) -> str:
    """sold when nothing is left, reserved when all that is left is held, else available."""
    if on_hand <= 0:
        return "sold"
    return "reserved" if held >= on_hand else "available"


def _on_hand() -> ColumnElement[int]:
    return (
        select(func.coalesce(func.sum(Stock.on_hand), 0))
        .join(Variant, Variant.id == Stock.variant_id)
        .where(Variant.product_id == Product.id, Variant.retired.is_(False))
        .correlate(Product)
        .scalar_subquery()
    )


def _ordered(statement: Select[int], sort: str) -> Select[int]:
    sold_last = case((_on_hand() > 0, 0), else_=1)
    if sort in {"price_up", "price_down"}:
        price = (
            select(func.min(Variant.price))
            .where(Variant.product_id == Product.id, Variant.retired.is_(False))
            .correlate(Product)
            .scalar_subquery()
        )
        return statement.order_by(
            sold_last, price.asc() if sort == "price_up" else price.desc(), Product.id.desc()
        )
    return statement.order_by(sold_last, Product.first_live_at.desc(), Product.id.desc())
