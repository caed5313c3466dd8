"""The merchant's own catalogue, as a presale chooses from it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from app.admin.queries.presales.campaign import options_label
from app.catalog.models import Product, ProductState, Variant
from app.catalog.queries.admin import ItemRow, matching, rows_of
from app.catalog.queries.pictures import Picture, of_products
from app.platform.actor import Actor
from app.platform.db import Texts, db
from app.platform.i18n import pick
from app.platform.rbac import visible
from app.presale.models import Campaign

MATCHES = 8


@dataclass(frozen=True, slots=True)
class Good:
    """One variant the merchant sells; nobody can join for goods that are not on sale."""

    variant_id: int
    product_id: int
    number: int
    title: str
    options: str
    sku: str
    price: int
    is_live: bool
    picture: Picture | None

    @property
    def name(self) -> str:
        return " · ".join(filter(None, (self.title, self.options)))


def goods(variant_ids: Collection[int], actor: Actor) -> dict[int, Good]:
    """Variants by id; those of other merchants are absent."""
    return _goods(actor, variant_ids=variant_ids)


def goods_of(product_id: int, actor: Actor) -> list[Good]:
    """Every variant of a product that is still offered, in its order."""
    return list(_goods(actor, product_id=product_id).values())


def titles_of(product_id: int, actor: Actor) -> Texts:
    """What one's own product is called in both languages."""
    statement = select(Product.title).where(Product.id == product_id, visible(actor, Product))
    return db.session.scalar(statement) or {}


def found_products(text: str, actor: Actor) -> tuple[ItemRow, ...]:
    """Products that fit the words, the newest first; archived ones are left out."""
    statement = (
        select(Product.id)
        .where(visible(actor, Product), Product.state != ProductState.ARCHIVED, *matching(text))
        .order_by(Product.number.desc())
        .limit(MATCHES)
    )
    return rows_of(db.session.scalars(statement).all())


def begun_as(key: str, actor: Actor) -> int | None:
    """The campaign that a form with this key has made already."""
    statement = select(Campaign.id).where(Campaign.slug == key, visible(actor, Campaign))
    return db.session.scalar(statement)


def is_taken(slug: str) -> bool:
    """Whether a campaign of anybody has this address."""
    return db.session.scalar(select(Campaign.id).where(Campaign.slug == slug)) is not None


def _goods(
    actor: Actor, *, variant_ids: Collection[int] | None = None, product_id: int | None = None
) -> dict[int, Good]:
    statement = (
        select(Variant, Product)
        .join(Product, Product.id == Variant.product_id)
        .where(visible(actor, Product))
        .order_by(Variant.position, Variant.id)
    )
    if variant_ids is not None:
        statement = statement.where(Variant.id.in_(variant_ids))
    else:
        statement = statement.where(Variant.product_id == product_id, Variant.retired.is_(False))
    rows = db.session.execute(statement).all()
    pictures = of_products({product.id for _variant, product in rows}, first_only=True)
    return {variant.id: _good(variant, product, pictures) for variant, product in rows}


def _good(variant: Variant, product: Product, pictures: Mapping[int, list[Picture]]) -> Good:
    return Good(
        variant_id=variant.id,
        product_id=product.id,
        number=product.number,
        title=pick(product.title),
        options=options_label(variant.options),
        sku=variant.sku,
        price=variant.price,
        is_live=product.state == ProductState.LIVE and not variant.retired,
        picture=next(iter(pictures.get(product.id, [])), None),
    )
