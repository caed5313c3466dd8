"""What is kept about a shopper here, and the mails that went to their address."""

from __future__ import annotations

from datetime import datetime

from flask import Flask
from sqlalchemy import delete, select, update

from app.customers.models import Customer, CustomerAddress, CustomerMeasures, SignInCode
from app.customers.queries import email_of, measures_of
from app.notifications import privacy as mails
from app.platform.db import db
from app.platform.privacy import PersonalData, register
from app.platform.transaction import command

TABLES = frozenset({"customer", "customer_address", "customer_measures", "sign_in_code"})


def init_app(_app: Flask) -> None:
    register(PersonalData("customers", TABLES, export, erase))
    register(PersonalData("notifications", mails.TABLES, export_mails, erase_mails))


def export(customer_id: int) -> list[dict[str, object]]:
    """The account with its measurements, then its addresses.

    Codes are gone after a day and mean nothing.
    """
    customer = db.session.get_one(Customer, customer_id)
    kept = db.session.scalars(
        select(CustomerAddress)
        .where(CustomerAddress.customer_id == customer_id)
        .order_by(CustomerAddress.id)
    )
    own: dict[str, object] = {
        "email": customer.email,
        "name": customer.name,
        "phone": customer.phone,
        "language": customer.locale,
        "opened_at": customer.created_at.isoformat(),
    }
    sizes = measures_of(customer_id)
    measures: list[dict[str, object]] = [{"measures_in_mm": sizes}] if sizes else []
    return [own, *measures, *(_exported(address) for address in kept)]


@command
def erase(customer_id: int, now: datetime) -> None:
    """Leave a row without a name, which orders that must be kept still point to."""
    email = db.session.scalar(select(Customer.email).where(Customer.id == customer_id))
    db.session.execute(delete(SignInCode).where(SignInCode.email == email))
    db.session.execute(delete(CustomerMeasures).where(CustomerMeasures.customer_id == customer_id))
    db.session.execute(delete(CustomerAddress).where(CustomerAddress.customer_id == customer_id))
    db.session.execute(
        update(Customer)
        .where(Customer.id == customer_id)
        .values(
            email=f"erased-{customer_id}",
            name="",
            phone="",
            password_hash=None,
            verified_at=None,
            erased_at=now,
        )
    )


def export_mails(customer_id: int) -> list[dict[str, object]]:
    """Only of a proved address: whoever merely names one must not read what was sent there."""
    email = email_of(customer_id)
    return mails.export(email) if email else []


def erase_mails(customer_id: int, _now: datetime) -> None:
    email = email_of(customer_id)
    if email:
        mails.erase(email)


def _exported(address: CustomerAddress) -> dict[str, object]:
    return {
        "recipient": address.recipient,
        "phone": address.phone,
        "address": address.address,
        "is_usual": address.is_default,
        "kept_since": address.created_at.isoformat(),
    }
