"""Stock as the counter sees it: what lies where, who holds it until when, and how it came to be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, exists, func, not_, select

from app.catalog.models import (
    Hold,
    HoldState,
    MovementReason,
    Product,
    ProductState,
    Stock,
    StockMovement,
    Variant,
)
from app.catalog.queries.admin import matching
from app.catalog.queries.pictures import Picture, of_products
from app.catalog.queries.variants import option_label
from app.platform.actor import Actor
from app.platform.db import db
from app.platform.i18n import pick
from app.platform.rbac import found, visible

PAGE = 30
MOVEMENTS = 50


class StockView(StrEnum):
    """What the chips above the list ask for."""

    ALL = "all"
    HELD = "held"
    IN_STOCK = "in_stock"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Held:
    """Units promised to one owner until then: `order:<id>`, `checkout:<id>`, or `campaign:<id>`, a
    presale of goods that lie here, until it hands them on or is given up.
    """

    location_id: int
    owner: str
    quantity: int
    until: datetime

    @property
    def order_id(self) -> int | None:
        kind, _colon, number = self.owner.partition(":")
        return int(number) if kind == "order" and number.isdecimal() else None

    @property
    def is_presale(self) -> bool:
        return self.owner.startswith("campaign:")


@dataclass(frozen=True, slots=True)
class Place:
    """One variant at one location; `held` are promised by holds that have not run out."""

    location_id: int
    on_hand: int
    held: int

    @property
    def free(self) -> int:
        return max(self.on_hand - self.held, 0)


@dataclass(frozen=True, slots=True)
class StockRow:
    variant_id: int
    product_id: int
    number: int
    title: str
    label: str
    sku: str
    picture: Picture | None
    is_retired: bool
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class StockPage:
    """`after` is the № to ask the next page with, None on the last."""

    rows: tuple[StockRow, ...]
    after: int | None


@dataclass(frozen=True, slots=True)
class Moved:
    """One line of the ledger; `reference` is an order's code, or empty."""

    id: int
    location_id: int
    change: int
    reason: MovementReason
    reference: str
    actor_kind: str
    actor_id: int | None
    at: datetime


def stock_rows(
    actor: Actor, view: StockView, *, now: datetime, text: str = "", after: int | None = None
) -> StockPage:
    """The newest № first, PAGE products at a time, each with its variants and places."""
    statement = (
        select(Product.id, Product.number)
        .where(
            visible(actor, Product),
            Product.state != ProductState.ARCHIVED,
            *_of(view, now),
            *matching(text),
        )
        .order_by(Product.number.desc())
        .limit(PAGE + 1)
    )
    if after is not None:
        statement = statement.where(Product.number < after)
    numbers = [(id_, number) for id_, number in db.session.execute(statement)]
    rows = _rows(Variant.product_id.in_([id_ for id_, _number in numbers[:PAGE]]), now)
    return StockPage(rows, numbers[PAGE - 1][1] if len(numbers) > PAGE else None)


def stock_of(variant_id: int, actor: Actor, *, now: datetime) -> StockRow:
    """One variant; raises NotFound for another merchant's."""
    condition = and_(Variant.id == variant_id, visible(actor, Variant))
    return found(next(iter(_rows(condition, now, with_retired=True)), None))


def holds(variant_id: int, *, now: datetime) -> Sequence[Held]:
    """Who holds units of a variant, the one that ends first on top."""
    statement = (
        select(Stock.location_id, Hold.owner, Hold.quantity, Hold.expires_at)
        .join(Stock, Stock.id == Hold.stock_id)
        .where(Stock.variant_id == variant_id, _is_live(now))
        .order_by(Hold.expires_at, Hold.id)
    )
    return [Held(*row) for row in db.session.execute(statement)]


def movements(variant_id: int, *, after: int | None = None) -> tuple[Sequence[Moved], int | None]:
    """The ledger, newest first, and the id to go on after, None at its beginning."""
    statement = (
        select(StockMovement, Stock.location_id)
        .join(Stock, Stock.id == StockMovement.stock_id)
        .where(Stock.variant_id == variant_id)
        .order_by(StockMovement.id.desc())
        .limit(MOVEMENTS + 1)
    )
    if after is not None:
        statement = statement.where(StockMovement.id < after)
    rows = [
        Moved(
            row.id, location_id, row.change, MovementReason(row.reason), row.reference,
            row.actor_kind, row.actor_id, row.moved_at,
        )
        for row, location_id in db.session.execute(statement)
    ]  # fmt: skip
    return rows[:MOVEMENTS], rows[MOVEMENTS - 1].id if len(rows) > MOVEMENTS else None


def _of(view: StockView, now: datetime) -> list[ColumnElement[bool]]:
    some = select(Stock.id).join(Variant, Variant.id == Stock.variant_id)
    own = some.where(Variant.product_id == Product.id, Variant.retired.is_(False))
    if view is StockView.HELD:
        return [exists(own.join(Hold, Hold.stock_id == Stock.id).where(_is_live(now)))]
    if view is StockView.IN_STOCK:
        return [exists(own.where(Stock.on_hand > 0))]
    if view is StockView.GONE:
        return [not_(exists(own.where(Stock.on_hand > 0)))]
    return []


def _is_live(now: datetime) -> ColumnElement[bool]:
    return and_(Hold.state == HoldState.LIVE, Hold.expires_at > now)


def _rows(
    condition: ColumnElement[bool], now: datetime, *, with_retired: bool = False
) -> tuple[StockRow, ...]:
    statement = select(Variant, Product).join(Product, Product.id == Variant.product_id)
    if not with_retired:
        statement = statement.where(Variant.retired.is_(False))
    pairs = db.session.execute(
        statement.where(condition).order_by(Product.number.desc(), Variant.position, Variant.id)
    ).all()
    places = _places([variant.id for variant, _product in pairs], now)
    pictures = of_products({product.id for _variant, product in pairs}, first_only=True)
    return tuple(
        StockRow(
            variant_id=variant.id,
            product_id=product.id,
            number=product.number,
            title=pick(product.title),
            label=option_label(variant.options),
            sku=variant.sku,
            picture=next(iter(pictures.get(product.id, [])), None),
            is_retired=variant.retired,
            places=tuple(places.get(variant.id, ())),
        )
        for variant, product in pairs
    )


def _places(variant_ids: Iterable[int], now: datetime) -> Mapping[int, list[Place]]:
    held = (
        select(Hold.stock_id, func.sum(Hold.quantity).label("units"))
        .where(_is_live(now))
        .group_by(Hold.stock_id)
        .subquery()
    )
    statement = (
        select(Stock.variant_id, Stock.location_id, Stock.on_hand, func.coalesce(held.c.units, 0))
        .outerjoin(held, held.c.stock_id == Stock.id)
        .where(Stock.variant_id.in_(list(variant_ids)))
        .order_by(Stock.variant_id, Stock.location_id)
    )
    grouped: defaultdict[int, list[Place]] = defaultdict(list)
    for variant_id, location_id, on_hand, units in db.session.execute(statement):
        grouped[variant_id].append(Place(location_id, on_hand, int(units)))
    return grouped
