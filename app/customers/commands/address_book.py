"""Keep the addresses a shopper sends parcels to; one of them is the usual one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update

from app.customers import rules
from app.customers.errors import TooManyAddresses
from app.customers.models import Customer, CustomerAddress
from app.platform.actor import Actor
from app.platform.db import db
from app.platform.rbac import found, visible
from app.platform.transaction import command


@dataclass(frozen=True, slots=True)
class AddressDetails:
    """`address` has the keys of `addresses.postal.stored`; `is_default` marks the usual one."""

    recipient: str
    phone: str
    address: Mapping[str, str]
    is_default: bool = False


@command
def add_address(details: AddressDetails, *, actor: Actor, now: datetime) -> int:
    """Keep one more; the first is the usual one. Raises TooManyAddresses."""
    customer_id = _locked(actor)
    kept = db.session.scalar(
        select(func.count()).select_from(CustomerAddress).where(visible(actor, CustomerAddress))
    )
    if kept is not None and kept >= rules.MOST_ADDRESSES:
        raise TooManyAddresses
    is_default = details.is_default or not kept
    if is_default:
        _unset_default(actor)
    added = db.session.execute(
        insert(CustomerAddress)
        .values(
            customer_id=customer_id,
            recipient=details.recipient,
            phone=details.phone,
            address=dict(details.address),
            is_default=is_default,
            created_at=now,
        )
        .returning(CustomerAddress.id)
    )
    return int(added.scalar_one())


@command
def change_address(address_id: int, details: AddressDetails, *, actor: Actor) -> None:
    """Replace what is written there; raises NotFound for another's. The usual one stays usual."""
    _locked(actor)
    if details.is_default:
        _unset_default(actor)
    changes: dict[str, object] = {"is_default": True} if details.is_default else {}
    changed = db.session.execute(
        update(CustomerAddress)
        .where(CustomerAddress.id == address_id, visible(actor, CustomerAddress))
        .values(
            recipient=details.recipient,
            phone=details.phone,
            address=dict(details.address),
            **changes,
        )
        .returning(CustomerAddress.id)
        .execution_options(synchronize_session=False)
    )
    found(changed.scalar_one_or_none())


@command
def remove_address(address_id: int, *, actor: Actor) -> None:
    """Forget one; the newest takes the place of the usual one. Raises NotFound for another's."""
    _locked(actor)
    removed = db.session.execute(
        delete(CustomerAddress)
        .where(CustomerAddress.id == address_id, visible(actor, CustomerAddress))
        .returning(CustomerAddress.is_default)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    if found(removed):
        newest = select(func.max(CustomerAddress.id)).where(visible(actor, CustomerAddress))
        db.session.execute(
            update(CustomerAddress)
            .where(CustomerAddress.id == newest.scalar_subquery())
            .values(is_default=True)
            .execution_options(synchronize_session=False)
        )


def _locked(actor: Actor) -> int:
    """Let one change of a shopper's addresses wait for the other, so that just one is usual."""
    statement = select(Customer.id).where(visible(actor, Customer), Customer.id == actor.id)
    return int(found(db.session.scalar(statement.with_for_update())))


def _unset_default(actor: Actor) -> None:
    db.session.execute(
        update(CustomerAddress)
        .where(visible(actor, CustomerAddress), CustomerAddress.is_default)
        .values(is_default=False)
        .execution_options(synchronize_session=False)
    )
