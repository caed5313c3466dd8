"""Products, their variants, the facts of a one-of-a-kind piece, and collections."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ColumnElement, ForeignKey, Index, UniqueConstraint

from app.platform.actor import Actor
from app.platform.db import Id, JsonObject, Mapped, Model, Texts, mapped_column, one_of
from app.platform.rbac import merchants_rows


class ProductKind(StrEnum):
    PIECE = "piece"
    STOCKED = "stocked"


class ProductState(StrEnum):
    DRAFT = "draft"
    LIVE = "live"
    ARCHIVED = "archived"


class Grade(StrEnum):
    S = "S"
    A = "A"
    B = "B"
    C = "C"
    D = "D"


class Product(Model):
    """`number` is the shop-wide №.

    `first_live_at` orders what is new. `source_key` ties it to an import. An empty `tax_class` is
    the shop's first.
    """

    __tablename__ = "product"
    __table_args__ = (
        one_of("kind", ProductKind),
        one_of("state", ProductState),
        UniqueConstraint("merchant_id", "source_key"),
        Index("ix_product_state_first_live", "state", "first_live_at"),
        Index("ix_product_merchant_number", "merchant_id", "number"),
        Index("ix_product_merchant_state", "merchant_id", "state", "id"),
    )

    id: Mapped[Id]
    merchant_id: Mapped[int] = mapped_column(ForeignKey("merchant.id"))
    number: Mapped[int] = mapped_column(unique=True)
    slug: Mapped[str]
    kind: Mapped[str]
    state: Mapped[str] = mapped_column(default=ProductState.DRAFT)
    title: Mapped[Texts]
    story: Mapped[Texts]
    garment: Mapped[str] = mapped_column(default="other")
    brand: Mapped[str] = mapped_column(default="")
    material: Mapped[Texts]
    colour: Mapped[str] = mapped_column(default="")
    tax_class: Mapped[str] = mapped_column(default="")
    option_names: Mapped[JsonObject]
    source_key: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    first_live_at: Mapped[datetime | None]

    @classmethod
    def seen_by(cls, actor: Actor) -> ColumnElement[bool]:
        return merchants_rows(actor, cls.merchant_id)


class Piece(Model):
    """What makes a piece itself.

    Measurements are millimetres, keyed as its garment type lists them.
    """

    __tablename__ = "piece"
    __table_args__ = (one_of("grade", Grade),)

    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), primary_key=True)
    grade: Mapped[str]
    grade_evidence: Mapped[Texts]
    era: Mapped[str] = mapped_column(default="")
    year: Mapped[int | None]
    era_evidence: Mapped[Texts]
    origin: Mapped[str] = mapped_column(default="")
    origin_evidence: Mapped[Texts]
    measurements: Mapped[JsonObject]


class Variant(Model):
    """What can be bought: a price in minor units and up to three option values. A piece has one.

    `compare_at`, the price before, is shown where it is not above `lowest_before`, the lowest of
    the 30 days before the price of now (`app.catalog.price_history`).
    """

    __tablename__ = "variant"
    __table_args__ = (
        UniqueConstraint("merchant_id", "sku"),
        CheckConstraint("price >= 0", name="price_not_negative"),
        CheckConstraint("weight_g >= 0", name="weight_not_negative"),
    )

    id: Mapped[Id]
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), index=True)
    merchant_id: Mapped[int] = mapped_column(ForeignKey("merchant.id"), index=True)
    sku: Mapped[str]
    options: Mapped[JsonObject]
    price: Mapped[int]
    compare_at: Mapped[int | None]
    lowest_before: Mapped[int | None]
    weight_g: Mapped[int] = mapped_column(default=0)
    position: Mapped[int] = mapped_column(default=0)
    retired: Mapped[bool] = mapped_column(default=False)

    @classmethod
    def seen_by(cls, actor: Actor) -> ColumnElement[bool]:
        return merchants_rows(actor, cls.merchant_id)


class Fault(Model):
    """One honest fault: where it is, one sentence, and the photograph that shows it."""

    __tablename__ = "fault"

    id: Mapped[Id]
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), index=True)
    place: Mapped[Texts]
    description: Mapped[Texts]
    image_id: Mapped[int | None] = mapped_column(
        ForeignKey("product_image.id", ondelete="SET NULL")
    )
    repaired: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)


class ProductTag(Model):
    """A selling point out of a controlled list; at most four per product."""

    __tablename__ = "product_tag"
    __table_args__ = (CheckConstraint("position BETWEEN 0 AND 3", name="at_most_four"),)

    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    tag: Mapped[str]


class Collection(Model):
    """`leading` names the filters that stand before all others, at most three of them; `rule` is
    what `catalog.collecting.Rule` keeps, empty where everything is put in by hand.
    """

    __tablename__ = "collection"

    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[Texts]
    description: Mapped[Texts]
    position: Mapped[int] = mapped_column(default=0)
    listed: Mapped[bool] = mapped_column(default=True)
    leading: Mapped[list[str]] = mapped_column(JSON, default=list)
    rule: Mapped[JsonObject] = mapped_column(default=dict)


class CollectionProduct(Model):
    __tablename__ = "collection_product"
    __table_args__ = (Index("ix_collection_product_product_id", "product_id"),)

    collection_id: Mapped[int] = mapped_column(ForeignKey("collection.id"), primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), primary_key=True)
    position: Mapped[int] = mapped_column(default=0)


class GatheredProduct(Model):
    """A listed product that is in a collection by its rule, whether or not it was put there too."""

    __tablename__ = "gathered_product"
    __table_args__ = (Index("ix_gathered_product_product_id", "product_id"),)

    collection_id: Mapped[int] = mapped_column(ForeignKey("collection.id"), primary_key=True)
    product_id: Mapped[int] = mapped_column(
        ForeignKey("listed_product.product_id", ondelete="CASCADE"), primary_key=True
    )
