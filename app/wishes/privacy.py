"""What is kept about a shopper here: their wish list."""

from __future__ import annotations

from datetime import datetime

from flask import Flask
from sqlalchemy import delete

from app.platform.db import db
from app.platform.privacy import PersonalData, register
from app.platform.transaction import command
from app.wishes.models import Wish
from app.wishes.queries import since

TABLES = frozenset({"wish"})


def init_app(_app: Flask) -> None:
    register(PersonalData("wishes", TABLES, export, erase))


def export(customer_id: int) -> list[dict[str, object]]:
    return [
        {"wishes_for": number, "since": added_at.isoformat()}
        for number, added_at in since(customer_id)
    ]


@command
def erase(customer_id: int, _now: datetime) -> None:
    db.session.execute(delete(Wish).where(Wish.customer_id == customer_id))
