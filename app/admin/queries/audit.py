"""The record of who did what, for those who may read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select

from app.catalog.models import Product
from app.orders.models import Order
from app.platform.audit.models import AuditRow, AuditSeal
from app.platform.db import db
from app.shop.models import Merchant, Staff

PAGE = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """`who` is the name of a member of the team; `order` and `number` are what the object is
    called if it is an order or an item; `is_sealed` once the chain holds it.
    """

    id: int
    at: datetime
    who: str | None
    actor_kind: str
    merchant: dict[str, str] | None
    verb: str
    object_kind: str
    object_id: int | None
    order: str | None
    number: int | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    request_id: str | None
    is_sealed: bool


@dataclass(frozen=True, slots=True)
class AuditPage:
    rows: Sequence[Entry]
    after: int | None


def entries(
    *, object_kind: str = "", object_id: int | None = None, verb: str = "",
    after: int | None = None, limit: int = PAGE,
) -> AuditPage:  # fmt: skip
    """Newest first, of the whole shop."""
    statement = (
        select(AuditRow, Staff.name, Merchant.name, AuditSeal.sequence, Order.code, Product.number)
        .outerjoin(Staff, and_(AuditRow.actor_kind == "staff", Staff.id == AuditRow.actor_id))
        .outerjoin(Merchant, Merchant.id == AuditRow.merchant_id)
        .outerjoin(AuditSeal, AuditSeal.audit_id == AuditRow.id)
        .outerjoin(Order, and_(AuditRow.object_kind == "order", Order.id == AuditRow.object_id))
        .outerjoin(
            Product, and_(AuditRow.object_kind == "product", Product.id == AuditRow.object_id)
        )
        .order_by(AuditRow.id.desc())
        .limit(limit + 1)
    )
    if object_kind:
        statement = statement.where(AuditRow.object_kind == object_kind)
    if object_id is not None:
        statement = statement.where(AuditRow.object_id == object_id)
    if verb:
        statement = statement.where(AuditRow.verb.startswith(verb, autoescape=True))
    if after is not None:
        statement = statement.where(AuditRow.id < after)
    rows = [
        Entry(
            id=row.id,
            at=row.at,
            who=name,
            actor_kind=row.actor_kind,
            merchant=dict(merchant) if merchant else None,
            verb=row.verb,
            object_kind=row.object_kind,
            object_id=row.object_id,
            order=code,
            number=number,
            before=row.before,
            after=row.after,
            request_id=row.request_id,
            is_sealed=seal is not None,
        )
        for row, name, merchant, seal, code, number in db.session.execute(statement)
    ]
    return AuditPage(rows[:limit], rows[limit - 1].id if len(rows) > limit else None)
