"""How much is kept for shoppers at this moment, as an operator counts it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.catalog.models import Hold, HoldState
from app.platform.db import db


@dataclass(frozen=True, slots=True)
class HeldNow:
    """`expired` holds count until somebody wants the goods or they are given back."""

    live: int
    expired: int
    units: int


def held_now(now: datetime) -> HeldNow:
    is_live = Hold.expires_at > now
    live, expired, units = db.session.execute(
        select(
            func.count().filter(is_live),
            func.count().filter(~is_live),
            func.coalesce(func.sum(Hold.quantity).filter(is_live), 0),
        ).where(Hold.state == HoldState.LIVE)
    ).one()
    return HeldNow(live, expired, int(units))
