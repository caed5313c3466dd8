"""Who works here: Cleo owns the house, Dora ships for it, Nora owns North Window next door."""

from __future__ import annotations

from passlib.hash import bcrypt_sha256
from sqlalchemy import insert, select

from app.platform.actor import SYSTEM
from app.platform.db import db
from app.platform.transaction import transaction
from app.shop import commands as shop
from app.shop.models import Role, Staff
from app.shop.sign_in import actor_of
from tests.conftest import MONDAY
from tests.servers.scenes import remembered

PASSWORD = "a long winter coat"
QUICK_HASH = bcrypt_sha256.using(rounds=4).hash(PASSWORD)
"""Weaker than the shop's own, so that a test does not compute for a quarter of a second."""


def house() -> int:
    return shop.create_merchant(
        "house",
        name={"en": "The House", "zh-Hans": "本店"},
        email="house@example.org",
        is_house=True,
        actor=SYSTEM,
        now=MONDAY,
    )


def north_window() -> int:
    return shop.create_merchant(
        "north-window",
        name={"en": "North Window", "zh-Hans": "北窗"},
        email="north@example.org",
        actor=SYSTEM,
        now=MONDAY,
    )


def staff(merchant_id: int, name: str, role: Role) -> Staff:
    """Somebody whose password is PASSWORD and whose address is <name>@example.org."""
    _hire(merchant_id, name, role)
    return member(name)


@remembered
def _hire(merchant_id: int, name: str, role: Role) -> None:
    with transaction():
        db.session.execute(
            insert(Staff).values(
                merchant_id=merchant_id,
                email=f"{name}@example.org",
                name=name.title(),
                password_hash=QUICK_HASH,
                role=role,
                created_at=MONDAY,
            )
        )


def member(name: str) -> Staff:
    """The row as it stands now."""
    statement = select(Staff).where(Staff.email == f"{name}@example.org")
    found: Staff = db.session.scalars(statement.execution_options(populate_existing=True)).one()
    return found


__all__ = ["PASSWORD", "actor_of", "house", "member", "north_window", "staff"]
