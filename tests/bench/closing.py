"""Closing a campaign with ten thousand commitments: time, memory, and going on after a kill."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

from sqlalchemy import func, insert, select

from app.orders.models import LedgerEntry, Order, OrderDelivery, OrderDue, OrderLine
from app.payments.models import Payment, Refund
from app.platform import clock
from app.platform.clock import stopped_at
from app.platform.db import db
from app.platform.transaction import transaction
from app.presale.commands import clockwork, lifecycle, tasks
from app.presale.models import Campaign, CampaignSku, Commitment, Participation
from tests.bench.surroundings import peak_memory_mb, shop_on
from tests.bench.table import Figure
from tests.cast import House, house, product_of
from tests.presale import cast

COMMITMENTS = 10_000
PAID = cast.DEPOSIT + 1200
"""What each of them has paid: a deposit and the delivery."""


def measure() -> list[Figure]:
    return [figure for name in ("sqlite", "postgresql") for figure in _on(name)]


def _on(database: str) -> list[Figure]:
    with shop_on(database) as _app:
        now = clock.now()
        owner = house(now)
        campaign = cast.campaign(
            owner, now, threshold=COMMITMENTS * 2, sku={"cap": None},
            variants=cast.shirt(owner, now, ("M",)),
        )  # fmt: skip
        campaign_id = campaign.id
        _many_join(owner, campaign)
        before, began = peak_memory_mb(), time.perf_counter()
        with stopped_at(now + timedelta(days=7, hours=3)) as advance:
            lifecycle.close_due()
            lifecycle.conclude_due()
            advance(timedelta(days=3))
            lifecycle.conclude_due()
            _half_of_the_work()
            resumed = time.perf_counter()
            clockwork.advance()
        ended = time.perf_counter()
        done = db.session.scalar(select(func.count()).select_from(Refund)) or 0
        cast.fresh(campaign_id)
        return [
            Figure(f"closing, {database}", f"{COMMITMENTS:,} commitments paid back",
                   ended - began, "s"),
            Figure(f"closing, {database}", "of it after the interruption", ended - resumed, "s"),
            Figure(f"closing, {database}", "refunds decided", done, "refunds",
                   f"= {COMMITMENTS:,}", done == COMMITMENTS),
            Figure(f"closing, {database}", "memory it took", peak_memory_mb() - before, "MB"),
        ]  # fmt: skip


class _KilledError(Exception):
    """Stands for a worker that dies."""


def _half_of_the_work() -> None:
    """Run batches until half of the buyers are paid back, then stop in the middle of one."""
    task_ids = tasks._due(clock.now(), 10)
    for task_id in task_ids:
        for _ in range(COMMITMENTS // tasks.BATCH // 2):
            if not tasks.run_batch(task_id, now=clock.now()):
                break
        with suppress(_KilledError), transaction():
            tasks.run_batch(task_id, now=clock.now())
            _die()


def _die() -> None:
    raise _KilledError


def _many_join(owner: House, campaign: Campaign) -> None:
    """Paid participations written straight into the tables: how they joined is measured
    elsewhere.
    """
    sku = cast.skus(campaign.id)[0]
    product_id = product_of(sku.variant_id)
    for first in range(1, COMMITMENTS + 1, 500):
        numbers = range(first, first + 500)
        with transaction():
            for table, rows in _rows(owner, campaign, sku, product_id, numbers):
                db.session.execute(insert(table), rows)
    with transaction():
        row = db.session.get_one(CampaignSku, sku.id, populate_existing=True)
        row.committed = COMMITMENTS
        db.session.get_one(Campaign, campaign.id).last_number = COMMITMENTS


def _rows(
    owner: House, campaign: Campaign, sku: CampaignSku, product_id: int, numbers: range
) -> Iterator[tuple[Any, list[dict[str, Any]]]]:
    now = campaign.opens_at
    yield Order, [
        {
            "id": n, "code": f"B{n:07d}", "idempotency_key": f"bench-{n}", "headline": "promised",
            "email": f"buyer{n}@example.org", "name": f"Buyer {n}", "phone": f"139{n:08d}",
            "locale": "en", "currency": "CNY", "goods_total": cast.PRICE, "shipping_total": 1200,
            "total": cast.PRICE + 1200, "fingerprint": "f", "terms": {}, "placed_at": now,
            "pay_until": now, "paid_at": now,
        }
        for n in numbers
    ]  # fmt: skip
    yield OrderLine, [
        {
            "id": n, "order_id": n, "merchant_id": owner.merchant_id, "product_id": product_id,
            "variant_id": sku.variant_id, "location_id": sku.location_id, "number": 1,
            "title": {"en": "Kyoto shirt"}, "options": {}, "sku": "K", "product": {},
            "unit_price": cast.PRICE, "quantity": 1, "total": cast.PRICE, "weight_g": 300,
            "supply": "presale", "source_id": sku.id, "subject": campaign.subject,
            "balance": cast.PRICE - cast.DEPOSIT, "state": "promised",
        }
        for n in numbers
    ]  # fmt: skip
    yield (
        OrderDelivery,
        [
            {"order_id": n, "merchant_id": owner.merchant_id, "method": "ship", "fee": 1200}
            for n in numbers
        ],
    )
    yield OrderDue, [
        {
            "id": n, "order_id": n, "purpose": "deposit", "amount": PAID, "opens_at": now,
            "closes_at": now, "settled_at": now,
        }
        for n in numbers
    ]  # fmt: skip
    yield Payment, [
        {
            "id": n, "reference": f"BENCH{n:08d}", "subject": n, "due": n, "gateway": "sandbox",
            "amount": PAID, "currency": "CNY", "state": "captured", "captured_amount": PAID,
            "transaction_id": f"t{n}", "provider_reference": f"p{n}", "created_at": now,
            "expires_at": now, "ask_at": now,
        }
        for n in numbers
    ]  # fmt: skip
    yield LedgerEntry, [
        {
            "order_id": n, "due_id": n, "kind": "capture", "amount": PAID, "currency": "CNY",
            "gateway": "sandbox", "transaction_id": f"t{n}", "payment_id": n, "booked_at": now,
        }
        for n in numbers
    ]  # fmt: skip
    yield Participation, [
        {
            "id": n, "campaign_id": campaign.id, "merchant_id": owner.merchant_id, "order_id": n,
            "number": n, "name": f"Buyer {n}", "email": f"buyer{n}@example.org", "locale": "en",
            "person": f"p{n}", "answers": {}, "joined_at": now, "confirmed_at": now,
        }
        for n in numbers
    ]  # fmt: skip
    yield Commitment, [
        {
            "participation_id": n, "campaign_id": campaign.id, "sku_id": sku.id, "line_id": n,
            "state": "confirmed", "quantity": 1, "unit_price": cast.PRICE,
            "deposit": cast.DEPOSIT, "counts_for": cast.DEPOSIT, "made_at": now,
        }
        for n in numbers
    ]  # fmt: skip
