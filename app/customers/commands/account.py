"""Change what is kept about a shopper, end their sessions, erase them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update

from app.customers.events import CustomerErased, CustomerVerified
from app.customers.models import Customer
from app.customers.queries import email_of
from app.platform import passwords, privacy
from app.platform.actor import Actor
from app.platform.audit.commands import record
from app.platform.db import db
from app.platform.facts import publish
from app.platform.rbac import found, visible
from app.platform.transaction import command

OWN_MODULE = "customers"


@command
def change_profile(*, actor: Actor, name: str, phone: str, locale: str, now: datetime) -> None:
    """Set name, phone and the language mails are written in."""
    customer_id = _change(actor, name=name, phone=phone, locale=locale)
    record(actor, "customers.change_profile", "customer", customer_id, now=now)


def change_password(new_password: str, *, actor: Actor, now: datetime) -> None:
    """Set the password and end every session, this one too."""
    _store_password(passwords.hashed(new_password), actor=actor, now=now)


@command
def sign_out_everywhere(*, actor: Actor, now: datetime) -> None:
    """End every session, this one too."""
    customer_id = _change(actor, session_epoch=Customer.session_epoch + 1)
    record(actor, "customers.sign_out_everywhere", "customer", customer_id, now=now)


@command
def erase(*, actor: Actor, now: datetime) -> None:
    """Erase the shopper in every module; the row that names them comes last.

    What they bought as a guest under their proved address is theirs too.
    """
    customer_id = _change(actor, session_epoch=Customer.session_epoch + 1)
    email = email_of(customer_id)
    if email:
        publish(CustomerVerified(customer_id, email, now))
    for personal_data in sorted(privacy.registered(), key=lambda each: each.module == OWN_MODULE):
        personal_data.erase(customer_id, now)
    record(actor, "customers.erase", "customer", customer_id, now=now)
    publish(CustomerErased(customer_id, now))


@command
def _store_password(password_hash: str, *, actor: Actor, now: datetime) -> None:
    epoch = Customer.session_epoch + 1
    customer_id = _change(actor, password_hash=password_hash, session_epoch=epoch)
    record(actor, "customers.set_password", "customer", customer_id, now=now)


def _change(actor: Actor, **changes: object) -> int:
    """Change the actor's own row; raises NotFound for anybody who is no shopper or was erased."""
    changed = db.session.execute(
        update(Customer)
        .where(visible(actor, Customer), Customer.id == actor.id, Customer.erased_at.is_(None))
        .values(**changes)
        .returning(Customer.id)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    return int(found(changed))
