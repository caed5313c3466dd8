"""Many who have joined, written straight into the tables: how they join is measured elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import insert

from app.community.models import CommissionEntry, CommissionKind
from app.orders.models import LedgerEntry, Order, OrderDelivery, OrderDue, OrderLine
from app.payments.models import Payment
from app.platform.db import db
from app.platform.transaction import transaction
from app.presale.models import Campaign, CampaignSku, Commitment, Participation
from tests.cast import House, product_of
from tests.presale import cast

PAID = cast.DEPOSIT + 1200
"""What each of them has paid: a deposit and the delivery."""
AT_ONCE = 500


def many_join(
    owner: House, campaign: Campaign, up_to: int, *, after: int = 0, link_id: int | None = None
) -> None:
    """Paid participations with the numbers that follow `after`, all through one link."""
    sku = cast.skus(campaign.id)[0]
    product_id = product_of(sku.variant_id)
    for first in range(after + 1, up_to + 1, AT_ONCE):
        numbers = range(first, min(first + AT_ONCE, up_to + 1))
        with transaction():
            for table, rows in _rows(owner, campaign, sku, product_id, numbers):
                more = {"link_id": link_id} if table is Participation else {}
                db.session.execute(insert(table), [row | more for row in rows])
            if link_id is not None:
                db.session.execute(insert(CommissionEntry), _earned(link_id, campaign, numbers))
    with transaction():
        row = db.session.get_one(CampaignSku, sku.id, populate_existing=True)
        row.committed = up_to
        db.session.get_one(Campaign, campaign.id).last_number = up_to


def _earned(link_id: int, campaign: Campaign, numbers: range) -> list[dict[str, Any]]:
    """What the leader earned by each of them."""
    return [
        {
            "link_id": link_id, "commitment_id": n, "kind": CommissionKind.ACCRUED,
            "base": cast.DEPOSIT, "amount": cast.DEPOSIT // 20, "currency": "CNY",
            "reference": "1:confirmed", "booked_at": campaign.opens_at,
        }
        for n in numbers
    ]  # fmt: skip


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
            "id": n, "participation_id": n, "campaign_id": campaign.id, "sku_id": sku.id,
            "line_id": n, "state": "confirmed", "quantity": 1, "unit_price": cast.PRICE,
            "deposit": cast.DEPOSIT, "counts_for": cast.DEPOSIT, "made_at": now,
        }
        for n in numbers
    ]  # fmt: skip
