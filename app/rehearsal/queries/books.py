"""Every order of the copy with its ledger, and whether the sums are what they must be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select

from app.catalog.models import Variant
from app.notifications.models import Message
from app.orders.ledger import refunded_by_line, sums
from app.orders.models import LedgerEntry, LedgerKind, Order, OrderLine, OrderRefund
from app.payments.gateways.base import StatementLine
from app.payments.models import Payment
from app.platform.db import db
from app.presale.models import CampaignSku, Participation

JsonRow = dict[str, Any]


def orders(statement: Iterable[StatementLine]) -> list[JsonRow]:
    """Each order with its lines, its ledger, and what ledger, goods and provider differ by."""
    at_provider = _at_provider(statement)
    rows = db.session.execute(
        select(Order, Participation.number)
        .outerjoin(Participation, Participation.order_id == Order.id)
        .order_by(Order.id)
        .execution_options(populate_existing=True)
    )
    return [_order(order, number, at_provider[order.id]) for order, number in rows]


def skus() -> dict[str, JsonRow]:
    """What each SKU is called, by id."""
    rows = db.session.execute(
        select(CampaignSku.id, Variant.sku, Variant.options).join(
            Variant, Variant.id == CampaignSku.variant_id
        )
    )
    return {str(sku_id): {"sku": sku, "options": options} for sku_id, sku, options in rows}


def mails() -> list[JsonRow]:
    """Every mail that was written, in the order it was."""
    return [
        {
            "id": mail.id, "at": mail.queued_at.isoformat(), "kind": mail.kind,
            "recipient": mail.recipient, "locale": mail.locale, "subject": mail.subject,
            "text": mail.text, "state": mail.state,
        }
        for mail in db.session.scalars(select(Message).order_by(Message.id))
    ]  # fmt: skip


def _order(order: Order, number: int | None, at_provider: int) -> JsonRow:
    entries = db.session.scalars(
        select(LedgerEntry).where(LedgerEntry.order_id == order.id).order_by(LedgerEntry.id)
    ).all()
    lines = db.session.scalars(
        select(OrderLine).where(OrderLine.order_id == order.id).order_by(OrderLine.id)
    ).all()
    captured, refunded = sums(order.id)
    kept = captured - refunded
    return {
        "code": order.code,
        "name": order.name,
        "number": number,
        "headline": order.headline,
        "lines": [_line(line) for line in lines],
        "ledger": [_entry(entry) for entry in entries],
        "captured": captured,
        "refunded": refunded,
        "forfeited": -sum(e.amount for e in entries if e.kind == LedgerKind.FORFEIT),
        "kept": kept,
        "beside_goods": kept - _worth(order, lines),
        "beside_provider": kept - at_provider,
    }


def _line(line: OrderLine) -> JsonRow:
    return {
        "sku": line.sku, "title": line.title, "options": line.options,
        "quantity": line.quantity, "cancelled": line.cancelled, "state": line.state,
        "total": line.total,
    }  # fmt: skip


def _entry(entry: LedgerEntry) -> JsonRow:
    return {
        "at": entry.booked_at.isoformat(), "kind": entry.kind, "amount": entry.amount,
        "transaction": entry.transaction_id,
    }  # fmt: skip


def _worth(order: Order, lines: Iterable[OrderLine]) -> int:
    """What the shop may keep: goods that stay and are paid, what was lost, delivery not refunded.

    Counted from the lines, so that it owes nothing to the ledger.
    """
    if order.paid_at is None:
        return 0
    paid_back = refunded_by_line(order.id)
    goods = sum(max(line.asked - paid_back.get(line.id, 0), 0) + line.forfeited for line in lines)
    shipping_back = db.session.scalar(
        select(func.coalesce(func.sum(OrderRefund.shipping_amount), 0)).where(
            OrderRefund.order_id == order.id
        )
    )
    return goods + order.shipping_total - int(shipping_back or 0)


def _at_provider(statement: Iterable[StatementLine]) -> Counter[int]:
    """What the provider holds of each order, by its own statement."""
    subjects = dict(db.session.execute(select(Payment.reference, Payment.subject)).all())
    held: Counter[int] = Counter()
    for line in statement:
        sign = 1 if line.kind == "capture" else -1
        held[subjects[line.reference]] += sign * line.amount_minor
    return held
