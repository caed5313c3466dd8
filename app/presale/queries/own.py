"""What somebody has in a campaign, for whoever has shown that it is theirs."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Select, or_, select

from app.orders.models import OrderDue
from app.platform.db import db
from app.presale.models import Campaign, Participation
from app.presale.queries.joins import Join, own
from app.presale.queries.orders import balances_of


@dataclass(frozen=True, slots=True)
class Place:
    """One's own place in the sequence; `balance` is what is still asked for, if anything is."""

    join: Join
    participation_id: int
    order_id: int | None
    balance: OrderDue | None


def places(
    campaign: Campaign,
    *,
    order_ids: Collection[int] = (),
    interest_ids: Collection[int] = (),
    customer_id: int | None = None,
) -> list[Place]:
    """Places by orders of this browser, interest registered in it, or the account signed in."""
    mine = or_(Participation.order_id.in_(order_ids), Participation.id.in_(interest_ids))
    if customer_id is not None:
        mine = or_(mine, Participation.customer_id == customer_id)
    rows = db.session.execute(_numbered(campaign.id).where(mine)).all()
    orders = {row.id: row.order_id for row in rows}
    return [
        Place(join, join.id, orders[join.id], _open_balance(campaign, orders[join.id]))
        for join in own(campaign.id, list(orders))
    ]


def _numbered(campaign_id: int) -> Select[int, int | None]:
    return select(Participation.id, Participation.order_id).where(
        Participation.campaign_id == campaign_id, Participation.number.is_not(None)
    )


def _open_balance(campaign: Campaign, order_id: int | None) -> OrderDue | None:
    due = balances_of(order_id).get(campaign.subject) if order_id is not None else None
    return due if due is not None and due.is_open else None
