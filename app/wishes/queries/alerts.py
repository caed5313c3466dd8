"""Addresses that want to be told, and what they wait for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.catalog.models import (
    Piece,
    Product,
    ProductKind,
    ProductState,
    Stock,
    Variant,
)
from app.catalog.queries.cards import product_path
from app.catalog.queries.pictures import Picture, of_products
from app.catalog.queries.units import free_units
from app.catalog.queries.variants import option_label
from app.catalog.rules import (
    GARMENT_NAMES,
    KEY_MEASUREMENT,
    MEASUREMENT_NAMES,
    centimetres,
)
from app.platform.actor import Actor
from app.platform.db import db
from app.platform.i18n import gettext as _
from app.platform.i18n import pick
from app.platform.rbac import found, visible
from app.wishes.models import StockAlert, Wish
from app.wishes.rules import ALIKE_WITHIN, VAGUE


@dataclass(frozen=True, slots=True)
class Wanted:
    """A variant somebody may wait for. `garment` is empty where nothing else would do."""

    variant_id: int
    product_id: int
    title: str
    choice: str
    path: str
    picture: Picture | None
    is_piece: bool
    is_free: bool
    garment: str
    era: str
    measured: int | None

    @property
    def alike(self) -> str:
        """What else would do, in words: garment, era, and the measurement within what."""
        return alike(self.garment, self.era, self.measured)


@dataclass(frozen=True, slots=True)
class Alert:
    """For whoever holds its token, and for the mails about it."""

    row: StockAlert
    wanted: Wanted

    @property
    def path(self) -> str:
        return f"/told/{self.row.token}"


@dataclass(frozen=True, slots=True)
class Demand:
    """How many wait for a product with a confirmed address, and how many accounts wish for it."""

    product_id: int
    waiting: int
    wishes: int


def wanted(variant_id: int, *, now: datetime) -> Wanted:
    """A variant that is sold here, to be had or not; raises NotFound."""
    row = db.session.execute(
        select(Variant, Product, Piece)
        .join(Product, Product.id == Variant.product_id)
        .outerjoin(Piece, Piece.product_id == Product.id)
        .where(
            Variant.id == variant_id,
            Variant.retired.is_(False),
            Product.state == ProductState.LIVE,
        )
    ).one_or_none()
    variant, product, piece = found(row)
    return _wanted(variant, product, piece, now)


def alike(garment: str, era: str, measured: int | None) -> str:
    """`Tops and jackets, 1970s, chest 100–108 cm`; empty where nothing else would do."""
    if not garment:
        return ""
    parts = [str(GARMENT_NAMES[garment])]
    if era:
        parts.append(era)
    if measured:
        name = str(MEASUREMENT_NAMES[KEY_MEASUREMENT[garment]])
        least, most = centimetres(measured - ALIKE_WITHIN), centimetres(measured + ALIKE_WITHIN)
        parts.append(_("%(name)s %(least)s–%(most)s cm", name=name, least=least, most=most))
    return _(", ").join(parts)


def by_token(token: str, *, now: datetime) -> Alert:
    """Raises NotFound, also once it was taken back."""
    row = found(db.session.scalar(select(StockAlert).where(StockAlert.token == token)))
    return _alert(row, now)


def by_id(alert_id: int, *, now: datetime) -> Alert | None:
    """None once it was taken back."""
    row = db.session.get(StockAlert, alert_id, populate_existing=True)
    return _alert(row, now) if row is not None else None


def title_and_path(product_id: int) -> tuple[str, str]:
    product = db.session.get_one(Product, product_id)
    return pick(product.title), product_path(product.number, product.slug)


def arrived(product_id: int) -> Wanted | None:
    """A piece that is shown, as something to compare with; None for anything else."""
    row = db.session.execute(
        select(Variant, Product, Piece)
        .join(Variant, Variant.product_id == Product.id)
        .join(Piece, Piece.product_id == Product.id)
        .where(
            Product.id == product_id,
            Product.state == ProductState.LIVE,
            Variant.retired.is_(False),
        )
        .limit(1)
    ).one_or_none()
    return _wanted(*row, None) if row is not None else None


def waited_for(product_ids: Sequence[int]) -> Sequence[int]:
    """Those that are shown, exist once, and are of a kind that somebody waits for."""
    garments = select(StockAlert.garment).where(
        StockAlert.told_at.is_(None),
        StockAlert.confirmed_at.is_not(None),
        StockAlert.garment != "",
    )
    statement = (
        select(Product.id)
        .join(Piece, Piece.product_id == Product.id)
        .where(
            Product.id.in_(product_ids),
            Product.state == ProductState.LIVE,
            Product.garment.in_(garments),
        )
    )
    return db.session.scalars(statement.order_by(Product.id)).all()


def free_variants(limit: int, *, now: datetime) -> list[int]:
    """Variants that somebody waits for and that can be bought now."""
    on_hand = (
        select(StockAlert.variant_id)
        .join(Variant, Variant.id == StockAlert.variant_id)
        .join(Product, Product.id == Variant.product_id)
        .join(Stock, Stock.variant_id == Variant.id)
        .where(
            StockAlert.told_at.is_(None),
            StockAlert.confirmed_at.is_not(None),
            Product.state == ProductState.LIVE,
            Variant.retired.is_(False),
            Stock.on_hand > 0,
        )
        .distinct()
        .limit(limit)
    )
    ids = db.session.scalars(on_hand).all()
    units = free_units(ids, now=now)
    return [variant_id for variant_id in ids if units[variant_id].free > 0]


def free_products(product_ids: Sequence[int], *, now: datetime) -> set[int]:
    """Those that are shown and of which something can be bought now."""
    rows = db.session.execute(
        select(Variant.id, Variant.product_id)
        .join(Product, Product.id == Variant.product_id)
        .where(
            Product.id.in_(product_ids),
            Product.state == ProductState.LIVE,
            Variant.retired.is_(False),
        )
    ).all()
    units = free_units([row.id for row in rows], now=now)
    return {row.product_id for row in rows if units[row.id].free > 0}


def of_person(customer_id: int, email: str) -> Sequence[StockAlert]:
    """Asked for by an account, or by anybody under its proved address."""
    statement = select(StockAlert).where(
        (StockAlert.customer_id == customer_id) | (StockAlert.email == email)
    )
    return db.session.scalars(statement.order_by(StockAlert.id)).all()


def demand(actor: Actor, *, limit: int = 100) -> list[Demand]:
    """The actor's own products that people wait or wish for, the most wanted first."""
    waiting = (
        select(StockAlert.product_id, func.count().label("number"))
        .where(StockAlert.told_at.is_(None), StockAlert.confirmed_at.is_not(None))
        .group_by(StockAlert.product_id)
        .subquery()
    )
    wishes = (
        select(Wish.product_id, func.count().label("number")).group_by(Wish.product_id).subquery()
    )
    waits = func.coalesce(waiting.c.number, 0)
    wished = func.coalesce(wishes.c.number, 0)
    rows = db.session.execute(
        select(Product.id, waits, wished)
        .outerjoin(waiting, waiting.c.product_id == Product.id)
        .outerjoin(wishes, wishes.c.product_id == Product.id)
        .where(visible(actor, Product), waits + wished > 0)
        .order_by(waits.desc(), wished.desc(), Product.id.desc())
        .limit(limit)
    )
    return [Demand(*map(int, row)) for row in rows]


def _alert(row: StockAlert, now: datetime) -> Alert:
    variant = db.session.get_one(Variant, row.variant_id)
    product = db.session.get_one(Product, row.product_id)
    piece = db.session.get(Piece, row.product_id)
    return Alert(row, _wanted(variant, product, piece, now))


def _wanted(
    variant: Variant, product: Product, piece: Piece | None, now: datetime | None
) -> Wanted:
    is_piece = product.kind == ProductKind.PIECE and piece is not None
    compares = is_piece and product.garment != VAGUE
    measures = piece.measurements if piece is not None else {}
    measured = measures.get(KEY_MEASUREMENT.get(product.garment, ""))
    return Wanted(
        variant_id=variant.id,
        product_id=product.id,
        title=pick(product.title),
        choice=option_label(variant.options),
        path=product_path(product.number, product.slug),
        picture=next(iter(of_products([product.id], first_only=True).get(product.id, [])), None),
        is_piece=is_piece,
        is_free=now is not None and free_units([variant.id], now=now)[variant.id].free > 0,
        garment=product.garment if compares else "",
        era=piece.era if piece is not None and compares else "",
        measured=int(measured) if compares and measured else None,
    )
