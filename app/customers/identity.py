"""Who a session belongs to: a shopper or a member of staff.

A session names `customer:<id>:<epoch>` or `staff:<id>:<epoch>`; raising the epoch in the row ends
every session that names the one before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.customers import queries
from app.platform.actor import GUEST, Actor
from app.shop import sign_in as staff

_CUSTOMER = re.compile(r"customer:([0-9]{1,18}):([0-9]{1,18})\Z")


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody signed in, in the shape Flask-Login asks for."""

    session_id: str
    actor: Actor
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        return self.session_id


def load_user(session_id: str) -> Visitor | None:
    """Whom a session names; None once it was ended everywhere, or its account erased."""
    if session_id.startswith("staff:"):
        member = staff.load_staff(session_id)
        return Visitor(session_id, staff.actor_of(member)) if member else None
    named = _CUSTOMER.match(session_id)
    visitor = shopper(int(named[1])) if named else None
    return visitor if visitor and visitor.session_id == session_id else None


def shopper(customer_id: int) -> Visitor | None:
    """A shopper as they would be signed in now; None when the account was erased."""
    account = queries.account(customer_id)
    if account is None:
        return None
    session_id = f"customer:{account.id}:{account.session_epoch}"
    return Visitor(session_id, Actor("customer", account.id, name=account.name))


def actor_of(user: object) -> Actor:
    """The actor of whoever is signed in: a Visitor, or in its first request a row of staff."""
    if isinstance(user, Visitor):
        return user.actor
    get_id = getattr(user, "get_id", None)
    visitor = load_user(str(get_id())) if get_id else None
    return visitor.actor if visitor else GUEST
