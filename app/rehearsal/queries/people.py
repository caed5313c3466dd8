"""Who is where on the copy: the campaign, its SKUs, orders by what is to be done with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.orders.models import DeliveryMethod, LineState, Order, OrderDelivery, OrderDue, OrderLine
from app.platform.db import db
from app.presale.models import (
    BuyerQuestion,
    Campaign,
    CampaignSku,
    Participation,
    WaitingEntry,
    WaitingState,
)
from app.shop.models import Location, Merchant


@dataclass(frozen=True, slots=True)
class Offered:
    """A place that the waiting list offers somebody."""

    entry_id: int
    sku_id: int
    quantity: int
    email: str
    token: str


def campaign() -> Campaign:
    """The one campaign of the copy, fresh."""
    return db.session.scalars(select(Campaign).execution_options(populate_existing=True)).one()


def is_house(merchant_id: int) -> bool:
    return db.session.get_one(Merchant, merchant_id).is_house


def skus() -> list[CampaignSku]:
    statement = select(CampaignSku).order_by(CampaignSku.position, CampaignSku.id)
    return list(db.session.scalars(statement.execution_options(populate_existing=True)))


def place_of_pickup() -> int | None:
    """A store of the merchant where goods can be collected."""
    stores = select(Location.id).where(Location.offers_pickup).order_by(Location.id)
    return db.session.scalar(stores.limit(1))


def offers() -> list[Offered]:
    """Offers of the waiting list that nobody has answered."""
    rows = db.session.scalars(
        select(WaitingEntry)
        .where(WaitingEntry.state == WaitingState.OFFERED)
        .order_by(WaitingEntry.id)
    )
    return [Offered(row.id, row.sku_id, row.quantity, row.email, row.token) for row in rows]


def participation_of(email: str) -> Participation | None:
    """The latest of this person that has not left."""
    statement = (
        select(Participation)
        .where(Participation.email == email, Participation.left_at.is_(None))
        .order_by(Participation.id.desc())
        .limit(1)
    )
    return db.session.scalar(statement.execution_options(populate_existing=True))


def joined() -> list[tuple[int, str]]:
    """(participation, name) of everybody who is in, by number."""
    rows = db.session.execute(
        select(Participation.id, Participation.name)
        .where(Participation.number.is_not(None), Participation.left_at.is_(None))
        .order_by(Participation.number)
    )
    return [(participation_id, name) for participation_id, name in rows]


def open_question() -> BuyerQuestion | None:
    return db.session.scalar(select(BuyerQuestion).where(BuyerQuestion.closed_at.is_(None)))


def open_balances() -> list[tuple[int, int, str]]:
    """(order, due, e-mail) of every balance that is asked for and not paid, in order of joining."""
    rows = db.session.execute(
        select(OrderDue.order_id, OrderDue.id, Order.email)
        .join(Order, Order.id == OrderDue.order_id)
        .where(
            OrderDue.purpose == "balance",
            OrderDue.settled_at.is_(None),
            OrderDue.ended_at.is_(None),
        )
        .order_by(OrderDue.order_id)
    )
    return [(order_id, due_id, email) for order_id, due_id, email in rows]


def to_send() -> dict[int, dict[int, int]]:
    """Units by line of every order that is to be shipped."""
    return _units(DeliveryMethod.SHIP)


def to_hand_over() -> list[int]:
    """Orders that are to be laid out and collected."""
    return list(_units(DeliveryMethod.PICKUP))


def _units(method: DeliveryMethod) -> dict[int, dict[int, int]]:
    rows: Sequence[OrderLine] = db.session.scalars(
        select(OrderLine)
        .join(OrderDelivery, OrderDelivery.order_id == OrderLine.order_id)
        .where(OrderDelivery.method == method, OrderLine.state == LineState.TO_FULFIL)
        .order_by(OrderLine.order_id, OrderLine.id)
        .execution_options(populate_existing=True)
    ).all()
    units: dict[int, dict[int, int]] = {}
    for line in rows:
        units.setdefault(line.order_id, {})[line.id] = line.quantity - line.cancelled - line.shipped
    return units
