"""Tables of the shop: merchants, staff, locations, settings, shipping rates, taxes."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import JSON, CheckConstraint, ColumnElement, ForeignKey, UniqueConstraint

from app.platform.actor import Actor
from app.platform.db import Id, JsonObject, Mapped, Model, Texts, mapped_column, one_of
from app.platform.rbac import merchants_rows
from app.shop.zones import Basis


class Role(StrEnum):
    OWNER = "owner"
    EDITOR = "editor"
    FULFILMENT = "fulfilment"
    SUPPORT = "support"
    LEADER = "leader"
    READONLY = "readonly"


class LocationKind(StrEnum):
    STORE = "store"
    WAREHOUSE = "warehouse"


class Merchant(Model):
    """A seller in this shop.

    The house merchant runs it: only its staff settle shop-wide matters.
    """

    __tablename__ = "merchant"

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[Texts]
    is_house: Mapped[bool] = mapped_column(default=False)
    email: Mapped[str]
    created_at: Mapped[datetime]

    @classmethod
    def seen_by(cls, actor: Actor) -> ColumnElement[bool]:
        return merchants_rows(actor, cls.id)


class Staff(Model):
    """A member of a merchant's team. Raising `session_epoch` signs them out everywhere."""

    __tablename__ = "staff"
    __table_args__ = (one_of("role", Role),)

    # What Flask-Login asks of whoever is signed in; those who left are never loaded for it.
    is_authenticated: ClassVar[bool] = True
    is_active: ClassVar[bool] = True
    is_anonymous: ClassVar[bool] = False

    id: Mapped[Id]
    merchant_id: Mapped[int] = mapped_column(ForeignKey("merchant.id"), index=True)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str]
    role: Mapped[str]
    locale: Mapped[str] = mapped_column(default="zh-Hans")
    active: Mapped[bool] = mapped_column(default=True)
    session_epoch: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime | None]

    @classmethod
    def seen_by(cls, actor: Actor) -> ColumnElement[bool]:
        return merchants_rows(actor, cls.merchant_id)

    def get_id(self) -> str:
        return f"staff:{self.id}:{self.session_epoch}"


class Location(Model):
    """Where stock lies; a store with `offers_pickup` also hands parcels over."""

    __tablename__ = "location"
    __table_args__ = (UniqueConstraint("merchant_id", "key"), one_of("kind", LocationKind))

    id: Mapped[Id]
    merchant_id: Mapped[int] = mapped_column(ForeignKey("merchant.id"), index=True)
    key: Mapped[str]
    kind: Mapped[str]
    name: Mapped[Texts]
    address: Mapped[Texts]
    hours: Mapped[Texts]
    phone: Mapped[str] = mapped_column(default="")
    offers_pickup: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)

    @classmethod
    def seen_by(cls, actor: Actor) -> ColumnElement[bool]:
        return merchants_rows(actor, cls.merchant_id)


class ShippingRate(Model):
    """One row of the rate table: the zone's key, and up to how many of what the zone counts. The
    columns are called after what they held when weight was all that counted.
    """

    __tablename__ = "shipping_rate"
    __table_args__ = (UniqueConstraint("region_group", "max_weight_g"),)

    id: Mapped[Id]
    region_group: Mapped[str]
    max_weight_g: Mapped[int]
    fee: Mapped[int]


class DeliveryZone(Model):
    """Where parcels go: `places` are patterns (`app.shop.places`), the first that fits best wins.

    A shop without rows has the zones that are written down in `app.shop.zones`.
    """

    __tablename__ = "delivery_zone"
    __table_args__ = (
        one_of("basis", Basis),
        CheckConstraint("free_over IS NULL OR free_over >= 0", name="free_over_not_negative"),
    )

    key: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[Texts]
    places: Mapped[JsonObject]
    basis: Mapped[str]
    free_over: Mapped[int | None]
    position: Mapped[int] = mapped_column(default=0)


class TaxClassRow(Model):
    """Goods taxed alike; the first by `position` is that of whatever names none."""

    __tablename__ = "tax_class"

    key: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[Texts]
    is_of_delivery: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)


class TaxRateRow(Model):
    """What a class is taxed at in the places of a pattern; `percent` in thousandths."""

    __tablename__ = "tax_rate"
    __table_args__ = (
        UniqueConstraint("tax_class", "place"),
        CheckConstraint("percent >= 0 AND percent <= 100000", name="percent_possible"),
    )

    id: Mapped[Id]
    tax_class: Mapped[str] = mapped_column(ForeignKey("tax_class.key"))
    place: Mapped[str]
    percent: Mapped[int]
    is_included: Mapped[bool]


class ShopSetting(Model):
    """What staff may change while the shop runs; every change leaves an audit row."""

    __tablename__ = "shop_setting"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[JsonObject]
    changed_at: Mapped[datetime]


class Counter(Model):
    """Numbers handed out once and in order, such as the № of the next piece."""

    __tablename__ = "counter"

    name: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int] = mapped_column(default=0)


class HomeVersion(Model):
    """The sections of the home page at one step of arranging it (`shop.home`)."""

    __tablename__ = "home_version"

    id: Mapped[Id]
    sections: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    made_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
