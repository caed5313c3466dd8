"""Orders placed as a guest become those of the account whose address was proved."""

from __future__ import annotations

from sqlalchemy import func, update

from app.orders.models import Order
from app.platform.db import db
from app.platform.transaction import command


@command
def claim(customer_id: int, email: str) -> None:
    """Take over every order that was placed with this address and belongs to nobody yet."""
    db.session.execute(
        update(Order)
        .where(func.lower(Order.email) == email.lower(), Order.customer_id.is_(None))
        .values(customer_id=customer_id)
    )
