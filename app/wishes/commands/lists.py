"""Verbs of an account's wish list; each may be said twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from app.platform.db import db, insert_if_new
from app.platform.transaction import command
from app.wishes.errors import ListFull
from app.wishes.kept import MOST, Kept
from app.wishes.models import Wish
from app.wishes.queries.lists import id_of, ids_of, offered


@command
def keep(customer_id: int, number: int, *, now: datetime) -> None:
    """Put a product on the list. Raises NotFound for what the shop does not show, and ListFull."""
    found = offered(number)
    wish = (customer_id, found.product_id)
    if db.session.get(Wish, wish) is None and _count(customer_id) >= MOST:
        raise ListFull
    insert_if_new(
        Wish, customer_id=customer_id, product_id=found.product_id, price_seen=found.price,
        added_at=now,
    )  # fmt: skip


@command
def drop(customer_id: int, number: int) -> None:
    """Take a product off the list."""
    db.session.execute(
        delete(Wish).where(Wish.customer_id == customer_id, Wish.product_id == id_of(number))
    )


@command
def merge(customer_id: int, kept: Sequence[Kept], *, now: datetime) -> None:
    """Put what a browser kept on the list, in its order, as far as there is room."""
    ids = ids_of([one.number for one in kept])
    room = MOST - _count(customer_id)
    for place, one in enumerate(kept):
        if room > 0 and one.number in ids:
            room -= insert_if_new(
                Wish, customer_id=customer_id, product_id=ids[one.number], price_seen=one.price,
                added_at=now - timedelta(milliseconds=place),
            )  # fmt: skip


def _count(customer_id: int) -> int:
    counted = select(func.count()).select_from(Wish).where(Wish.customer_id == customer_id)
    return db.session.scalar(counted) or 0
