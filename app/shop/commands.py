"""Verbs of the shop: merchants, staff, stores, rates, settings and numbers handed out once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime

from sqlalchemy import Row, case, column, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.platform import passwords
from app.platform.actor import Actor
from app.platform.audit.commands import record
from app.platform.db import Model, db
from app.platform.errors import Invalid
from app.platform.facts import publish
from app.platform.i18n import gettext as _
from app.platform.rbac import ensure, found, visible
from app.platform.transaction import command
from app.shop.errors import LastOwner
from app.shop.events import LocationCreated, SettingChanged, ShippingRatesReplaced
from app.shop.models import (
    Counter,
    Location,
    LocationKind,
    Merchant,
    Role,
    ShippingRate,
    ShopSetting,
    Staff,
)
from app.shop.queries import house_merchant, shipping_rates
from app.shop.rules import (
    FIRST_RATES,
    Rate,
    fit_key,
    fit_name,
    fit_password,
    fit_rates,
    staff_email,
)

Json = str | int | bool | list["Json"] | dict[str, "Json"] | None


@dataclass(frozen=True, slots=True)
class NewStaff:
    """Who is to work for a merchant; the password as it was typed."""

    email: str
    name: str
    role: Role
    password: str = field(repr=False)
    locale: str = "zh-Hans"


@dataclass(frozen=True, slots=True)
class NewLocation:
    """A store or warehouse; texts by language. `position` orders the list shoppers see."""

    key: str
    kind: LocationKind
    name: dict[str, str]
    address: dict[str, str]
    hours: dict[str, str] = field(default_factory=dict)
    phone: str = ""
    offers_pickup: bool = False
    position: int = 0


@command
def set_up(key: str, *, name: dict[str, str], email: str, actor: Actor, now: datetime) -> bool:
    """Give an empty shop its house merchant, a storeroom and rates; False when it has a house."""
    if house_merchant() is not None:
        return False
    house = create_merchant(key, name=name, email=email, is_house=True, actor=actor, now=now)
    storeroom = {"en": "Storeroom", "zh-Hans": "库房"}
    place = NewLocation("storeroom", LocationKind.WAREHOUSE, storeroom, address={})
    create_location(house, place, actor=actor, now=now)
    if not shipping_rates():
        replace_shipping_rates(FIRST_RATES, actor=actor, now=now)
    return True


@command
def create_merchant(
    key: str,
    *,
    name: dict[str, str],
    email: str,
    is_house: bool = False,
    actor: Actor,
    now: datetime,
) -> int:
    """Let a merchant sell here; returns its id. Raises Invalid for a taken key or a bad address."""
    ensure(actor, "settings.edit")
    values = {
        "key": fit_key(key),
        "name": name,
        "email": staff_email(email),
        "is_house": is_house,
        "created_at": now,
    }
    merchant_id = _inserted(Merchant, values, unique=["key"])
    if merchant_id is None:
        raise Invalid({"key": _("This key is taken.")})
    record(
        actor,
        "merchant.create",
        "merchant",
        merchant_id,
        now=now,
        after={"key": key, "is_house": is_house},
    )
    return merchant_id


def create_staff(merchant_id: int, new: NewStaff, *, actor: Actor, now: datetime) -> int:
    """Give somebody a place in a merchant's team; returns their id.

    Raises NotFound for a merchant that is not one's own, Invalid for what cannot be accepted.
    """
    ensure(actor, "staff.manage")
    # A password hash takes a quarter of a second of computing, too long to keep a write open.
    values = {
        "merchant_id": merchant_id,
        "email": staff_email(new.email),
        "name": fit_name(new.name),
        "password_hash": passwords.hashed(fit_password(new.password)),
        "role": new.role,
        "locale": new.locale,
        "active": True,
        "session_epoch": 1,
        "created_at": now,
    }
    return _create_staff(values, actor=actor, now=now)


@command
def change_role(staff_id: int, role: Role, *, actor: Actor, now: datetime) -> None:
    """Change what somebody may do, at once; raises LastOwner when nobody else is one."""
    ensure(actor, "staff.manage")
    member = locked_member(staff_id, actor)
    if member.role == role:
        return
    if member.active and member.role == Role.OWNER and count_owners(member.merchant_id) == 1:
        raise LastOwner
    db.session.execute(update(Staff).where(Staff.id == staff_id).values(role=role))
    record(
        actor, "staff.change_role", "staff", staff_id, now=now,
        before={"role": member.role}, after={"role": role.value},
    )  # fmt: skip


def set_password(staff_id: int, password: str, *, actor: Actor, now: datetime) -> None:
    """Replace a password and sign its owner out everywhere. One may always set one's own."""
    if not (actor.is_staff and actor.id == staff_id):
        ensure(actor, "staff.manage")
    _set_password(staff_id, passwords.hashed(fit_password(password)), actor=actor, now=now)


@command
def create_location(merchant_id: int, new: NewLocation, *, actor: Actor, now: datetime) -> int:
    """Open a store or warehouse; returns its id."""
    ensure(actor, "stock.edit")
    _own_merchant(merchant_id, actor)
    values = {**asdict(new), "merchant_id": merchant_id, "key": fit_key(new.key), "kind": new.kind}
    location_id = _inserted(Location, values, unique=["merchant_id", "key"])
    if location_id is None:
        raise Invalid({"key": _("This key is taken.")})
    record(
        actor, "location.create", "location", location_id, now=now,
        after={"key": new.key, "merchant": merchant_id, "offers_pickup": new.offers_pickup},
    )  # fmt: skip
    publish(LocationCreated(location_id=location_id, merchant_id=merchant_id, at=now))
    return location_id


@command
def replace_shipping_rates(rates: Sequence[Rate], *, actor: Actor, now: datetime) -> None:
    """Set the whole rate table; orders already placed keep what they were charged."""
    ensure(actor, "settings.edit")
    table = fit_rates(rates)
    db.session.execute(select(Merchant.id).where(Merchant.is_house).with_for_update())
    before = shipping_rates()
    db.session.execute(delete(ShippingRate))
    rows = [{"region_group": r.zone, "max_weight_g": r.up_to, "fee": r.fee} for r in table]
    db.session.execute(insert(ShippingRate), rows)
    record(
        actor, "shipping_rates.replace", "shipping_rate", None, now=now,
        before={"rates": [asdict(rate) for rate in before]},
        after={"rates": [asdict(rate) for rate in table]},
    )  # fmt: skip
    publish(ShippingRatesReplaced(at=now))


@command
def set_setting(key: str, value: Json, *, actor: Actor, now: datetime) -> None:
    """Set what staff may change while the shop runs."""
    ensure(actor, "settings.edit")
    before = db.session.scalar(
        select(ShopSetting.value).where(ShopSetting.key == key).with_for_update()
    )
    statement = _insert(ShopSetting).values(key=key, value={"value": value}, changed_at=now)
    db.session.execute(
        statement.on_conflict_do_update(
            index_elements=["key"],
            set_={"value": statement.excluded.value, "changed_at": statement.excluded.changed_at},
        )
    )
    record(
        actor, "setting.set", "shop_setting", None, now=now,
        before={key: before["value"]} if before else None, after={key: value},
    )  # fmt: skip
    publish(SettingChanged(key=key, at=now))


@command
def next_number(name: str) -> int:
    """The next number of this name, from 1; a command that is undone gives it back."""
    return next_numbers(name, 1)[0]


@command
def next_numbers(name: str, many: int) -> range:
    """The next so many numbers of this name."""
    statement = _insert(Counter).values(name=name, last=many)
    last = db.session.execute(
        statement.on_conflict_do_update(
            index_elements=["name"], set_={"last": Counter.last + many}
        ).returning(Counter.last)
    ).scalar_one()
    return range(last - many + 1, last + 1)


@command
def take_number(name: str, number: int) -> None:
    """Have the next number of this name come after that one."""
    statement = _insert(Counter).values(name=name, last=number)
    db.session.execute(
        statement.on_conflict_do_update(
            index_elements=["name"],
            set_={"last": case((Counter.last < number, number), else_=Counter.last)},
        )
    )


@command
def _create_staff(values: dict[str, object], *, actor: Actor, now: datetime) -> int:
    merchant_id = _own_merchant(values["merchant_id"], actor)
    staff_id = _inserted(Staff, values, unique=["email"])
    if staff_id is None:
        raise Invalid({"email": _("This address already belongs to a member of staff.")})
    record(
        actor, "staff.create", "staff", staff_id, now=now,
        after={"merchant": merchant_id, "role": str(values["role"])},
    )  # fmt: skip
    return staff_id


@command
def _set_password(staff_id: int, stored: str, *, actor: Actor, now: datetime) -> None:
    locked_member(staff_id, actor)
    db.session.execute(
        update(Staff)
        .where(Staff.id == staff_id)
        .values(password_hash=stored, session_epoch=Staff.session_epoch + 1)
    )
    record(actor, "staff.set_password", "staff", staff_id, now=now)


def _own_merchant(merchant_id: object, actor: Actor) -> int:
    return found(
        db.session.scalar(
            select(Merchant.id).where(Merchant.id == merchant_id, visible(actor, Merchant))
        )
    )


def locked_member(staff_id: int, actor: Actor) -> Row[int, str, bool]:
    """A member of staff, the merchant locked so that two owners cannot demote each other."""
    merchant_id = found(
        db.session.scalar(
            select(Staff.merchant_id).where(Staff.id == staff_id, visible(actor, Staff))
        )
    )
    db.session.execute(select(Merchant.id).where(Merchant.id == merchant_id).with_for_update())
    return db.session.execute(
        select(Staff.merchant_id, Staff.role, Staff.active).where(Staff.id == staff_id)
    ).one()


def count_owners(merchant_id: int) -> int:
    statement = select(func.count()).where(
        Staff.merchant_id == merchant_id, Staff.role == Role.OWNER, Staff.active
    )
    return db.session.scalar(statement) or 0


def _inserted(model: type[Model], values: dict[str, object], *, unique: list[str]) -> int | None:
    """The id of the new row, None when its `unique` columns are taken."""
    statement = _insert(model).values(values).on_conflict_do_nothing(index_elements=unique)
    return db.session.execute(statement.returning(column("id"))).scalar_one_or_none()


def _insert(model: type[Model]) -> sqlite.Insert | postgresql.Insert:
    dialect = db.session.get_bind().dialect.name
    return sqlite.insert(model) if dialect == "sqlite" else postgresql.insert(model)
