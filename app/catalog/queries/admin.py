"""Items as the counter lists them and opens them for editing; only the actor's own merchant's."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, exists, func, not_, or_, select

from app.catalog.drafts import ProductDraft
from app.catalog.models import (
    IN_STOCK,
    ListedProduct,
    Media,
    Piece,
    Product,
    ProductKind,
    ProductState,
    Stock,
    Variant,
)
from app.catalog.queries.cards import product_path
from app.catalog.queries.drafts import draft_of
from app.catalog.queries.pictures import Picture, of_products, picture_of
from app.platform.actor import Actor
from app.platform.configuration import settings
from app.platform.db import db
from app.platform.i18n import LANGUAGES, pick
from app.platform.money import Money
from app.platform.rbac import found, visible

PAGE = 50
LONGEST_NUMBER = 9


class View(StrEnum):
    """What the chips above the list ask for. Sold things are live ones of which nothing is left."""

    ALL = "all"
    LIVE = "live"
    DRAFT = "draft"
    SOLD = "sold"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One row of the list. `variant_id` is the only variant's, None when there are several."""

    id: int
    number: int
    version: int
    title: str
    brand: str
    skus: tuple[str, ...]
    view: View
    is_piece: bool
    grade: str
    price: Money
    highest_price: Money
    units: int
    picture: Picture | None
    path: str
    changed_at: datetime

    @property
    def has_one_price(self) -> bool:
        return len(self.skus) == 1


@dataclass(frozen=True, slots=True)
class ItemPage:
    """`after` is what to ask the next page with, None on the last."""

    rows: tuple[ItemRow, ...]
    after: int | None


@dataclass(frozen=True, slots=True)
class Photo:
    """A kept picture under its hash, which no one can guess who has not seen it."""

    media_id: int
    sha256: str
    picture: Picture


@dataclass(frozen=True, slots=True)
class VariantSheet:
    """`stock` is (on hand, held) by location."""

    id: int
    sku: str
    stock: Mapping[int, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class ItemSheet:
    """Everything the editor starts from."""

    product: Product
    draft: ProductDraft
    photos: tuple[Photo, ...]
    variants: tuple[VariantSheet, ...]

    @property
    def is_piece(self) -> bool:
        return self.product.kind == ProductKind.PIECE

    @property
    def path(self) -> str:
        return product_path(self.product.number, self.product.slug)


def items(
    actor: Actor, view: View, *, text: str = "", after: int | None = None, limit: int = PAGE
) -> ItemPage:
    """The newest № first; `after` is the № of the last row already seen."""
    statement = (
        select(Product.id)
        .where(visible(actor, Product), *_of(view), *matching(text))
        .order_by(Product.number.desc())
        .limit(limit + 1)
    )
    if after is not None:
        statement = statement.where(Product.number < after)
    ids = db.session.scalars(statement).all()
    rows = rows_of(ids[:limit])
    return ItemPage(rows, rows[-1].number if len(ids) > limit else None)


def item_counts(actor: Actor, *, text: str = "") -> dict[View, int]:
    """How many items there are under each view, of those that fit the text; one query that reads
    an index of states and what lists know of stock.
    """
    gone = and_(ListedProduct.product_id == Product.id, ListedProduct.gone_at < IN_STOCK)
    statement = (
        select(Product.state, func.count(), func.count(ListedProduct.product_id))
        .outerjoin(ListedProduct, gone)
        .where(visible(actor, Product), *matching(text))
        .group_by(Product.state)
    )
    counts: Counter[View] = Counter()
    for state, items_in_all, sold in db.session.execute(statement):
        counts[View.ALL] += items_in_all
        counts[View(state)] += items_in_all - sold
        counts[View.SOLD] += sold
    return counts


def rows_of(product_ids: Sequence[int]) -> tuple[ItemRow, ...]:
    """Rows in the order of the ids: four queries however many."""
    found_rows = db.session.execute(
        select(Product, Piece.grade)
        .outerjoin(Piece, Piece.product_id == Product.id)
        .where(Product.id.in_(product_ids))
    )
    by_id = {product.id: (product, grade or "") for product, grade in found_rows}
    variants = _variants(product_ids)
    units = _units(product_ids)
    pictures = of_products(product_ids, first_only=True)
    return tuple(
        _row(*by_id[id_], variants[id_], units.get(id_, 0), next(iter(pictures.get(id_, [])), None))
        for id_ in product_ids
    )


def item(product_id: int, actor: Actor) -> Product:
    """One product; raises NotFound for those of other merchants too."""
    product: Product | None = db.session.scalar(
        select(Product).where(Product.id == product_id, visible(actor, Product))
    )
    return found(product)


def item_sheet(product_id: int, actor: Actor) -> ItemSheet:
    """One product with all that can be edited; raises NotFound."""
    product = item(product_id, actor)
    draft = draft_of(product)
    by_id = photos_of(image.media_id for image in draft.images or ())
    return ItemSheet(
        product=product,
        draft=draft,
        photos=tuple(by_id[image.media_id] for image in draft.images or ()),
        variants=_sheets(product_id),
    )


def photos_of(media_ids: Iterable[int]) -> dict[int, Photo]:
    """Kept pictures by id."""
    ids = list(media_ids)
    return {
        media.id: _photo(media)
        for media in db.session.scalars(select(Media).where(Media.id.in_(ids)))
    }


def photos_by_hash(hashes: Sequence[str]) -> tuple[Photo, ...]:
    """The pictures kept under these hashes, in their order; unknown ones are left out."""
    statement = select(Media).where(Media.sha256.in_(hashes))
    by_hash = {media.sha256: _photo(media) for media in db.session.scalars(statement)}
    return tuple(by_hash[each] for each in dict.fromkeys(hashes) if each in by_hash)


def _photo(media: Media) -> Photo:
    return Photo(media.id, media.sha256, picture_of(media, id_=media.id, alt=""))


def _of(view: View) -> list[ColumnElement[bool]]:
    if view is View.ALL:
        return []
    if view is View.LIVE:
        return [Product.state == ProductState.LIVE, _in_stock()]
    if view is View.SOLD:
        return [Product.state == ProductState.LIVE, not_(_in_stock())]
    return [Product.state == ProductState(view.value)]


def _in_stock() -> ColumnElement[bool]:
    return exists(
        select(Stock.id)
        .join(Variant, Variant.id == Stock.variant_id)
        .where(Variant.product_id == Product.id, Variant.retired.is_(False), Stock.on_hand > 0)
    )


def matching(text: str) -> list[ColumnElement[bool]]:
    """Every word in a title or the brand; or the whole as № or the beginning of a SKU."""
    text = text.strip()
    if not text:
        return []
    words = and_(*(_has_word(word) for word in text.split()[:5]))
    sku = exists().where(
        Variant.product_id == Product.id, Variant.sku.istartswith(text, autoescape=True)
    )
    digits = text.lstrip("№# ")
    if digits.isascii() and digits.isdecimal() and len(digits) <= LONGEST_NUMBER:
        return [or_(words, sku, Product.number == int(digits))]
    return [or_(words, sku)]


def _has_word(word: str) -> ColumnElement[bool]:
    titles = (Product.title[language].as_string() for language in LANGUAGES)
    return or_(
        Product.brand.icontains(word, autoescape=True),
        *(title.icontains(word, autoescape=True) for title in titles),
    )


def _variants(product_ids: Sequence[int]) -> Mapping[int, list[Variant]]:
    statement = select(Variant).where(
        Variant.product_id.in_(product_ids), Variant.retired.is_(False)
    )
    grouped: defaultdict[int, list[Variant]] = defaultdict(list)
    for variant in db.session.scalars(statement.order_by(Variant.position, Variant.id)):
        grouped[variant.product_id].append(variant)
    return grouped


def _units(product_ids: Sequence[int]) -> dict[int, int]:
    statement = (
        select(Variant.product_id, func.sum(Stock.on_hand))
        .join(Stock, Stock.variant_id == Variant.id)
        .where(Variant.product_id.in_(product_ids), Variant.retired.is_(False))
        .group_by(Variant.product_id)
    )
    return {product_id: int(units) for product_id, units in db.session.execute(statement)}


def _row(
    product: Product, grade: str, variants: list[Variant], units: int, picture: Picture | None
) -> ItemRow:
    prices = [variant.price for variant in variants] or [0]
    currency = settings().currency
    is_sold = product.state == ProductState.LIVE and units == 0
    return ItemRow(
        id=product.id,
        number=product.number,
        version=product.version,
        title=pick(product.title),
        brand=product.brand,
        skus=tuple(variant.sku for variant in variants),
        view=View.SOLD if is_sold else View(product.state),
        is_piece=product.kind == ProductKind.PIECE,
        grade=grade,
        price=Money(min(prices), currency),
        highest_price=Money(max(prices), currency),
        units=units,
        picture=picture,
        path=product_path(product.number, product.slug),
        changed_at=product.changed_at,
    )


def _sheets(product_id: int) -> tuple[VariantSheet, ...]:
    variants = _variants([product_id])[product_id]
    rows = db.session.scalars(select(Stock).where(Stock.variant_id.in_([v.id for v in variants])))
    stock: defaultdict[int, dict[int, tuple[int, int]]] = defaultdict(dict)
    for row in rows:
        stock[row.variant_id][row.location_id] = (row.on_hand, row.held)
    return tuple(VariantSheet(each.id, each.sku, stock[each.id]) for each in variants)
