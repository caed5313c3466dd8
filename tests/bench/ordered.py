"""A shop that has sold for years: as many orders as wanted, most of them long done, some of each
kind still to be seen to. Written as rows, because commands would take an hour.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import insert

from app.fulfilment.models import Parcel, ParcelLine
from app.notifications.models import Message
from app.orders.models import LedgerEntry, Order, OrderDelivery, OrderDue, OrderEvent, OrderLine
from app.payments.models import Payment
from app.platform.audit.models import AuditRow
from app.platform.db import db
from app.platform.ids import spoken_code
from app.platform.inbox.models import InboundEvent
from app.platform.transaction import transaction
from tests.cast import House

A_BATCH = 1_000
PRICE, FEE = 12_800, 1_200
NAMES = ("Ada Lovell", "Ben Okoro", "李小雨", "王芳", "Cleo Marsh", "陈明")
Row = dict[str, Any]


def sell(
    owner: House, numbers: range, *, products: int, now: datetime, state: str | None = None
) -> None:
    """Orders of these ids, the last of them placed a minute ago; products 1 to `products` exist and
    their variants have the same ids. All are in one `state`, or as many in each as is usual.
    """
    pick = Random(numbers.start)
    for start in range(numbers.start, numbers.stop, A_BATCH):
        made: dict[Any, list[Row]] = {}
        for number in range(start, min(start + A_BATCH, numbers.stop)):
            age = timedelta(minutes=(numbers.stop - number) * 15)
            for model, row in _order(number, owner, pick, products, now - age, state):
                made.setdefault(model, []).append(row)
        with transaction():
            for model, rows in made.items():
                db.session.execute(insert(model), rows)


def email_of(number: int) -> str:
    """Every fourth order is a regular's."""
    return f"shopper{number - number % 4}@example.org"


def phone_of(number: int) -> str:
    return f"138{number:08d}"


def _order(
    number: int, owner: House, pick: Random, products: int, at: datetime, wanted: str | None
) -> Iterator[tuple[Any, Row]]:
    """Each row of one order, parents first."""
    state = (
        wanted
        or pick.choices(
            (
                "delivered",
                "cancelled",
                "awaiting_payment",
                "to_fulfil",
                "ready_for_pickup",
                "shipped",
            ),
            (930, 30, 5, 20, 5, 10),
        )[0]
    )
    is_paid = state not in {"cancelled", "awaiting_payment"}
    is_pickup = state == "ready_for_pickup" or (state != "shipped" and pick.random() < 0.1)
    paid_at = at + timedelta(minutes=2) if is_paid else None
    total = PRICE + (0 if is_pickup else FEE)
    yield Order, _head(number, state, pick, at, paid_at, total)
    yield OrderLine, _line(number, owner, state, pick.randrange(1, products + 1))
    yield OrderDelivery, {
        "order_id": number, "merchant_id": owner.merchant_id,
        "method": "pickup" if is_pickup else "ship",
        "location_id": owner.store_id if is_pickup else None, "fee": total - PRICE,
        "pickup_code": f"{number % 10**6:06d}" if is_pickup else None,
        "ready_at": paid_at if state == "ready_for_pickup" else None, "picked_up_at": None,
    }  # fmt: skip
    yield OrderDue, {
        "id": number, "order_id": number, "purpose": "full", "amount": total, "opens_at": at,
        "closes_at": at + timedelta(minutes=30), "settled_at": paid_at,
        "ended_at": at + timedelta(minutes=30) if state == "cancelled" else None,
    }  # fmt: skip
    yield Payment, _payment(number, total, at, is_paid=is_paid)
    for kind, happened in (("placed", at), ("paid", paid_at)):
        if happened:
            yield OrderEvent, _event(number, kind, happened)
            yield Message, _mail(number, kind, happened)
    yield AuditRow, {
        "at": at, "actor_kind": "guest", "actor_id": None, "merchant_id": None,
        "verb": "orders.place", "object_kind": "order", "object_id": number, "before": None,
        "after": {"total": total}, "request_id": None,
    }  # fmt: skip
    if is_paid:
        yield from _of_paid(number, owner, total, at, state)


def _head(
    number: int, state: str, pick: Random, at: datetime, paid_at: datetime | None, total: int
) -> Row:
    headline = "to_ship" if state == "to_fulfil" else state
    is_done = state in {"cancelled", "delivered"}
    return {
        "id": number, "code": f"{number:06d}{spoken_code(6)}", "idempotency_key": f"bench-{number}",
        "customer_id": None, "headline": headline,
        "attention": "wrong_amount" if number % 2_000 == 0 else None, "email": email_of(number),
        "name": pick.choice(NAMES), "phone": phone_of(number),
        "phone_tail": phone_of(number)[-4:], "address": {"country": "CN", "street": "1 Test Road"},
        "locale": "en", "currency": "CNY", "goods_total": PRICE, "shipping_total": total - PRICE,
        "total": total, "fingerprint": "bench", "terms": {}, "placed_at": at,
        "pay_until": at + timedelta(minutes=30), "paid_at": paid_at,
        "closed_at": at + timedelta(days=5) if is_done else None,
    }  # fmt: skip


def _line(number: int, owner: House, state: str, product: int) -> Row:
    return {
        "id": number, "order_id": number, "merchant_id": owner.merchant_id, "product_id": product,
        "variant_id": product, "location_id": owner.store_id, "number": product,
        "title": {"en": f"Piece {product}"}, "options": {"values": []}, "sku": f"S{product}",
        "product": {"path": f"/i/{product:04d}"}, "fault_consent": None, "unit_price": PRICE,
        "quantity": 1, "total": PRICE, "weight_g": 500, "source_id": None, "available_at": None,
        "state": state, "cancelled": int(state == "cancelled"),
        "shipped": int(state in {"shipped", "delivered"}), "delivered": int(state == "delivered"),
    }  # fmt: skip


def _payment(number: int, total: int, at: datetime, *, is_paid: bool) -> Row:
    return {
        "id": number, "reference": f"pay-{number}", "subject": number, "due": number,
        "gateway": "sandbox", "amount": total, "currency": "CNY",
        "state": "captured" if is_paid else "closed", "reason": None,
        "provider_reference": f"sb-{number}",
        "transaction_id": f"tx-{number}" if is_paid else None,
        "captured_amount": total if is_paid else None, "pay_url": None, "created_at": at,
        "expires_at": at + timedelta(minutes=30), "ask_at": at, "asked_at": None,
    }  # fmt: skip


def _event(number: int, kind: str, at: datetime) -> Row:
    return {
        "order_id": number, "merchant_id": None, "kind": kind, "facts": {}, "public": True,
        "actor_kind": "guest", "actor_id": None, "actor_name": "", "at": at,
    }  # fmt: skip


def _mail(number: int, kind: str, at: datetime) -> Row:
    return {
        "event": f"bench-{kind}-{number}", "kind": f"orders.{kind}", "recipient": email_of(number),
        "locale": "en", "subject": f"Order {number}", "text": "Thank you.",
        "html": "<p>Thank you.</p>", "message_id": f"<{kind}-{number}@bench>",
        "reference": f"order:{number}", "state": "sent", "attempts": 1, "queued_at": at,
        "due_at": at, "lease_token": None, "lease_until": None, "sent_at": at,
    }  # fmt: skip


def _of_paid(
    number: int, owner: House, total: int, at: datetime, state: str
) -> Iterator[tuple[Any, Row]]:
    """What came in, and the parcel."""
    yield LedgerEntry, {
        "order_id": number, "due_id": number, "kind": "capture", "amount": total,
        "currency": "CNY", "gateway": "sandbox", "transaction_id": f"tx-{number}",
        "payment_id": number, "refund_id": None, "booked_at": at + timedelta(minutes=2),
    }  # fmt: skip
    yield InboundEvent, {
        "source": "payments/sandbox", "event_id": f"ev-{number}", "headers": {}, "body": b"{}",
        "state": "applied", "reason": None, "received_at": at, "applied_at": at,
    }  # fmt: skip
    if state in {"shipped", "delivered"}:
        yield Parcel, {
            "id": number, "order_id": number, "merchant_id": owner.merchant_id,
            "idempotency_key": f"bench-{number}", "carrier": "shunfeng",
            "tracking_number": f"SF{number:010d}",
            "state": "delivered" if state == "delivered" else "in_transit",
            "shipped_at": at + timedelta(days=1), "out_for_delivery_at": None,
            "delivered_at": None, "last_event_at": None,
        }  # fmt: skip
        yield ParcelLine, {"parcel_id": number, "order_line_id": number, "quantity": 1}
