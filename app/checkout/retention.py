"""What people typed at checkout is forgotten once nobody comes back to it, and their bags are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import String, cast, or_, select, update

from app.cart import retention as bags
from app.checkout.models import Checkout
from app.platform import clock
from app.platform.db import changed_rows, db
from app.platform.transaction import command

KEPT: Final = timedelta(days=30)
"""After the goods were held last; whoever comes back later types the address again."""
AT_ONCE: Final = 500


def forget_old(limit: int = AT_ONCE) -> int:
    """Forget old bags with their checkouts, and old forms of other checkouts; returns how many.

    Orders stay as they are. In transactions of `limit` rows, so that nobody who buys meanwhile
    waits for long.
    """
    return _all(_forget_bags, limit) + _all(_forget_forms, limit)


def _all(forget: Callable[[int, datetime], int], limit: int) -> int:
    """Until one turn finds less than it might: the rest is in use, or not old."""
    forgotten, some = 0, limit
    while some == limit:
        some = forget(limit, clock.now())
        forgotten += some
    return forgotten


def _forget_bags(limit: int, now: datetime) -> int:
    """Beginning a checkout again changes no bag, but is coming back to it."""
    used = select(Checkout.bag_id).where(Checkout.held_until >= now - bags.KEPT)
    return bags.forget_bags(limit, used=used, now=now)


@command
def _forget_forms(limit: int, now: datetime) -> int:
    """Empty the forms that became an order, or whose goods were held last a month ago."""
    ended = or_(Checkout.order_id.is_not(None), Checkout.held_until < now - KEPT)
    is_filled = cast(Checkout.typed, String) != "{}"
    found = select(Checkout.id).where(ended, is_filled).order_by(Checkout.id).limit(limit)
    ids = db.session.scalars(found.with_for_update(skip_locked=True)).all()
    emptied = update(Checkout).where(Checkout.id.in_(ids), ended).values(typed={})
    return changed_rows(emptied.execution_options(synchronize_session=False))
