"""The rows of a campaign's sheets on the copy, as JSON; they are put into words when shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.catalog.models import Product, Variant
from app.orders.ledger import refunded_by_line
from app.orders.models import Order, OrderDelivery, OrderLine
from app.platform.db import db
from app.presale.models import CampaignSku, Commitment, Participation
from app.presale.rules.moves import GONE
from app.shop.models import Location

JsonRow = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sheets:
    """What was printed, and when."""

    at: str
    production: list[JsonRow]
    packing: list[JsonRow]


def sheets(*, now: datetime) -> Sheets:
    """The production sheet and the packing sheet of the copy's campaign."""
    return Sheets(now.isoformat(), _production(), _packing())


def _production() -> list[JsonRow]:
    rows = db.session.execute(
        select(CampaignSku, Variant, Product)
        .join(Variant, Variant.id == CampaignSku.variant_id)
        .join(Product, Product.id == Variant.product_id)
        .order_by(CampaignSku.position)
    )
    return [
        {
            "sku": variant.sku, "title": product.title, "options": variant.options,
            "ordered": sku.ordered, "received": sku.received, "passed": sku.passed,
            "packed": sku.packed,
        }
        for sku, variant, product in rows
    ]  # fmt: skip


def _packing() -> list[JsonRow]:
    rows = db.session.execute(
        select(Commitment, Participation, OrderLine, Order, Location.name)
        .join(Participation, Participation.id == Commitment.participation_id)
        .join(OrderLine, OrderLine.id == Commitment.line_id)
        .join(Order, Order.id == OrderLine.order_id)
        .join(
            OrderDelivery,
            (OrderDelivery.order_id == Order.id)
            & (OrderDelivery.merchant_id == OrderLine.merchant_id),
        )
        .outerjoin(Location, Location.id == OrderDelivery.location_id)
        .where(Participation.number.is_not(None))
        .order_by(Participation.number, Commitment.id)
    )
    return [
        _packed(commitment, participation, line, order, place)
        for commitment, participation, line, order, place in rows
    ]


def _packed(
    commitment: Commitment,
    participation: Participation,
    line: OrderLine,
    order: Order,
    place: Mapping[str, str] | None,
) -> JsonRow:
    ordered = commitment.quantity + commitment.tolerance
    address = order.address or {}
    return {
        "number": participation.number,
        "name": order.name,
        "phone": order.phone,
        "sku": line.sku,
        "title": line.title,
        "options": line.options,
        "ordered": ordered,
        "quantity": ordered - commitment.cut,
        "amount": line.total,
        "paid": line.asked if order.paid_at else 0,
        "refunded": refunded_by_line(order.id).get(line.id, 0),
        "balance": 0,
        "state": commitment.state,
        "is_cancelled": commitment.state in GONE,
        "point": place,
        "address": " ".join(str(address.get(part, "")) for part in ("region", "street")).strip(),
        "answers": participation.answers,
        "paid_at": order.paid_at.isoformat() if order.paid_at else None,
        "code": order.code,
    }
