"""What is kept about a shopper here: their wish list, and what their address waits for."""

from __future__ import annotations

from datetime import datetime

from flask import Flask
from sqlalchemy import delete

from app.customers.queries import email_of
from app.platform.db import db
from app.platform.privacy import PersonalData, register
from app.platform.transaction import command
from app.wishes.models import StockAlert, Wish
from app.wishes.queries.alerts import of_person
from app.wishes.queries.lists import since

TABLES = frozenset({"wish", "stock_alert"})


def init_app(_app: Flask) -> None:
    register(PersonalData("wishes", TABLES, export, erase))


def export(customer_id: int) -> list[dict[str, object]]:
    wishes: list[dict[str, object]] = [
        {"wishes_for": number, "since": added_at.isoformat()}
        for number, added_at in since(customer_id)
    ]
    waits = of_person(customer_id, email_of(customer_id) or "")
    return wishes + [
        {"waits_for_product": one.product_id, "email": one.email, "since": one.asked_at.isoformat()}
        for one in waits
    ]


@command
def erase(customer_id: int, _now: datetime) -> None:
    db.session.execute(delete(Wish).where(Wish.customer_id == customer_id))
    ids = [one.id for one in of_person(customer_id, email_of(customer_id) or "")]
    db.session.execute(delete(StockAlert).where(StockAlert.id.in_(ids)))
