"""What a product card shows, for lists of any length in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Select, String, and_, func, or_, select

from app.catalog.fitting import bodies, said
from app.catalog.models import (
    IN_STOCK,
    ListedProduct,
    Product,
    ProductKind,
    ProductState,
)
from app.catalog.queries.card_rows import CardRow, rows_alike, rows_of
from app.catalog.queries.pictures import Picture, picture_of
from app.catalog.rules import (
    DRAWINGS,
    KEY_MEASUREMENT,
    LONGEST_NUMBER,
    MEASUREMENT_NAMES,
    centimetres,
)
from app.platform.configuration import settings
from app.platform.content.reading import holds_until
from app.platform.db import db
from app.platform.i18n import pick
from app.platform.money import Money

NEW_FOR = timedelta(days=7)
PAGE_SIZE = 24


@dataclass(frozen=True, slots=True)
class Card:
    """What `ui.product_card` shows. `state` is available, reserved (somebody is paying) or sold.

    `bodies` says for which sizes of a body it is made.

    A module above may set it to presale, or over for a presale that has ended, say so in `note` and
    lead somewhere else.
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
    bodies: Mapping[str, tuple[int, int]] = field(default_factory=dict, hash=False)
    fits_you: bool = False
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
    def fits(self) -> str:
        """For which bodies it is made, in millimetres."""
        return said(self.bodies)

    @property
    def is_piece(self) -> bool:
        return self.kind == ProductKind.PIECE


def product_path(number: int, slug: str) -> str:
    return f"/i/{number:04d}-{slug}" if slug else f"/i/{number:04d}"


def newest(limit: int, *, now: datetime) -> list[Card]:
    """What went live last and can still be bought."""
    return cards(db.session.scalars(_newest_listed(limit)).all(), now=now)


def like(product_id: int, limit: int, *, now: datetime) -> list[Card]:
    """Other live things of the same garment type that can still be bought."""
    return [_card(row, now) for row in rows_alike(product_id, limit, now=now)]


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
    """Cards in the order of the ids; one query however many."""
    if not product_ids:
        return []
    rows = rows_of(product_ids, now=now)
    return [_card(rows[one], now) for one in product_ids if one in rows]


def _card(row: CardRow, now: datetime) -> Card:
    holds_until(row.held_until, new_until(row.first_live_at, now), now=now)
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
        bodies=bodies(row.garment, row.measurements or {}),
        image=picture_of(row, id_=row.image_id, alt=pick(row.alt)) if row.image_id else None,
        garment=DRAWINGS.get(row.garment, "coat"),
        state=availability(int(row.on_hand), int(row.held)),
        is_new=new_until(row.first_live_at, now) is not None,
    )


def new_until(first_live_at: datetime | None, now: datetime) -> datetime | None:
    """Until when something is new; None when it is no more."""
    is_new = first_live_at is not None and now - first_live_at < NEW_FOR
    return first_live_at + NEW_FOR if first_live_at is not None and is_new else None


def availability(on_hand: int, held: int) -> str:
    """sold when nothing is left, reserved when all that is left is held, else available."""
    if on_hand <= 0:
        return "sold"
    return "reserved" if held >= on_hand else "available"


def _newest_listed(limit: int) -> Select[int]:
    return (
        select(ListedProduct.product_id)
        .where(ListedProduct.gone_at == IN_STOCK)
        .order_by(ListedProduct.first_live_at.desc(), ListedProduct.product_id.desc())
        .limit(limit)
    )
