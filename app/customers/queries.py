"""What shoppers see of their account, and everything that is kept about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.customers.models import Customer, CustomerAddress, CustomerMeasures
from app.platform import privacy
from app.platform.actor import Actor
from app.platform.db import db
from app.platform.rbac import found, visible


@dataclass(frozen=True, slots=True)
class Profile:
    email: str
    name: str
    phone: str
    locale: str
    has_password: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Account:
    """What a session needs to know of an account."""

    id: int
    name: str
    session_epoch: int


def profile(actor: Actor) -> Profile:
    """The actor's own; raises NotFound for anybody who is no shopper."""
    own = select(Customer).where(visible(actor, Customer), Customer.id == actor.id)
    row = found(db.session.scalar(own))
    return Profile(
        row.email, row.name, row.phone, row.locale, row.password_hash is not None, row.created_at
    )


def account(customer_id: int) -> Account | None:
    """An account that can be signed in to; None when it was erased."""
    row = db.session.execute(
        select(Customer.id, Customer.name, Customer.session_epoch).where(
            Customer.id == customer_id, Customer.erased_at.is_(None)
        )
    ).one_or_none()
    return Account(row.id, row.name, row.session_epoch) if row else None


def email_of(customer_id: int) -> str | None:
    """The address a shopper has proved to be theirs, if any."""
    return db.session.scalar(
        select(Customer.email).where(Customer.id == customer_id, Customer.verified_at.is_not(None))
    )


def addresses(actor: Actor) -> Sequence[CustomerAddress]:
    """The actor's addresses, the usual one first."""
    return db.session.scalars(
        select(CustomerAddress)
        .where(visible(actor, CustomerAddress))
        .order_by(CustomerAddress.is_default.desc(), CustomerAddress.id.desc())
    ).all()


def address(address_id: int, actor: Actor) -> CustomerAddress:
    """One of the actor's addresses; raises NotFound for another's as for none."""
    return found(
        db.session.scalar(
            select(CustomerAddress).where(
                CustomerAddress.id == address_id, visible(actor, CustomerAddress)
            )
        )
    )


def everything_about(actor: Actor, *, now: datetime) -> dict[str, object]:
    """All that is kept about a shopper, by module, ready for JSON; raises NotFound for others."""
    own = profile(actor)
    customer_id = int(found(actor.id))
    return {
        "account": own.email,
        "exported_at": now.isoformat(),
        "kept": {each.module: each.export(customer_id) for each in privacy.registered()},
    }


def measures_of(customer_id: int) -> dict[str, int]:
    """Millimetres by part of the body; empty when nothing was said."""
    kept = db.session.get(CustomerMeasures, customer_id)
    return {part: int(size) for part, size in kept.sizes.items()} if kept else {}
