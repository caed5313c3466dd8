"""What is one's own in a presale: places by the orders of this browser or the account signed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.orders.queries import token_by_id
from app.platform.i18n import gettext as _
from app.platform.money import Money
from app.presale.queries.own import Place
from app.presale.queries.pages import CampaignView
from app.storefront.presale_page import row_of


@dataclass(frozen=True, slots=True)
class Mine:
    """One's own place; `owed` is the balance asked for, to be paid at `path` until `until`."""

    sentence: str
    row: dict[str, Any]
    path: str | None
    owed: Money | None
    until: datetime | None


def mine(view: CampaignView, places: Sequence[Place], *, now: datetime) -> list[Mine]:
    """One's places, the latest first."""
    return [_one(view, place, now=now) for place in places]


def _one(view: CampaignView, place: Place, *, now: datetime) -> Mine:
    number = place.join.number
    left = place.join.has_left
    path = f"/o/{token_by_id(place.order_id)}" if place.order_id is not None else None
    due = place.balance
    return Mine(
        sentence=_("Number %(number)d was yours; nobody else gets it.", number=number)
        if left
        else _("You are number %(number)d.", number=number),
        row=row_of(view, place.join, now=now, is_mine=True),
        path=path,
        owed=view.money(due.amount) if due is not None else None,
        until=due.closes_at if due is not None else None,
    )
