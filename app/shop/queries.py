"""Reads of merchants, staff, stores, shipping rates and settings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import select

from app.platform.actor import Actor
from app.platform.db import db
from app.platform.rbac import found, visible
from app.shop.models import (
    Location,
    Merchant,
    Role,
    ShippingRate,
    ShopSetting,
    Staff,
)
from app.shop.rules import Rate

Value = TypeVar("Value")


def merchants() -> Sequence[Merchant]:
    """All of them, the house first: who sells here is public."""
    return db.session.scalars(
        select(Merchant).order_by(Merchant.is_house.desc(), Merchant.id)
    ).all()


def merchant(key: str) -> Merchant:
    """The merchant of this key; raises NotFound."""
    return found(db.session.scalar(select(Merchant).where(Merchant.key == key)))


def house_merchant() -> Merchant | None:
    """The merchant that runs the shop; None before `flask shop init`."""
    return db.session.scalar(
        select(Merchant).where(Merchant.is_house).order_by(Merchant.id).limit(1)
    )


def staff(actor: Actor) -> Sequence[Staff]:
    """The staff whose rows the actor may see, by name."""
    return db.session.scalars(
        select(Staff).where(visible(actor, Staff)).order_by(Staff.merchant_id, Staff.name, Staff.id)
    ).all()


def staff_member(staff_id: int, actor: Actor) -> Staff:
    """One member of staff; raises NotFound for those of other merchants too."""
    member: Staff | None = db.session.scalar(
        select(Staff).where(Staff.id == staff_id, visible(actor, Staff))
    )
    return found(member)


def staff_by_email(email: str) -> Staff:
    """For the operator's command line, which stands above merchants; raises NotFound."""
    member: Staff | None = db.session.scalar(
        select(Staff).where(Staff.email == email.strip().lower())
    )
    return found(member)


def house_has_owner() -> bool:
    """Whether anybody could sign in and manage the shop."""
    statement = (
        select(Staff.id)
        .join(Merchant)
        .where(Merchant.is_house, Staff.role == Role.OWNER, Staff.active)
    )
    return db.session.scalar(statement.limit(1)) is not None


def locations(actor: Actor) -> Sequence[Location]:
    """The places where the actor's merchant keeps stock."""
    return db.session.scalars(
        select(Location).where(visible(actor, Location)).order_by(Location.position, Location.id)
    ).all()


def pickup_locations() -> Sequence[Location]:
    """The stores where a shopper may collect, of every merchant, in the order they are shown."""
    return db.session.scalars(
        select(Location).where(Location.offers_pickup).order_by(Location.position, Location.id)
    ).all()


def shipping_rates() -> tuple[Rate, ...]:
    """The whole table by region group, lightest first."""
    rows = db.session.execute(
        select(ShippingRate.region_group, ShippingRate.max_weight_g, ShippingRate.fee).order_by(
            ShippingRate.region_group, ShippingRate.max_weight_g
        )
    )
    return tuple(Rate(group, weight, fee) for group, weight, fee in rows)


def setting(key: str, default: Value) -> Value:
    """What staff set, else `default`; raises TypeError when the stored value is of another type."""
    stored = db.session.scalar(select(ShopSetting.value).where(ShopSetting.key == key))
    if stored is None:
        return default
    value: Value = stored["value"]
    if default is not None and type(value) is not type(default):
        raise TypeError(f"the setting {key} holds a {type(value).__name__}")
    return value
