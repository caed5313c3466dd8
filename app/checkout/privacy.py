"""What is kept about a shopper here: the forms of checkout as they were left.

A form is known to be somebody's by the address typed into it. What nobody asks to have erased is
forgotten by itself (`retention`). The bag names goods and a random key, and nobody.
"""

from __future__ import annotations

from datetime import datetime

from flask import Flask
from sqlalchemy import ColumnElement, false, func, select, update

from app.checkout.models import Checkout
from app.customers.queries import email_of
from app.platform.db import db
from app.platform.privacy import PersonalData, register
from app.platform.transaction import command

TABLES = frozenset({"checkout"})


def init_app(_app: Flask) -> None:
    register(PersonalData("checkout", TABLES, export, erase))


def export(customer_id: int) -> list[dict[str, object]]:
    """Every form with the proved address of the account."""
    statement = select(Checkout).where(_is_theirs(customer_id)).order_by(Checkout.id)
    return [
        {
            "typed_at_checkout": {name: text for name, text in one.typed.items() if text},
            "begun_at": one.started_at.isoformat(),
        }
        for one in db.session.scalars(statement)
    ]


@command
def erase(customer_id: int, _now: datetime) -> None:
    """Empty them; the bag stays with its browser."""
    db.session.execute(
        update(Checkout)
        .where(_is_theirs(customer_id))
        .values(typed={})
        .execution_options(synchronize_session=False)
    )


def _is_theirs(customer_id: int) -> ColumnElement[bool]:
    email = email_of(customer_id)
    if not email:
        return false()
    return func.lower(Checkout.typed["email"].as_string()) == email
