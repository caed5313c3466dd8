"""Which orders stand behind holds and movements of stock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import or_, select

from app.orders.models import Order
from app.platform.actor import Actor
from app.platform.db import db
from app.platform.rbac import visible


@dataclass(frozen=True, slots=True)
class KnownOrders:
    """Codes by id and ids by code, of orders the reader may open."""

    codes: dict[int, str]
    ids: dict[str, int]


def known_orders(actor: Actor, ids: Iterable[int | None], codes: Iterable[str]) -> KnownOrders:
    """Nothing for those who may not see orders."""
    if not actor.may("orders.view"):
        return KnownOrders({}, {})
    wanted = [id_ for id_ in ids if id_ is not None]
    rows = db.session.execute(
        select(Order.id, Order.code).where(
            or_(Order.id.in_(wanted), Order.code.in_(list(codes))), visible(actor, Order)
        )
    ).all()
    return KnownOrders(dict(rows), {code: id_ for id_, code in rows})
